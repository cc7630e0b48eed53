"""What is kept of people, for everybody to read; and what is kept of oneself."""

from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anas.documents.context import letterhead_of_visitor
from anas.people import personal
from anas.privacy import retention

SHOWN = 50  # rows of one part on the page; the download has all


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, how long, who sees it, and whom to ask."""
    kept = [(one, retention.how_long(one)) for one in personal.kept()]
    return render(request, "privacy/privacy.html", {"kept": kept, "contact": letterhead_of_visitor(request)})


@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about the visitor, as far as he may see it now."""
    parts = [(part, list(part.rows(request.user))) for part in personal.parts()]
    shown = [
        (part, [[(label, _said(value)) for label, value in row.items()] for row in rows[:SHOWN]], len(rows))
        for part, rows in parts
    ]
    return render(
        request,
        "privacy/my_data.html",
        {"parts": shown, "empty": [part for part, rows in parts if not rows], "limit": SHOWN},
    )


def _said(value: object) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return number_format(value)
    return "–" if value in (None, "") else str(value)


@require_safe
@never_cache
def download(request: HttpRequest) -> HttpResponse:
    """The same as JSON, whole."""
    parts = {part.code: {"title": str(part.title), "rows": list(part.rows(request.user))} for part in personal.parts()}
    name = f"data-saya-{timezone.localdate():%Y-%m-%d}.json"
    return JsonResponse(
        {"format": "anas-my-data/1", "made_at": timezone.now(), "parts": parts},
        encoder=DjangoJSONEncoder,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
