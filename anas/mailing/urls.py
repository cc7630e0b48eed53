from django.urls import path

from anas.mailing import views

app_name = "mailing"
urlpatterns = [path("pesan/", views.messages, name="messages")]
