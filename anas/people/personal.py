"""What the apps say about personal data: what they keep about somebody, why and for how long, and that somebody has
read it. Each app registers its own in its apps.py; `anas.privacy` shows, keeps and deletes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

from anas.people.models import Employee

# Somebody reads what is personal to others. Arguments: reader; subjects, the keys of those whom it is about; kind, a
# registered one; round, where it is about one; role, in which the person reads.
looked = Signal()


@dataclass(frozen=True)
class Part:
    """What one app knows about a person, for the person: rows of labelled values, as far as he may see them now. Never
    a vote, and nothing that tells what others gave him."""

    code: str
    title: str
    rows: Callable[[Employee], Iterable[dict[str, object]]]
    place: int = 5  # on the page: the smaller first


@dataclass(frozen=True)
class Kept:
    """One kind of personal data, in words for the page on privacy.

    How long: the days that settings.RETENTION has for its code, or where that does not say it, `until` in words.
    `purge` deletes what is from before a moment and answers how much; with `really` False it only counts.
    """

    code: str
    what: str
    why: str
    seen_by: str
    until: str = ""
    purge: Callable[[datetime, bool], int] | None = None
    place: int = 5


_parts: dict[str, Part] = {}
_kept: dict[str, Kept] = {}
_kinds: dict[str, str] = {}


def register(*, parts: Iterable[Part] = (), kept: Iterable[Kept] = (), kinds: dict[str, str] | None = None) -> None:
    """`kinds`: what can be read about somebody, in words: {"evidence": _("a file of the nomination")}."""
    _parts.update({part.code: part for part in parts})
    _kept.update({one.code: one for one in kept})
    _kinds.update(kinds or {})


def parts() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: part.place)


def kept() -> list[Kept]:
    return sorted(_kept.values(), key=lambda one: one.place)


def kind_name(kind: str) -> str:
    return str(_kinds.get(kind, kind))


def tell(reader: Employee, subjects: Iterable[int], *, kind: str, round: object = None, role: str = "") -> None:
    """Says that somebody reads what is personal to these people; what is his own does not count."""
    others = sorted(set(subjects) - {reader.pk})
    if others:
        looked.send(sender=kind, reader=reader, subjects=others, kind=kind, round=round, role=role)
