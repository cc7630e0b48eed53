import sys
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, UnreadablePostError
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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page where a request cannot be read: 413 where it is too large, else 400."""
    if not isinstance(exception, RequestDataTooBig):
        return defaults.bad_request(request, exception)
    _read_to_the_end(request)
    megabytes = settings.LARGEST_REQUEST // 1024**2
    return HttpResponse(render_to_string("413.html", {"megabytes": megabytes}), status=413)


def _read_to_the_end(request: HttpRequest) -> None:
    """A browser shows no answer before it has sent everything, if there is an end in sight."""
    if int(request.META.get("CONTENT_LENGTH") or 0) < 4 * settings.LARGEST_REQUEST:
        with suppress(UnreadablePostError):
            while request.read(64 * 1024):
                pass


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
