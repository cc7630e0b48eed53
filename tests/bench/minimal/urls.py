from django.contrib.auth import views as auth
from django.http import HttpResponse
from django.urls import path
from django.views.i18n import set_language

from tests.bench.minimal import views


def nothing(request, *args, **kwargs):
    """Stands for the pages that the ballot has links to."""
    return HttpResponse("")


urlpatterns = [
    path("", nothing, name="tasks"),
    path("periode/", nothing, name="rounds"),
    path("sandi/", nothing, name="password_change"),
    path("verifikasi/", nothing, name="check_document"),
    path("masuk/", auth.LoginView.as_view(template_name="login.html"), name="login"),
    path("keluar/", auth.LogoutView.as_view(), name="logout"),
    path("bahasa/", set_language, name="set_language"),
    path("periode/<int:pk>/pilih/", views.vote, name="vote"),
    path("periode/<int:pk>/suara/", views.ballot, name="ballot"),
]
