"""What somebody may see of the numbers of a round (DOMAIN section 6, DESIGN section 6)."""

from dataclasses import dataclass
from decimal import Decimal

from anas.people.models import Employee
from anas.rounds.models import Round, Stage
from anas.rounds.rules import ASSESSOR, READERS, roles_in
from anas.rounds.scheme import Classification
from scoring import results
from scoring.results import Row


@dataclass(frozen=True)
class Recap:
    round: Round
    stages: list[Stage]  # the finished stages whose numbers may be seen
    groups: list[tuple[Classification, list[Row]]]
    knows_names: bool  # assessors by name; else "assessor 1", …
    knows_criteria: bool  # down to the single indicator; else down to what a sheet comes to

    @property
    def is_final(self) -> bool:
        return self.round.has_result

    @property
    def is_whole(self) -> bool:
        """Whether nothing that is settled is left out."""
        return len(self.stages) == sum(stage.is_settled for stage in self.round.stage_list)

    def total(self, row: Row) -> Decimal | None:
        """The final score; before there is a result the points so far. None for whom a result leaves out."""
        if self.is_final:
            return row.final if row.standing else None
        return row.so_far(self.stages)

    def row(self, nominee: int) -> Row | None:
        """The numbers of one nominee, where they may be seen."""
        return next((row for _item, some in self.groups for row in some if row.nominee.pk == nominee), None)


def recap(round: Round, by: Employee) -> Recap | None:
    """The numbers that this person may see now, or None.

    Readers see every finished stage. The team sees its own once that is finished, and everything once there is a
    result. Everybody else sees the announced result, and in it the finalists alone: nobody is put to shame.
    """
    roles = roles_in(by, round)
    reads, assesses = bool(roles & READERS), ASSESSOR in roles
    stages = [stage for stage in round.stage_list if stage.is_settled]
    if not reads and not round.has_result:
        stages = [stage for stage in stages if assesses and stage.what.actor == ASSESSOR]
    if not reads and not assesses and round.state != Round.State.ANNOUNCED:
        stages = []
    if not stages:
        return None
    return Recap(round, stages, _groups(round, stages, reads or assesses), reads, reads or assesses)


def _groups(round: Round, stages: list[Stage], everybody: bool) -> list[tuple[Classification, list[Row]]]:
    found = []
    rows = results.rows(round)
    for item in round.scheme.classifications:
        some = [row for row in rows[item.code] if everybody or row.standing]
        if some:
            found.append((item, _in_order(round, stages, some)))
    return found


def _in_order(round: Round, stages: list[Stage], some: list[Row]) -> list[Row]:
    """Finalists by rank; before there is a result those who are still in the round first, by what they have so far."""
    if round.has_result:
        return results.in_rank_order(some)

    def place(row: Row) -> tuple:
        return not row.nominee.is_in_play, -row.so_far(stages), row.nominee.name, row.nominee.pk

    return sorted(some, key=place)
