"""The versions of the settings of an office: kept, and compared with each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from anas.documents import guards
from anas.documents.letterhead_models import SETTINGS
from anas.documents.letterheads import letterhead_for
from anas.documents.models import Letterhead
from anas.people.models import Employee, Unit
from anas.refused import Refused, require


@dataclass(frozen=True)
class Change:
    """A setting and what it was and became, in words; a crest as the digest of its picture."""

    name: str
    label: str
    before: str
    after: str


def current(unit: Unit) -> Letterhead:
    """The unit's own settings; empty ones, not saved, where it has none."""
    return unit.letterheads.filter(is_current=True).select_related("crest").first() or Letterhead(unit=unit, number=0)


def keep(unit: Unit, values: Mapping[str, Any], *, by: Employee, brought_back: int | None = None) -> Letterhead:
    """A new version of the unit's settings with these values changed. The unit is locked. Raises Refused where nothing
    would change, or where the margins leave no room."""
    old = current(unit)
    settings = {name: getattr(old, name) for name in SETTINGS} | dict(values)
    changed = [name for name in SETTINGS if settings[name] != getattr(old, name)]
    if not changed:
        raise Refused(_("Nothing has been changed."))
    version = Letterhead(
        unit=unit, number=old.number + 1, by=by, changed=changed, brought_back=brought_back, **settings
    )
    whole = letterhead_for(unit, own=version)
    require(guards.reason_too_narrow(whole), guards.reason_too_low(whole))
    unit.letterheads.filter(is_current=True).update(is_current=False)
    version.save()
    return version


def changes(version: Letterhead, before: Letterhead) -> list[Change]:
    """What the version changed against the one before it, in the order of the page."""
    return [
        Change(name, label(name), in_words(before, name), in_words(version, name))
        for name in SETTINGS
        if _value(version, name) != _value(before, name)
    ]


def _value(version: Letterhead, name: str) -> Any:
    """As it is stored: of a crest its digest."""
    return getattr(version, Letterhead._meta.get_field(name).attname)


def label(name: str) -> str:
    """ "decree_number" → "Number of a decree"."""
    named = capfirst(Letterhead._meta.get_field(name).verbose_name)
    return _("Margin: %(side)s") % {"side": named.lower()} if name.startswith("margin") else named


def labels(version: Letterhead) -> list[str]:
    return [label(name) for name in version.changed if name in SETTINGS]


def in_words(version: Letterhead, name: str) -> str:
    """The value as it is shown; empty where it is inherited."""
    value = _value(version, name)
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(getattr(version, f"get_{name}_display", lambda: value)())
