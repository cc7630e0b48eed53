from django.urls import path

from anas.mailing import owed_views, views

app_name = "mailing"
urlpatterns = [
    path("pesan/", views.messages, name="messages"),
    path("menunggu/", owed_views.owed_list, name="owed"),
]
