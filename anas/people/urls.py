from django.urls import include, path

from anas.people import again, views

app_name = "people"
urlpatterns = [
    path("masuk/", views.Login.as_view(), name="login"),
    path("masuk/lagi/", again.Again.as_view(), name="again"),
    path("keluar/", views.Logout.as_view(), name="logout"),
    path("sandi/", views.PasswordChange.as_view(), name="password_change"),
    path("", include("anas.rounds.people.urls")),
]
