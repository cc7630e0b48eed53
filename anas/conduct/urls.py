from django.urls import path

from anas.conduct import penalty_views, views

app_name = "conduct"
urlpatterns = [
    path("pengaduan/", views.report_list, name="list"),
    path("pengaduan/baru/", views.add, name="add"),
    path("pengaduan/impor/", views.take_in, name="import"),
    path("pengaduan/<int:pk>/", views.report, name="report"),
    path("pengaduan/<int:pk>/perbaiki/", views.correct, name="correct"),
    path("pengaduan/<int:pk>/putusan/", views.decide, name="decide"),
    path("disiplin/", penalty_views.penalty_list, name="penalties"),
    path("disiplin/baru/", penalty_views.add, name="add_penalty"),
    path("disiplin/<int:pk>/", penalty_views.correct, name="penalty"),
    path("disiplin/<int:pk>/hapus/", penalty_views.remove, name="remove_penalty"),
]
