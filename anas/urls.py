from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from anas.views import health, set_language

handler400 = "anas.views.bad_request"
handler500 = "anas.views.server_error"
urlpatterns = [
    *([path("", include("anas.sso.urls"))] if settings.HAS_SSO else []),
    path("periode/<int:pk>/", include("voting.urls")),  # first, since everybody votes, and most in the last hour
    path("", include("anas.rounds.urls")),
    path("skema/", include("anas.rounds.editor.urls")),
    path("", include("anas.people.urls")),
    path("", include("anas.conduct.urls")),
    path("", include("anas.demo.urls")),
    path("periode/<int:pk>/", include("nominations.urls")),
    path("periode/<int:pk>/", include("scoring.urls")),
    path("perbandingan/", include("scoring.comparison_urls")),
    path("periode/<int:pk>/", include("anas.mailing.urls")),
    path("periode/<int:pk>/gladi/", include("anas.rehearsal.urls")),
    path("", include("anas.privacy.urls")),
    path("", include("anas.documents.urls")),
    path("", include("anas.setup.urls")),
    path("", include("anas.help.urls")),
    path("bahasa/", set_language, name="set_language"),
    path("healthz", health),
    path("admin/", admin.site.urls),
]
