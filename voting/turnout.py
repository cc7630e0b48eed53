"""Who has voted, in numbers too large to tell who."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

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
    """Units with at least TURNOUT_MINIMUM_UNIT voters. The others are left out, since "all but one" names one; and
    where those left out are together too few, the smallest unit goes with them, or a subtraction would show them."""
    rows = poll.voters.values("unit").annotate(voters=Count("pk"), voted=Count("pk", filter=Q(has_voted=True)))
    minimum = settings.TURNOUT_MINIMUM_UNIT
    shown = sorted((row for row in rows if row["unit"] and row["voters"] >= minimum), key=lambda row: row["voters"])
    left_out = sum(row["voters"] for row in rows) - sum(row["voters"] for row in shown)
    numbers = {row["unit"]: row for row in (shown[1:] if 0 < left_out < minimum else shown)}
    units = Unit.objects.filter(pk__in=numbers).order_by("position", "path")
    return [Turnout(unit, numbers[unit.pk]["voters"], numbers[unit.pk]["voted"]) for unit in units]


def reason_no_quorum(poll: Poll) -> str | None:
    """Why the votes may not be counted, where the scheme asks for a share of the roll."""
    quorum, now = poll.round.scheme.quorum, overall(poll)
    if quorum is None or now.voted * 100 >= quorum * now.voters:
        return None
    facts = {"voted": now.voted, "voters": now.voters, "quorum": f"{quorum.normalize():f}"}
    return _("The quorum was not reached: %(voted)s of %(voters)s voted, %(quorum)s %% are needed.") % facts


def few_voters_warning(number: int, minimum: int) -> list[str]:
    """A sentence for whoever opens or counts a poll in which so few vote that their votes could be guessed."""
    if number >= minimum:
        return []
    return [
        _("Only %(count)s votes: where few vote, or all vote alike, the result tells how each of them voted.")
        % {"count": number}
    ]
