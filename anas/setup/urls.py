from django.urls import path

from anas.setup import views

app_name = "setup"
urlpatterns = [
    path("persiapan/", views.overview, name="overview"),
    path("persiapan/kantor/", views.found, name="found"),
    path("persiapan/<int:pk>/unit/", views.add_divisions, name="divisions"),
    path("persiapan/<int:pk>/kepala/", views.name_heads, name="heads"),
    path("persiapan/<int:pk>/penghargaan/", views.choose_award, name="award"),
]
