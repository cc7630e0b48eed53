"""Rounds of the fixed cast in the states that the tests of scoring need."""

from anas.rounds.models import Round, Stage
from nominations.models import Nominee, Proposal
from scoring import services
from scoring.models import ScoreSheet
from tests import cast


def stage_of(round: Round, code: str) -> Stage:
    return next(stage for stage in cast.again(round).stage_list if stage.code == code)


def nominee(round: Round, name: str) -> Nominee:
    return Nominee.objects.named(round).get(employee__name=name)


def submit(round: Round, who, name: str, base: int = 80, code: str = "tim", **more) -> ScoreSheet:
    stage = stage_of(round, code)
    return services.submit_sheet(
        stage,
        nominee=nominee(round, name),
        scores_by_criterion=cast.scores_for(stage, base),
        by=cast.fresh(who),
        **more,
    )


def score_all(round: Round, office, base_of: dict[str, int], code: str = "tim") -> None:
    """Every assessor gives each nominee the same: by name, else 50."""
    for one in Nominee.objects.in_play(round):
        for assessor in office.team if code == "tim" else [office.hadi]:
            submit(round, assessor, one.employee.name, base_of.get(one.employee.name, 50), code)


def same_proposals(round: Round, base: int = 80) -> None:
    """Every unit has given its people the same."""
    for proposal in Proposal.objects.filter(stage__round=round):
        scores = {code: f"{value:.2f}" for code, value in cast.scores_for(proposal.stage, base).items()}
        proposal.nominees.update(scores=scores)


def fields(nominees, scores: dict[str, object]) -> dict[str, object]:
    """What a form of score fields sends."""
    return {f"n{one.pk}-{code}": value for one in nominees for code, value in scores.items()}
