import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults, i18n

from anas.people.models import Employee


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Changes the language of the pages, and for somebody who is logged in that of the e-mails to him."""
    response = i18n.set_language(request)
    chosen = request.POST.get("language")
    if request.method == "POST" and request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        Employee.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """For a watchdog: 200 where the application reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def server_error(request: HttpRequest) -> HttpResponse:
    """The page where something was not caught: 503 where the database was away or could not write, so that trying
    again helps; else 500. It stands here and not in a middleware, since it holds for what middleware read too."""
    if not _is_lost_database(sys.exc_info()[1]):
        return defaults.server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})


def _is_lost_database(error: BaseException | None) -> bool:
    """psycopg2 has no class of its own for some connections that break while an answer is on its way."""
    came_from_the_driver = type(error) is DatabaseError and error.__cause__ is not None
    return isinstance(error, OperationalError | InterfaceError) or came_from_the_driver
