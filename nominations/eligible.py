"""Who of some people an award's rules let be proposed, and why not (`anas.rounds.eligibility`)."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.conduct.models import Penalty, Report
from anas.people.days import months_before
from anas.people.models import Employee
from anas.rounds import stage as stages
from anas.rounds.models import Round


class Eligible:
    """Asks the database once for each rule that is on, whatever number of people; for none, not at all."""

    def __init__(self, round: Round, people: Iterable[Employee]):
        self.round, self.keys = round, [person.pk for person in people]
        self.rules = round.scheme.eligibility

    @property
    def has_rules(self) -> bool:
        return bool(self.rules.as_data())

    def reasons(self, employee: Employee) -> Iterator[str]:
        """Why this one of the people cannot be proposed. About a penalty no more than that there is one."""
        name = {"name": employee}
        yield from self._too_new(employee)
        if self.rules.no_penalty and employee.pk in self._punished:
            yield _("%(name)s has a discipline penalty in this period.") % name
        if self.rules.rounds_since_win and (won := self._winners.get(employee.pk)):
            yield _("%(name)s won in %(round)s.") % {**name, "round": won.name}
        if self.rules.no_complaint and employee.pk in self._complained_of:
            yield _("A complaint about %(name)s was upheld in this period.") % name

    def _too_new(self, employee: Employee) -> Iterator[str]:
        months, since = self.rules.months_in_unit, employee.in_unit_since
        if not months:
            return
        if since is None:
            yield _("It is not known since when %(name)s has worked in the unit. The committee can enter it.") % {
                "name": employee
            }
        elif since > months_before(timezone.localdate(), months):
            yield ngettext(
                "%(name)s has worked in the unit for less than %(count)s month.",
                "%(name)s has worked in the unit for less than %(count)s months.",
                months,
            ) % {"name": employee, "count": months}

    @cached_property
    def _punished(self) -> set[int]:
        first, last = self.round.period
        found = Penalty.objects.about(self.keys).filter(starts__lte=last, ends__gte=first)
        return set(found.values_list("employee", flat=True))

    @cached_property
    def _complained_of(self) -> set[int]:
        found = Report.objects.about(self.keys).within(self.round.period).upheld()
        return set(found.values_list("employee", flat=True))

    @cached_property
    def _winners(self) -> dict[int, Round]:
        return stages.scorekeeper().winners(self._last_rounds)

    @property
    def _last_rounds(self) -> list[Round]:
        """The last rounds before this one of the same award in the same office that were decreed, rehearsals apart."""
        done, since = [Round.State.DECREED, Round.State.ANNOUNCED], self.round.created_at
        before = Round.objects.real().filter(scope=self.round.scope, state__in=done, created_at__lt=since)
        same = [round for round in before if round.scheme.code == self.round.scheme.code]
        return same[: self.rules.rounds_since_win]
