"""Input that nobody gave: invented people's opinions of each other, handed in through the same services as everybody's.
For rehearsals and for the demo; who may have it invented is for the caller to ask."""

from collections.abc import Callable, Sequence
from random import Random

from anas.people.models import Employee
from anas.rounds.models import Stage
from nominations import services as nominating
from nominations.models import Proposal
from scoring import services as scoring
from scoring.panel import panel
from voting import receipts
from voting import services as voting
from voting.models import Poll, Voter

FEWEST, MOST = 60, 99  # an indicator gets a whole number from here to there


class Inventor:
    """The same `random` gives the same input. `reason`: why somebody of this classification is proposed."""

    def __init__(self, random: Random, reason: Callable[[str], str]):
        self.random, self.reason = random, reason
        self.quality: dict[int, float] = {}  # what an employee is worth, by key
        self.lean: dict[str, float] = {}  # the first finalist's share of the votes, by contest

    def propose(
        self, proposal: Proposal, classification: str, candidates: Sequence[Employee], *, places: int = 1, by: Employee
    ) -> None:
        """Assesses the candidates, and names the best of them, for so many free places."""
        best = sorted(candidates, key=self._quality, reverse=True)[:places]
        for candidate in candidates:
            nominee = nominating.assess(
                proposal,
                employee=candidate,
                classification=classification,
                scores_by_criterion=self._scores(proposal.stage, candidate),
                reason=self.reason(classification) if candidate in best else "",
                by=by,
            )
            if candidate in best:
                nominating.name(nominee, by=by)

    def assess(self, stage: Stage, assessor: Employee, leave: int = 0) -> None:
        """Scores those whom the assessor still owes a sheet, but for the last few."""
        owed, by = panel(stage).owed(assessor), Employee.objects.get(pk=assessor.pk)
        for nominee in owed[: len(owed) - leave]:
            scores = self._scores(stage, nominee.employee)
            scoring.submit_sheet(stage, nominee=nominee, scores_by_criterion=scores, by=by)

    def vote(self, poll: Poll, waiting: Sequence[Voter], number: int) -> None:
        """So many of those who have not voted do. Only ever for invented people, or in a rehearsal."""
        for voter in self.random.sample([one.employee for one in waiting], number):
            voting.cast(poll, employee=voter, choices=self._choices(poll), nonce=receipts.new_nonce(poll, voter))

    def _choices(self, poll: Poll) -> dict[str, int | None]:
        """Opinions lean one way, and one in twenty has none."""
        choices = {}
        for contest, finalists in poll.contests.items():
            lean = self.lean.setdefault(contest, self.random.uniform(0.35, 0.6))
            shares = [lean, 0.95 - lean][: len(finalists)]
            choices[contest] = self.random.choices([*finalists[:2], None], [*shares, 0.05])[0]
        return choices

    def _quality(self, employee: Employee) -> float:
        return self.quality.setdefault(employee.pk, self.random.gauss(84, 5))

    def _scores(self, stage: Stage, employee: Employee) -> dict[str, int]:
        """Whole numbers around what this person is worth; nearly nobody has had a complaint."""
        return {
            criterion.code: self._yes() if criterion.is_yes_no else self._mark(employee)
            for criterion in stage.spec.criteria
        }

    def _mark(self, employee: Employee) -> int:
        return max(FEWEST, min(MOST, round(self.random.gauss(self._quality(employee), 4))))

    def _yes(self) -> int:
        return 100 if self.random.random() < 0.95 else 0
