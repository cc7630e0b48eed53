"""Pages."""

app_name = "nominations"
urlpatterns = []
