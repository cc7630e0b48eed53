"""Who may do what with score sheets and ties. A rule answers None where it allows, else a reason in words."""

from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Round, Stage
from nominations.models import Nominee
from scoring.panel import Panel, reason_excused
from scoring.results import Tie


def may_score(by: Employee, stage: Stage) -> str | None:
    """The team in a panel stage; the head, or a deputy, in a head stage."""
    return rules.must_be(stage.what.actor, by, stage.round)


def may_look_at(by: Employee, stage: Stage) -> str | None:
    """The pages of a stage with sheets: for those who score in it and those who may read everything."""
    return may_score(by, stage) and rules.may_read_everything(by, stage.round)


def may_step_back(by: Employee, stage: Stage) -> str | None:
    """Recusal is for the team; an office has one head."""
    return rules.must_be(rules.ASSESSOR, by, stage.round) or reason_not_the_team(stage)


def reason_not_the_team(stage: Stage) -> str | None:
    if stage.what.actor == rules.ASSESSOR:
        return None
    return _("The team does not score in %(stage)s.") % {"stage": stage}


def may_see_sheets(by: Employee, whole: Panel, nominee: Nominee) -> str | None:
    """The submitted sheets of a nominee. An assessor sees those of the others only once his own is in, and those for
    himself, or for somebody he stepped back from, not before the stage is finished (DESIGN section 3). The head's are
    read by others when the stage is finished."""
    stage = whole.stage
    if stage.is_settled:
        return may_look_at(by, stage)
    seat = stage.what.seat(stage, by)
    if seat is None and stage.what.shows_sheets:
        return rules.may_read_everything(by, stage.round)
    if seat is None or whole.is_excused(nominee, seat):
        return _("You do not score this nominee, so you see no sheets before the stage is finished.")
    if (nominee.pk, seat.pk) not in whole.sheets:
        return _("You see what the others gave once your own sheet is in.")
    return None


def decider(round: Round, tie: Tie) -> str:
    """The role that decides a tie: the chair for a shortlist, the head of the office for the end result (DOMAIN section
    2). The head stands in for a chair who is one of the tied or has stepped back from one of them."""
    chair = round.members.filter(role=rules.CHAIR).select_related("employee").first()
    if tie.is_final or chair is None:
        return rules.HEAD
    recusals = list(round.recusals.filter(assessor=chair.employee))
    is_excused = any(reason_excused(nominee, chair.employee, recusals) for nominee in tie.nominees)
    return rules.HEAD if is_excused else rules.CHAIR


def may_decide(by: Employee, round: Round, tie: Tie) -> str | None:
    if any(nominee.employee_id == by.pk for nominee in tie.nominees):
        return _("Nobody decides on himself.")
    return rules.must_be(decider(round, tie), by, round)
