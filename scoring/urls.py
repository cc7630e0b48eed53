"""Pages."""

app_name = "scoring"
urlpatterns = []
