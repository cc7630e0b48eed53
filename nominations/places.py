"""What a unit's proposal holds, classification by classification."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Prefetch, prefetch_related_objects

from anas.rounds.scheme import Classification, Criterion, StageSpec
from nominations.models import Nominee, Proposal, Skip


@dataclass(frozen=True)
class Place:
    """One classification in a unit's proposal: whom it names, whom else it has assessed, or why it names nobody."""

    classification: Classification
    spec: StageSpec
    candidates: list[Nominee]
    skip: Skip | None

    @property
    def named(self) -> list[Nominee]:
        return [candidate for candidate in self.candidates if candidate.slot]

    @property
    def others(self) -> list[Nominee]:
        """Those who were assessed and are not named."""
        return [candidate for candidate in self.candidates if not candidate.slot]

    @property
    def missing(self) -> int:
        """How many nominees are still to be named."""
        return 0 if self.skip else self.spec.quota - len(self.named)

    @property
    def empty(self) -> range:
        """One for each slot that waits for somebody."""
        return range(self.missing)

    def comparison(self) -> list[tuple[Criterion, list[tuple[Nominee, Decimal | None]]]]:
        """A line for each indicator with everybody's score side by side; None where there is none yet."""
        values = [(candidate, candidate.score_values) for candidate in self.candidates]
        return [
            (criterion, [(candidate, given.get(criterion.code)) for candidate, given in values])
            for criterion in self.spec.criteria
        ]


def contents() -> list[Prefetch | str]:
    """What `places` reads, for prefetch_related: the candidates with their files, the named first, and the skips."""
    candidates = Nominee.objects.select_related("employee__unit").prefetch_related("evidence")
    in_order = candidates.order_by(F("slot").asc(nulls_last=True), "employee__name", "pk")
    return [Prefetch("nominees", in_order), "skips"]


def places(proposal: Proposal) -> list[Place]:
    """A place for each classification, in the scheme's order."""
    prefetch_related_objects([proposal], *contents())
    skips = {skip.classification: skip for skip in proposal.skips.all()}
    return [
        Place(
            classification=item,
            spec=proposal.stage.spec,
            candidates=[nominee for nominee in proposal.nominees.all() if nominee.classification == item.code],
            skip=skips.get(item.code),
        )
        for item in proposal.round.scheme.classifications
    ]
