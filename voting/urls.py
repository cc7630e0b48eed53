"""Pages."""

app_name = "voting"
urlpatterns = []
