from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views import i18n

set_language = login_not_required(i18n.set_language)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """For a watchdog: 200 where the application reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
