"""What the views share: a unit's proposal, for whoever may open it."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from anas.people import personal
from anas.rounds import pages
from anas.rounds.models import Round, Stage
from anas.rounds.rules import main_role, may_propose_for, may_read_everything, roles_in
from nominations import rules
from nominations.models import Nominee, Proposal


def find_stage(request: HttpRequest, pk: int) -> tuple[Round, Stage]:
    """The round and its stage of proposals."""
    round = pages.find_round(request, pk)
    return round, pages.find_stage(round, kind="proposal")


def find_proposal(request: HttpRequest, pk: int, unit: int) -> Proposal:
    """The unit's proposal, to read. 404 for whom it is none of his business, and before the stage is open."""
    _round, stage = find_stage(request, pk)
    proposal = get_object_or_404(stage.proposals.select_related("unit__head", "submitted_by"), unit__pk=unit)
    proposal.stage = stage
    pages.only(rules.may_open(request.user, proposal))
    return proposal


def find_own_proposal(request: HttpRequest, pk: int, unit: int) -> Proposal:
    """The same, for the unit's head or deputy, to change."""
    proposal = find_proposal(request, pk, unit)
    pages.only(may_propose_for(request.user, proposal.unit, proposal.round))
    return proposal


def find_candidate(proposal: Proposal, employee: int) -> Nominee:
    """Somebody whom the unit has assessed."""
    found = get_object_or_404(proposal.nominees.select_related("employee__unit"), employee__pk=employee)
    found.proposal = proposal
    return found


def find_nominee(request: HttpRequest, pk: int, nominee: int) -> Nominee:
    """A nominee of this round, whatever the unit. Whether the person may see him is for the caller to ask."""
    round, stage = find_stage(request, pk)
    found = get_object_or_404(
        Nominee.objects.filter(proposal__stage=stage).select_related("employee", "proposal__unit"), pk=nominee
    )
    found.proposal.stage = stage
    return found


def tell(request: HttpRequest, round: Round, nominees: Iterable[Nominee], *, kind: str) -> None:
    """Says that the visitor reads what is personal to these nominees, for the access log."""
    role = main_role(roles_in(request.user, round))
    personal.tell(request.user, [one.employee_id for one in nominees], kind=kind, round=round, role=role)


def address(proposal: Proposal, classification: str = "") -> str:
    """Where the unit's proposal is, at one classification of it."""
    page = reverse("nominations:proposal", args=[proposal.stage.round_id, proposal.unit_id])
    return f"{page}#klasifikasi-{classification}" if classification else page


def crumbs(request: HttpRequest, proposal: Proposal, *, here: bool = False) -> list[dict[str, str]]:
    """The way to a unit's proposal (`here`: to the page of it), over the overview for those who have one."""
    round = proposal.round
    way = [{"label": str(round), "url": round.get_absolute_url()}]
    if not may_read_everything(request.user, round):
        way.append({"label": str(proposal.stage), "url": reverse("nominations:overview", args=[round.pk])})
    return way if here else [*way, {"label": str(proposal.unit), "url": address(proposal)}]
