"""Included by anas/people/urls.py, so that the names begin with `people:`."""

from django.urls import path

from anas.rounds.people import activation_views, import_views, role_views, unit_views, views

urlpatterns = [
    path("aktivasi/", activation_views.activate, name="activate"),
    path("pegawai/", views.employee_list, name="list"),
    path("pegawai/baru/", views.add, name="add"),
    path("pegawai/impor/", import_views.send, name="import"),
    path("pegawai/impor/<int:pk>/", import_views.check, name="import_check"),
    path("pegawai/impor/<int:pk>/terapkan/", import_views.apply, name="import_apply"),
    path("pegawai/impor/<int:pk>/batalkan/", import_views.undo, name="import_undo"),
    path("pegawai/ekspor/", import_views.download, name="export"),
    path("pegawai/<int:pk>/", views.edit, name="edit"),
    path("pegawai/<int:pk>/nonaktif/", views.retire, name="retire"),
    path("pegawai/<int:pk>/aktif/", views.restore, name="restore"),
    path("unit-kerja/", unit_views.unit_list, name="units"),
    path("unit-kerja/baru/", unit_views.add_unit, name="add_unit"),
    path("unit-kerja/<int:pk>/", unit_views.edit_unit, name="unit"),
    path("unit-kerja/<int:pk>/pengganti/", unit_views.add_deputy, name="add_deputy"),
    path("peran/", role_views.overview, name="roles"),
    path("unit-kerja/<int:pk>/panitia/", role_views.add_to_committee, name="add_to_committee"),
    path("panitia/<int:pk>/keluarkan/", role_views.remove_from_committee, name="remove_from_committee"),
    path("pengganti/<int:pk>/akhiri/", unit_views.end_deputy, name="end_deputy"),
]
