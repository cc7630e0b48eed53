from django.urls import path

from anas.rehearsal import views

app_name = "rehearsal"
urlpatterns = [
    path("mulai/", views.start, name="start"),
    path("mainkan/", views.play, name="play"),
    path("hapus/", views.remove, name="remove"),
]
