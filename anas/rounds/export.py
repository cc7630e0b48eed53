"""The audit trail as a file for a spreadsheet."""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from anas.people.columns import harmless
from anas.rounds import audit, rules
from anas.rounds.models import AuditEntry


def table(entries: Iterable[AuditEntry]) -> Iterator[list[str | int]]:
    """The head and one line per entry, with the same words as on the page and all details."""
    yield [
        _("No."),
        _("When"),
        _("Who"),
        _("Role"),
        _("What"),
        _("Subject"),
        _("Details"),
        _("Client"),
        _("Fingerprint"),
        _("Fingerprint of the entry before"),
    ]
    for entry in entries:
        texts = [
            localtime(entry.at).isoformat(timespec="seconds"),
            str(entry.actor or ""),
            str(rules.ROLE_NAMES.get(entry.role, entry.role)),
            str(audit.phrase(entry.action)),
            entry.subject,
            json.dumps(entry.detail, ensure_ascii=False, sort_keys=True) if entry.detail else "",
            str(entry.get_client_display() or ""),
            entry.hash,
            entry.previous,
        ]
        yield [entry.number, *map(harmless, texts)]


def as_csv(entries: Iterable[AuditEntry]) -> bytes:
    """UTF-8 with the mark that Excel looks for, commas between the cells."""
    out = StringIO()
    csv.writer(out).writerows(table(entries))
    return out.getvalue().encode("utf-8-sig")
