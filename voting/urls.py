from django.urls import path

from voting import box_views, key_views, kiosk, views

app_name = "voting"
urlpatterns = [
    path("suara/", views.ballot, name="ballot"),
    path("suara/bukti/", views.receipts, name="receipts"),
    path("suara/kios/", kiosk.kiosk, name="kiosk"),
    path("kotak-suara/", box_views.box, name="box"),
    path("kotak-suara/hitung/", box_views.count, name="count"),
    path("kotak-suara/kunci/", key_views.overview, name="keys"),
    path("kotak-suara/kunci/bagian/", key_views.own_part, name="own_part"),
    path("kotak-suara/kunci/<int:share>/hilang/", key_views.lost, name="lost"),
    path("kotak-suara/kunci/baru/", key_views.renew, name="renew"),
    path("kotak-suara/kunci/bawa/", key_views.bring, name="bring"),
]
