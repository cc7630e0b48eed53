from django.urls import path

from anas.demo import views

app_name = "demo"
urlpatterns = [path("masuk/demo/", views.Login.as_view(), name="login")]
