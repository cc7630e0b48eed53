"""How long personal data are kept, and the end of that time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.people import personal
from anas.rounds import audit


@dataclass(frozen=True)
class Due:
    """What of one kind is older than it should become."""

    kept: personal.Kept
    before: datetime
    number: int


def how_long(kept: personal.Kept) -> str:
    """In words, from the same settings by which `purge` deletes: "5 years", "90 days"."""
    if kept.until:
        return str(kept.until)
    days = settings.RETENTION[kept.code]
    if days % 365 == 0:
        return ngettext("%(count)s year", "%(count)s years", days // 365) % {"count": days // 365}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def due() -> list[Due]:
    """What a purge would delete now."""
    return list(_each(really=False))


@transaction.atomic
def purge() -> list[Due]:
    """Deletes it, all or nothing, with one entry of numbers in the office's audit trail."""
    found = list(_each(really=True))
    if numbers := {one.kept.code: one.number for one in found if one.number}:
        audit.record(None, by=None, action="data.purged", role=_("command line"), **numbers)
    return found


def _each(*, really: bool) -> Iterator[Due]:
    now = timezone.now()
    for kept in personal.kept():
        if kept.purge:
            before = now - timedelta(days=settings.RETENTION[kept.code])
            yield Due(kept, before, kept.purge(before, really))
