"""What the pages of a proposal show to one person, and which acts they offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from nominations import guards
from nominations.eligible import Eligible
from nominations.models import Nominee, Proposal
from nominations.places import Place, contents, places

SHOWN_AT_ONCE = 50


@dataclass(frozen=True)
class Entry:
    """One of the unit's people: already assessed, or free to be, or why not. `is_eligible` is None where the award has
    no rules of its own about who can be proposed."""

    employee: Employee
    nominee: Nominee | None
    reasons: list[str]
    is_eligible: bool | None


def people_of(proposal: Proposal) -> QuerySet[Employee]:
    """Everybody in the unit and below it."""
    return Employee.objects.below(proposal.unit).select_related("unit")


def entries(proposal: Proposal, people: Iterable[Employee], by: Employee) -> list[Entry]:
    people = list(people)
    candidates = {nominee.employee_id: nominee for nominee in proposal.nominees.all()}
    eligible = Eligible(proposal.round, people)
    found = [
        (person, candidates.get(person.pk), list(guards.reasons_not_to_assess(proposal, person, by, eligible)))
        for person in people
    ]
    return [
        Entry(person, nominee, reasons, not reasons if eligible.has_rules else None)
        for person, nominee, reasons in found
    ]


class Desk:
    """One unit's proposal as one person sees it. Whether he may see it at all was asked before."""

    def __init__(self, proposal: Proposal, person: Employee):
        self.proposal, self.person = proposal, person
        self.is_own = rules.may_propose_for(person, proposal.unit, proposal.round) is None
        self.is_committee = rules.COMMITTEE in rules.roles_in(person, proposal.round)

    @cached_property
    def places(self) -> list[Place]:
        return places(self.proposal)

    @cached_property
    def settled(self) -> int:
        """How many classifications have what they need."""
        return sum(not place.missing for place in self.places)

    @property
    def reason_not_editable(self) -> str | None:
        return guards.reason_not_editable(self.proposal)

    @cached_property
    def may_edit(self) -> bool:
        return self.is_own and not self.reason_not_editable

    @cached_property
    def reasons_not_to_submit(self) -> list[str]:
        return list(guards.reasons_not_to_submit(self.proposal, self.person))

    @property
    def may_withdraw(self) -> bool:
        return self.is_own and self.proposal.is_submitted and not self.proposal.stage.reason_not_accepting()

    @property
    def may_return(self) -> bool:
        return self.is_committee and not (
            guards.reason_not_running(self.proposal) or guards.reason_not_returnable(self.proposal)
        )

    @property
    def may_waive(self) -> bool:
        return self.is_committee and not (
            guards.reason_not_running(self.proposal) or guards.reason_not_waivable(self.proposal)
        )

    @cached_property
    def sections(self) -> list[tuple[Place, list[Entry]]]:
        """Each classification with those of the unit's people who are not assessed yet; for who may edit."""
        return [
            (place, [entry for entry in self.others if entry.employee.classification == place.classification.code])
            for place in self.places
        ]

    @cached_property
    def others(self) -> list[Entry]:
        if not self.may_edit:
            return []
        everybody = entries(self.proposal, people_of(self.proposal), self.person)
        return [entry for entry in everybody if entry.nominee is None]

    @property
    def unclassified(self) -> list[Entry]:
        """Who can be proposed in no classification."""
        codes = self.proposal.round.scheme.classification_codes
        return [entry for entry in self.others if entry.employee.classification not in codes]


def rows(stage: Stage, person: Employee) -> list[Desk]:
    """All units' proposals as this person sees them."""
    found = list(stage.proposals.select_related("unit__head").prefetch_related(*contents()))
    for proposal in found:
        proposal.stage = stage
    return [Desk(proposal, person) for proposal in found]
