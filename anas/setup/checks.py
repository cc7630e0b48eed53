"""What must be so before a round opens, one by one, with the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from anas.rounds import guards
from anas.rounds.models import Round
from anas.setup.state import Office


@dataclass(frozen=True)
class Check:
    """One thing that must be so before a round opens; `reasons`: why it is not."""

    label: str
    reasons: list[str]
    url: str


def checks(office: Office, draft: Round) -> Iterator[Check]:
    """Every guard of the opening (`guards.reasons_not_to_open_round`, and that of its first stage)."""
    schedule = reverse("rounds:schedule", args=[draft.pk])
    units, heads = office.address("setup:divisions"), office.address("setup:heads")
    yield Check(_("There are units that propose."), list(guards.reasons_no_units(draft)), units)
    yield Check(_("Every unit has a head."), list(guards.reasons_no_heads(draft)), heads)
    team = reverse("rounds:team", args=[draft.pk])
    yield Check(_("The team has a chair."), list(guards.reasons_no_chair(draft)), team)
    yield Check(_("No deadline has passed."), list(guards.reasons_deadlines_passed(draft)), schedule)
    first = draft.stage_list[0]
    yield Check(_("%(stage)s can open.") % {"stage": first}, first.what.reasons_not_to_open(first), schedule)
