from django.urls import path

from scoring.views import comparison

app_name = "comparison"
urlpatterns = [
    path("", comparison.page, name="page"),
    path("unduh/", comparison.download, name="download"),
]
