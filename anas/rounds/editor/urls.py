from django.urls import path

from anas.rounds.editor import edit_views, views

app_name = "schemes"

urlpatterns = [
    path("", views.scheme_list, name="list"),
    path("baru/", edit_views.new, name="new"),
    path("impor/", edit_views.take_in, name="import"),
    path("bawaan/<slug:code>/", views.preset, name="preset"),
    path("bawaan/<slug:code>/unduh/", views.preset_file, name="preset_file"),
    path("<int:pk>/", views.own, name="own"),
    path("<int:pk>/unduh/<int:number>/", views.own_file, name="own_file"),
    path("<int:pk>/ubah/", edit_views.change, name="change"),
    path("<int:pk>/hapus/", views.delete, name="delete"),
]
