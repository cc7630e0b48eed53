"""Who looked at whose data: written where an app says so (`anas.people.personal.tell`), read by whom it concerns."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people import personal
from anas.people.models import Employee
from anas.privacy.models import Look
from anas.rounds.models import Round
from anas.rounds.rules import ROLE_NAMES

AT_ONCE = 500  # rows per statement
DAY = 24 * 60 * 60  # seconds
OVER = [Round.State.ANNOUNCED, Round.State.CANCELLED]


def write(
    sender: str, reader: Employee, subjects: list[int], kind: str, round: Round | None, role: str, **_more: object
) -> None:
    """Keeps a row per subject, unless there is one of this day. A page that is reloaded asks the database once."""
    day, about = timezone.localdate(), round.pk if round else 0
    key = f"look-{reader.pk}-{kind}-{about}-{day}-{_digest(subjects)}"
    if cache.get(key):
        return
    rows = (Look(reader=reader.pk, subject=one, kind=kind, role=role, round=about, day=day) for one in subjects)
    Look.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    cache.set(key, True, DAY)


def _digest(subjects: Iterable[int]) -> str:
    return sha256(",".join(map(str, subjects)).encode()).hexdigest()


def rows(employee: Employee) -> Iterator[dict[str, object]]:
    """Who looked at this person's data, the newest first. What belongs to a round is told when it is over: before that
    it would tell who has been proposed. In a round the role stands for the name, so that assessors stay free."""
    looks = list(Look.objects.filter(subject=employee.pk))
    rounds = Round.objects.filter(state__in=OVER).select_related("scope").in_bulk({one.round for one in looks})
    readers = Employee.objects.in_bulk({one.reader for one in looks})
    for look in looks:
        if look.round == 0 or look.round in rounds:
            yield _row(look, rounds.get(look.round), readers.get(look.reader))


def _row(look: Look, round: Round | None, reader: Employee | None) -> dict[str, object]:
    role = str(ROLE_NAMES.get(look.role, look.role))
    name = "" if round else str(reader or _("somebody who is no longer there"))
    return {
        _("Day"): look.day,
        _("Who"): ", ".join(filter(None, [name, role])),
        _("What"): personal.kind_name(look.kind),
        _("Round"): str(round or ""),
    }
