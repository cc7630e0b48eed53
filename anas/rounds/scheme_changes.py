"""How two texts of one scheme differ, in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.rounds.scheme import Scheme, as_data
from anas.rounds.stage import kind

NOTHING = "–"
LISTS = ("classifications", "criteria", "stages")
WORDS = {
    "name": gettext_lazy("name"),
    "title": gettext_lazy("what a winner becomes"),
    "subject": gettext_lazy("who or what is proposed"),
    "note": gettext_lazy("note"),
    "minimum_votes": gettext_lazy("fewest votes without a warning"),
    "quorum": gettext_lazy("quorum"),
    "objection_days": gettext_lazy("days for objections"),
    "eligibility": gettext_lazy("who can be proposed"),
    "tie_break": gettext_lazy("order that breaks ties"),
    "classifications": gettext_lazy("classification"),
    "criteria": gettext_lazy("indicator"),  # also of a stage
    "stages": gettext_lazy("stage"),
    "weight": gettext_lazy("weight"),
    "scale": gettext_lazy("scale"),
    "source": gettext_lazy("register"),
    "kind": gettext_lazy("kind"),
    "quota": gettext_lazy("people for each unit and classification"),
    "advance": gettext_lazy("how many go on"),
}


def changes(old: Scheme, new: Scheme) -> list[str]:
    """One sentence for each thing that is no longer as it was; none where the two are the same."""
    before, after = _readable(old), _readable(new)
    plain = [{key: value for key, value in data.items() if key not in LISTS} for data in (before, after)]
    return [*_of_values(*plain), *(line for key in LISTS for line in _of_list(key, before[key], after[key]))]


def _readable(scheme: Scheme) -> dict[str, Any]:
    """As in its file, but with names and sentences in the place of codes."""
    data, criteria = as_data(scheme), {item.code: item.name for item in scheme.criteria}
    for stage in data["stages"]:
        stage["kind"] = kind(stage["kind"]).label
        stage["criteria"] = [criteria[code] for code in stage.get("criteria", [])]
    return data | {
        "tie_break": [scheme.stage(code).name for code in scheme.tie_break],
        "eligibility": list(scheme.eligibility.in_words()),
    }


def _of_values(before: dict[str, Any], after: dict[str, Any], where: str = "") -> Iterator[str]:
    for key in [*before, *(key for key in after if key not in before)]:
        if before.get(key) != after.get(key):
            words = {"what": _word(key), "old": _shown(before.get(key)), "new": _shown(after.get(key))}
            yield where + _("%(what)s: %(old)s → %(new)s") % words


def _of_list(key: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    """Of things that have a code and a name."""
    old, new = ({item["code"]: item for item in items} for items in (before, after))
    for code in [*old, *(code for code in new if code not in old)]:
        words = {"what": _word(key), "name": (old.get(code) or new[code])["name"]}
        if code not in new:
            yield _("%(what)s “%(name)s”: no longer there") % words
        elif code not in old:
            yield _("%(what)s “%(name)s”: new") % words
        else:
            yield from _of_values(old[code], new[code], _("%(what)s “%(name)s”: ") % words)
    if old.keys() == new.keys() and list(old) != list(new):
        yield _("%(what)s: another order") % {"what": _word(key)}


def _word(key: str) -> str:
    return str(WORDS.get(key, key))


def _shown(value: Any) -> str:
    """What was not there before has no value."""
    if isinstance(value, list):
        value = ", ".join(value)
    return NOTHING if value in (None, "") else str(value)
