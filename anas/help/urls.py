from django.urls import path

from anas.help import views

urlpatterns = [
    path("bantuan/", views.index, name="help"),
    path("bantuan/<slug:role>/", views.role, name="help_role"),
    path("standar-pelayanan/<slug:scheme>/", views.service_standard, name="service_standard"),
]
