from django.urls import path

from voting import box_views, views

app_name = "voting"
urlpatterns = [
    path("suara/", views.ballot, name="ballot"),
    path("suara/bukti/", views.receipts, name="receipts"),
    path("kotak-suara/", box_views.box, name="box"),
    path("kotak-suara/hitung/", box_views.count, name="count"),
]
