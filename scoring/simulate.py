"""Plays a scenario through the same services as the pages, in a transaction that is rolled back, and answers with the
result as `anas-result/1` (`FORMATS.md` sections 2 and 3)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from anas.people.models import CommitteeSeat, Deputy, Employee, Unit
from anas.refused import Refused
from anas.rounds import scores, services
from anas.rounds.models import Round, Stage
from anas.rounds.scores import BadScore
from anas.rounds.tables import BadData
from nominations import services as nominating
from nominations.models import Nominee, Proposal
from scoring import results
from scoring import services as scoring
from scoring.panel import panel
from scoring.result_format import result
from scoring.scenario import ProposalEntry, Scenario, SheetEntry
from voting import counting, receipts
from voting import services as voting
from voting.keys import KeyInMemory
from voting.services import BadChoice

REASON = "Simulasi."
LONG_AGO = date(1950, 1, 1)  # a scenario says nothing of how long somebody has been in the unit: long enough


def simulate(scenario: Scenario) -> dict[str, Any]:
    """The result of the scenario. Nothing stays in the database. Raises BadData, with the place and in English, for
    what the services refuse."""
    with translation.override("en"), transaction.atomic():
        outcome = _Play(scenario).run()
        transaction.set_rollback(True)
    return outcome


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Says of a refusal where in the file it comes from."""
    try:
        yield
    except BadScore as bad:
        raise BadData(f"{place}.scores.{bad.criterion}", bad.reasons[0]) from None
    except BadChoice as bad:
        raise BadData(f"{place}.choices.{bad.contest}", bad.reasons[0]) from None
    except Refused as refused:
        raise BadData(place, " ".join(refused.reasons)) from None


