"""Pages."""

app_name = "documents"
urlpatterns = []
