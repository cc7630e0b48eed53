"""The announced rounds of an office side by side: who won, from which units, how many voted.

Winners alone are named, since their decree names them; of all others there are only numbers by unit (DOMAIN section 6).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from anas.people.columns import harmless
from anas.people.models import Unit
from anas.rounds.models import Round
from anas.rounds.scheme import Classification
from nominations.models import Proposal
from scoring import arithmetic
from scoring.export import Table
from scoring.models import Standing
from voting.models import Voter


def year_of(round: Round) -> int:
    """The year that the award looks back on, or, where it names no days, in which it was prepared."""
    return (round.period_until or localdate(round.created_at)).year


@dataclass(frozen=True)
class Edition:
    """One announced round: its winners by classification, and how many of how many voted; 0 of 0 without a poll."""

    round: Round
    winners: dict[str, Standing]
    voted: int
    voters: int

    @property
    def turnout(self) -> Decimal:
        return arithmetic.percent(self.voted, self.voters)


@dataclass
class Record:
    """What one unit has done over the rounds. `wins`: how often it won, by the classification's code."""

    unit: Unit
    rounds: int = 0
    proposed: int = 0
    finalists: int = 0
    wins: Counter[str] = field(default_factory=Counter)

    @property
    def won(self) -> int:
        return self.wins.total()


@dataclass(frozen=True)
class Series:
    """The rounds of one award in one office, the newest first; the units with the most wins first."""

    scope: Unit
    award: str
    classifications: list[Classification]
    editions: list[Edition]
    records: list[Record]

    @property
    def lines(self) -> list[tuple[Edition, list[tuple[Classification, Standing | None]]]]:
        """Each round with its winner in each classification."""
        return [
            (edition, [(item, edition.winners.get(item.code)) for item in self.classifications])
            for edition in self.editions
        ]

    @property
    def units(self) -> list[tuple[Record, list[int], str]]:
        """Each unit with the classifications that it won in, counted from 1, once for each time; and this in words."""
        return [(one, *self._won(one)) for one in self.records]

    def _won(self, record: Record) -> tuple[list[int], str]:
        times = [(n, item.name, record.wins[item.code]) for n, item in enumerate(self.classifications, 1)]
        squares = [n for n, _name, number in times for _time in range(number)]
        return squares, ", ".join(f"{name} ({number}×)" if number > 1 else name for _n, name, number in times if number)

    @property
    def turnouts(self) -> list[Edition]:
        """The rounds with a poll, the oldest first."""
        return [edition for edition in reversed(self.editions) if edition.voters]


def series(rounds: Iterable[Round]) -> list[Series]:
    """The rounds, sorted into awards and offices. Three queries, however many there are."""
    rounds = sorted(rounds, key=lambda round: (round.scope.path, round.scheme.code))
    standings, turnouts, proposals = _standings(rounds), _turnouts(rounds), _proposals(rounds)
    found = []
    for _key, some in groupby(rounds, key=lambda round: (round.scope_id, round.scheme.code)):
        some = sorted(some, key=lambda round: (round.created_at, round.pk), reverse=True)
        editions = [Edition(one, _winners(standings[one.pk]), *turnouts.get(one.pk, (0, 0))) for one in some]
        records = _records(
            [p for one in some for p in proposals[one.pk]], [s for one in some for s in standings[one.pk]]
        )
        found.append(Series(some[0].scope, some[0].scheme.name, _classifications(some), editions, records))
    return found


def _standings(rounds: list[Round]) -> dict[int, list[Standing]]:
    found = defaultdict(list)
    for standing in Standing.objects.filter(round__in=rounds).select_related(
        "nominee__employee", "nominee__proposal__unit"
    ):
        found[standing.round_id].append(standing)
    return found


def _turnouts(rounds: list[Round]) -> dict[int, tuple[int, int]]:
    rows = Voter.objects.filter(poll__stage__round__in=rounds).values_list("poll__stage__round")
    counted = rows.annotate(voted=Count("pk", filter=Q(has_voted=True)), voters=Count("pk"))
    return {pk: (voted, voters) for pk, voted, voters in counted}


def _proposals(rounds: list[Round]) -> dict[int, list[Proposal]]:
    found = defaultdict(list)
    submitted = Proposal.objects.filter(stage__round__in=rounds, state=Proposal.State.SUBMITTED)
    named = Count("nominees", filter=Q(nominees__slot__isnull=False))
    for proposal in submitted.select_related("unit", "stage").annotate(named=named):
        found[proposal.stage.round_id].append(proposal)
    return found


def _winners(standings: list[Standing]) -> dict[str, Standing]:
    return {one.nominee.classification: one for one in standings if one.is_winner}


def _records(proposals: list[Proposal], standings: list[Standing]) -> list[Record]:
    records: dict[int, Record] = {}
    for proposal in proposals:
        record = records.setdefault(proposal.unit_id, Record(proposal.unit))
        record.rounds += bool(proposal.named)
        record.proposed += proposal.named
    for standing in standings:
        unit = standing.nominee.unit
        record = records.setdefault(unit.pk, Record(unit))
        record.finalists += 1
        record.wins[standing.nominee.classification] += standing.is_winner
    return sorted(records.values(), key=lambda one: (-one.won, one.unit.position, one.unit.path))


def _classifications(rounds: list[Round]) -> list[Classification]:
    """As the newest round has them; after them those that only older ones had."""
    known: dict[str, Classification] = {}
    for round in rounds:
        for item in round.scheme.classifications:
            known.setdefault(item.code, item)
    return list(known.values())


def winners_table(found: list[Series]) -> Table:
    """A line for each winner."""
    head = [_("Office"), _("Award"), _("Round"), _("Year"), _("Classification"), _("Winner"), _("Unit")]
    lines = [
        [
            *map(harmless, (str(one.scope), one.award, edition.round.name)),
            year_of(edition.round),
            *map(harmless, (item.name, standing.nominee.name, str(standing.nominee.unit))),
            *(standing.final, edition.voted, edition.voters, edition.turnout),
        ]
        for one in found
        for edition, winners in one.lines
        for item, standing in winners
        if standing
    ]
    return [[*head, _("Final score"), _("Have voted"), _("On the voter roll"), _("Turnout (percent)")], *lines]


def units_table(found: list[Series]) -> Table:
    """A line for each unit."""
    head = [_("Office"), _("Award"), _("Unit"), _("Rounds with a proposal"), _("People proposed"), _("Finalists")]
    return [
        [*head, _("Awards won")],
        *(
            [*map(harmless, (str(one.scope), one.award, str(record.unit))), record.rounds, record.proposed]
            + [record.finalists, record.won]
            for one in found
            for record in one.records
        ),
    ]
