"""The audit trail of a round, for those who may read everything."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from anas.rounds import audit, export, pages, rules
from anas.rounds.models import AuditEntry, Round

PER_PAGE = 50


@dataclass(frozen=True)
class Trail:
    """What the visitor asked for: the entries of one kind of act, or all of them."""

    round: Round
    entries: QuerySet[AuditEntry]
    actions: list[tuple[str, str]]  # the acts that can be chosen: code and words
    action: str


def find_trail(request: HttpRequest, pk: int) -> Trail:
    """404 for whoever may not read everything of the round. An act that is not in the trail chooses all."""
    round = pages.find_round(request, pk)
    pages.only(rules.may_read_everything(request.user, round))
    entries = AuditEntry.objects.filter(chain__name=audit.chain_name(round)).select_related("actor")
    codes = entries.order_by().values_list("action", flat=True).distinct()
    actions = sorted((code, audit.phrase(code)) for code in codes)
    action = request.GET.get("action", "")
    if action not in dict(actions):
        return Trail(round, entries, actions, "")
    return Trail(round, entries.filter(action=action), actions, action)


def audit_trail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what and when, and whether the chain still holds."""
    trail = find_trail(request, pk)
    page = Paginator(trail.entries.order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    for entry in page:
        entry.phrase = audit.phrase(entry.action)
        entry.role_name = rules.ROLE_NAMES.get(entry.role, entry.role)
    return render(
        request,
        "rounds/audit.html",
        pages.context(request, trail.round, trail=trail, page_obj=page, faults=list(audit.faults(trail.round))),
    )


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The entries that the page shows, on all of its pages, as CSV."""
    trail = find_trail(request, pk)
    name = slugify(f"jejak audit {trail.round} {trail.action}")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    content = export.as_csv(trail.entries.order_by("number"))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
