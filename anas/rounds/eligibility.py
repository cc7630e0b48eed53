"""Who an award lets be proposed, besides being in service in the unit that proposes: rules that a scheme turns on. Data
alone; `nominations.eligible` looks at people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.rounds.tables import Table


@dataclass(frozen=True)
class Eligibility:
    """`months_in_unit`: at least so many, up to the day of the proposal. `rounds_since_win`: no winner of so many last
    rounds of the same award in the same office. The other two look at the round's period."""

    months_in_unit: int | None = None
    rounds_since_win: int | None = None
    no_penalty: bool = False
    no_complaint: bool = False

    @property
    def looks_at_period(self) -> bool:
        return self.no_penalty or self.no_complaint

    def as_data(self) -> dict[str, Any]:
        """The rules that are on, with the keys of the file; empty where none is."""
        return {key: value for key, value in vars(self).items() if value}

    def in_words(self) -> Iterator[str]:
        """A sentence for each rule that is on, for everybody who reads the rules."""
        if months := self.months_in_unit:
            yield ngettext(
                "Has worked in the unit for at least %(count)s month on the day of the proposal.",
                "Has worked in the unit for at least %(count)s months on the day of the proposal.",
                months,
            ) % {"count": months}
        if self.no_penalty:
            yield _("Has had no discipline penalty in the period.")
        if rounds := self.rounds_since_win:
            yield ngettext(
                "Did not win in the last round of this award.",
                "Did not win in the last %(count)s rounds of this award.",
                rounds,
            ) % {"count": rounds}
        if self.no_complaint:
            yield _("Has had no complaint upheld in the period.")


def parse(table: Table | None) -> Eligibility:
    """Nothing but what stands there is on. Raises BadData."""
    if table is None:
        return Eligibility()
    found = Eligibility(
        months_in_unit=table.whole("months_in_unit", None),
        rounds_since_win=table.whole("rounds_since_win", None),
        no_penalty=table.flag("no_penalty"),
        no_complaint=table.flag("no_complaint"),
    )
    table.done()
    return found
