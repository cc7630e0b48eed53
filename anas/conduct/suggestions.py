"""The score that the register of complaints suggests for a criterion that a scheme feeds from it: 0 where a complaint
was upheld in the round's period, else 100. The person who scores decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from anas.conduct.models import Report
from anas.rounds.forms import ScoresForm
from anas.rounds.models import Round


@dataclass(frozen=True)
class Suggestion:
    """What the register says about one person, the entries of the period behind it, the newest first."""

    period: tuple[date, date]
    entries: list[Report] = field(default_factory=list)

    @property
    def upheld(self) -> list[Report]:
        return [report for report in self.entries if report.is_upheld]

    @property
    def waiting(self) -> list[Report]:
        """Complaints on which the committee has not decided."""
        return [report for report in self.entries if report.is_complaint and report.state == Report.State.NEW]

    @property
    def score(self) -> int:
        return 0 if self.upheld else 100


def suggestions(round: Round, people: Iterable[int]) -> dict[int, Suggestion]:
    """By the employee's key, for every one of these people, in one query."""
    found = {key: Suggestion(round.period) for key in people}
    for report in Report.objects.about(found).within(round.period):
        found[report.employee_id].entries.append(report)
    return found


def attach(round: Round, forms: Mapping[int, ScoresForm]) -> None:
    """Lays the suggestion beside each field of these forms, by the employee's key, that the register feeds. Where a
    page has no such field, nothing is asked of the database."""
    if any(criterion.is_fed_by_complaints for form in forms.values() for criterion in form.criteria):
        found = suggestions(round, forms)
        for key, form in forms.items():
            for criterion in form.criteria:
                if criterion.is_fed_by_complaints:
                    form.fields[criterion.code].suggestion = found[key]
