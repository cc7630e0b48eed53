"""The shape of scores wherever somebody enters them: criterion code → 0 to 100, at most two decimals."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from anas.refused import Refused
from anas.rounds.scheme import Criterion


class BadScore(Refused):
    """A score that cannot be; `criterion` is the code of the place it was entered at."""

    def __init__(self, criterion: str, reason: str):
        self.criterion = criterion
        super().__init__(reason)


def checked(criteria: Iterable[Criterion], scores: Mapping[str, Any], *, partial: bool = False) -> dict[str, Decimal]:
    """The scores as Decimals in the order of the criteria. `partial` lets criteria be missing, for drafts.

    Raises BadScore for the first score that is missing, unknown, not a number, or outside of its scale.
    """
    criteria = list(criteria)
    for code in scores:
        if code not in {criterion.code for criterion in criteria}:
            raise BadScore(code, _("is not a criterion of this stage"))
    found = {}
    for criterion in criteria:
        raw = scores.get(criterion.code)
        if raw is None or raw == "":
            if not partial:
                raise BadScore(criterion.code, _("is missing"))
            continue
        found[criterion.code] = _checked_one(criterion, raw)
    return found


def _checked_one(criterion: Criterion, raw: Any) -> Decimal:
    try:
        value = Decimal(str(raw)) if type(raw) in (int, float, str, Decimal) else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise BadScore(criterion.code, _("%(raw)s is not a number") % {"raw": raw})
    if not 0 <= value <= 100:
        raise BadScore(criterion.code, _("%(raw)s is outside 0 to 100") % {"raw": raw})
    if criterion.is_yes_no and value not in (0, 100):
        raise BadScore(criterion.code, _("%(raw)s is neither 0 (no) nor 100 (yes)") % {"raw": raw})
    if value != round(value, 2):
        raise BadScore(criterion.code, _("%(raw)s has more than two decimals") % {"raw": raw})
    return value


def stored(scores: Mapping[str, Decimal]) -> dict[str, str]:
    """As the database keeps them: texts with two decimals."""
    return {code: f"{value:.2f}" for code, value in scores.items()}


def read(stored_scores: Mapping[str, str]) -> dict[str, Decimal]:
    """Back from the database."""
    return {code: Decimal(value) for code, value in stored_scores.items()}
