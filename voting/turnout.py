"""Who has voted, in numbers too large to tell who."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from anas.people.models import Unit
from voting.models import Poll


@dataclass(frozen=True)
class Turnout:
    """How many of how many have voted; `unit` None for the whole office."""

    unit: Unit | None
    voters: int
    voted: int


def overall(poll: Poll) -> Turnout:
    numbers = poll.voters.aggregate(voters=Count("pk"), voted=Count("pk", filter=Q(has_voted=True)))
    return Turnout(None, **numbers)


def by_unit(poll: Poll) -> list[Turnout]:
    """Units with at least TURNOUT_MINIMUM_UNIT voters; the others are left out, since "all but one" names one."""
    rows = poll.voters.values("unit").annotate(voters=Count("pk"), voted=Count("pk", filter=Q(has_voted=True)))
    large = {row["unit"]: row for row in rows if row["unit"] and row["voters"] >= settings.TURNOUT_MINIMUM_UNIT}
    units = Unit.objects.filter(pk__in=large).order_by("position", "path")
    return [Turnout(unit, large[unit.pk]["voters"], large[unit.pk]["voted"]) for unit in units]
