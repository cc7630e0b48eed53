"""Pages."""

from django.urls import path

from anas.documents import views

app_name = "documents"
urlpatterns = [
    path("verifikasi/<str:code>/", views.verify, name="verify"),
    path("periode/<int:pk>/dokumen/<int:document>/", views.download, name="download"),
]