class _Play:
    """One scenario on its way through a round. `people`, `units` and `nominees` go by the ids of the file, `ids` leads
    from an employee's key back to them."""

    def __init__(self, scenario: Scenario):
        self.scenario = scenario
        self.keys = KeyInMemory()
        self.units: dict[str, Unit] = {}
        self.people: dict[str, Employee] = {}
        self.nominees: dict[str, Nominee] = {}

    def run(self) -> dict[str, Any]:
        self._make_office()
        with _at("team"):
            round = self._open_round()
        self._propose(round)
        self._go_on(round)
        for spec in self.scenario.scheme.stages[1:]:
            {"panel": self._assess, "poll": self._vote, "head": self._score}[spec.kind](self._stage(round, spec.code))
            self._go_on(round)
        nominees = {nominee.pk: id for id, nominee in self.nominees.items()}
        return result(self._again(round), nominees, {unit.pk: code for code, unit in self.units.items()})

    # The office

    def _make_office(self) -> None:
        self.office = Unit.objects.create(code="simulasi", name="Simulasi")
        self.committee = Employee.objects.create(number="simulasi", name="Simulasi")
        CommitteeSeat.objects.create(unit=self.office, employee=self.committee)
        for index, entry in enumerate(self.scenario.units):
            self.units[entry.code] = Unit.objects.create(
                code=f"simulasi-{index}", name=entry.name[:200], parent=self.office, position=index % 32000
            )
        self._make_people()
        self.office.head = self.people.get(self.scenario.head)
        self.office.save()
        for entry in self.scenario.units:
            self.units[entry.code].head = self.people[entry.head]
            self.units[entry.code].save()

    def _make_people(self) -> None:
        """The employees, and those of the team and the head who are not employees: juries come from outside."""
        employees = [
            Employee(
                number=f"simulasi-{index}",
                name=entry.name[:150],
                unit=self.units[entry.unit],
                classification=entry.classification,
                in_unit_since=LONG_AGO,
                password="!",  # noqa: S106 nobody logs in
            )
            for index, entry in enumerate(self.scenario.employees)
        ]
        ids = [entry.id for entry in self.scenario.employees]
        known = set(ids)
        for id in dict.fromkeys(filter(None, [*self.scenario.team, self.scenario.head])):
            if id not in known:
                employees.append(Employee(number=f"simulasi-{len(employees)}", name=id[:150], password="!"))  # noqa: S106
                ids.append(id)
        created = Employee.objects.bulk_create(employees, batch_size=500)
        self.people = dict(zip(ids, created, strict=True))
        self.people_by_key = {employee.pk: employee for employee in created}
        self.ids = {employee.pk: id for id, employee in self.people.items()}

    def _open_round(self) -> Round:
        round = services.create_round(
            name="Simulasi", scope=self.office, scheme=self.scenario.scheme, by=self.committee
        )
        team = [self.people[id] for id in self.scenario.team]
        if team:
            services.set_team(round, chair=team[0], assessors=team[1:], by=self.committee)
        return services.open_round(round, by=self.committee)

    def _again(self, round: Round) -> Round:
        return Round.objects.select_related("scope").get(pk=round.pk)

    def _stage(self, round: Round, code: str) -> Stage:
        return next(stage for stage in self._again(round).stage_list if stage.code == code)

    def _go_on(self, round: Round) -> None:
        """Closes the current stage, decides its ties with the scenario's decisions, and goes on."""
        stage = self._again(round).current_stage
        closer = {"panel": self.scenario.team[:1], "head": [self.scenario.head]}.get(stage.kind)
        with _at(stage.code):
            services.close_stage(round, by=self.people[closer[0]] if closer else self.committee)
            if stage.kind == "poll":
                counting.count(round, by=self.committee, keys=self.keys)
        self._decide(round)
        with _at(stage.code):
            services.advance(round, by=self.committee, keys=self.keys)

    # The stages

    def _propose(self, round: Round) -> None:
        units = {unit.pk: code for code, unit in self.units.items()}
        spec = self.scenario.scheme.stages[0]
        for proposal in Proposal.objects.filter(stage__round=round).select_related("stage__round__scope", "unit"):
            entries = [entry for entry in self.scenario.proposals if entry.unit == units[proposal.unit_id]]
            by = self._proposer(proposal, entries)
            for entry in entries:
                with _at(entry.place):
                    scores.checked(spec.criteria, entry.scores)
                    self._name(proposal, entry, by)
            self._submit(proposal, spec.quota, by)

    def _proposer(self, proposal: Proposal, entries: list[ProposalEntry]) -> Employee:
        """The unit's head; where the head is among the proposed, a delegate, since nobody scores himself."""
        head = proposal.unit.head_id
        if all(self.people[entry.nominee].pk != head for entry in entries):
            return self.people_by_key[head]
        delegate = Employee.objects.create(number=f"simulasi-wakil-{proposal.pk}", name="Simulasi")
        today = timezone.localdate()
        Deputy.objects.create(
            unit=proposal.unit, employee=delegate, kind=Deputy.Kind.DELEGATE, starts=today, ends=today
        )
        return delegate

    def _name(self, proposal: Proposal, entry: ProposalEntry, by: Employee) -> None:
        nominee = nominating.assess(
            proposal,
            employee=self.people[entry.nominee],
            classification=entry.classification,
            scores_by_criterion=entry.scores,
            reason=REASON,
            by=by,
        )
        self.nominees[entry.nominee] = nominating.name(nominee, by=by)

    def _submit(self, proposal: Proposal, quota: int, by: Employee) -> None:
        """Hands the unit's proposal in; a classification with fewer nominees than the quota is skipped."""
        named = Counter(proposal.nominees.values_list("classification", flat=True))
        with _at("proposals"):
            for code in self.scenario.scheme.classification_codes:
                if named[code] < quota:
                    nominating.skip(proposal, classification=code, reason=REASON, by=by)
            nominating.submit(proposal, by=by)

    def _assess(self, stage: Stage) -> None:
        self._recuse(stage)
        for entry in self.scenario.panel:
            if entry.stage == stage.code:
                self._hand_in(stage, entry, by=self.people[entry.assessor])
        self._check_complete(stage, "panel")

    def _recuse(self, stage: Stage) -> None:
        """Recusals hold for the whole round, so they are declared in its first panel; who is nominated has already
        stepped back from himself."""
        if any(earlier.kind == stage.kind for earlier in stage.round.stage_list[: stage.position]):
            return
        for entry in self.scenario.recusals:
            nominee, assessor = self._nominee(entry.nominee, entry.place), self.people[entry.assessor]
            if not panel(stage).is_excused(nominee, assessor):
                with _at(entry.place):
                    scoring.recuse(
                        stage.round,
                        assessor=assessor,
                        classification=nominee.classification,
                        nominee=nominee,
                        reason=REASON,
                        by=assessor,
                    )

    def _score(self, stage: Stage) -> None:
        for entry in self.scenario.head_scores:
            self._hand_in(stage, entry, by=self.people[self.scenario.head])
        self._check_complete(stage, "head_scores")

    def _hand_in(self, stage: Stage, entry: SheetEntry, *, by: Employee) -> None:
        nominee = self._nominee(entry.nominee, entry.place)
        with _at(entry.place):
            scoring.submit_sheet(stage, nominee=nominee, scores_by_criterion=entry.scores, by=by)

    def _nominee(self, id: str, place: str) -> Nominee:
        if id not in self.nominees:
            raise BadData(f"{place}.nominee", f'"{id}" has not been proposed')
        return self.nominees[id]

    def _check_complete(self, stage: Stage, place: str) -> None:
        whole = panel(stage)
        for assessor in whole.assessors:
            for nominee in whole.owed(assessor):
                raise BadData(place, f"no sheet by {self._named(assessor)} for {self._named(nominee.employee)}")

    def _vote(self, stage: Stage) -> None:
        poll = stage.poll
        finalists = {id: nominee.pk for id, nominee in self.nominees.items()}
        for entry in self.scenario.ballots:
            voter = self.people[entry.voter]
            choices = {
                contest: choice if choice is None else finalists.get(choice, choice)
                for contest, choice in entry.choices.items()
            }
            with _at(entry.place):
                voting.cast(poll, employee=voter, choices=choices, nonce=receipts.new_nonce(poll, voter))

    def _decide(self, round: Round) -> None:
        """Uses the scenario's decisions for the ties that the scheme's rule leaves equal."""
        stage = self._again(round).current_stage
        while ties := results.open_ties(stage):
            tie = ties[0]
            tied = {self.ids[nominee.employee_id] for nominee in tie.nominees}
            entry = next(
                (
                    entry
                    for entry in self.scenario.decisions
                    if (entry.stage, entry.classification, set(entry.order)) == (tie.stage, tie.classification, tied)
                ),
                None,
            )
            if entry is None:
                names = ", ".join(self._named(nominee.employee) for nominee in tie.nominees)
                raise BadData("decisions", f"{tie.stage}, {tie.classification}: no decision on the tie of {names}")
            with _at(entry.place):
                scoring.decide(
                    round,
                    stage=tie.stage,
                    classification=tie.classification,
                    order=[self.nominees[id].pk for id in entry.order],
                    reason=entry.reason,
                    by=self.people[self.scenario.head if tie.is_final else self.scenario.team[0]],
                )

    def _named(self, employee: Employee) -> str:
        return f"{employee.name} ({self.ids[employee.pk]})"
