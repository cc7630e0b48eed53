from django.urls import path

from anas.privacy import views

urlpatterns = [
    path("privasi/", views.privacy, name="privacy"),
    path("data-saya/", views.my_data, name="my_data"),
    path("data-saya/unduh/", views.download, name="my_data_download"),
]
