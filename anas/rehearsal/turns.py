"""What a rehearsal waits for from others than its committee, and how they would do it: with invented input, through the
services that everybody's input goes through. Who may ask for it is for `anas.rehearsal.services` to say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil
from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.people.models import Employee, Unit
from anas.rehearsal.inventing import Inventor
from anas.rounds import guards, objections, rules
from anas.rounds import services as rounds
from anas.rounds.models import Objection, Round, Stage
from nominations import services as nominating
from nominations.eligible import Eligible
from nominations.guards import reason_proposes_himself
from nominations.models import Proposal
from scoring import results
from scoring import services as scoring
from scoring.panel import panel
from scoring.rules import decider
from voting import services as voting
from voting.models import Poll

TURNOUT = 0.85
VOTES_AT_ONCE = 400  # so many take a few seconds
MORE = 2  # people whom a unit head looks at beyond those whom he can name
# What is invented is kept and printed, so it is in the office's language.
REASON = "Contoh isian untuk gladi."


@dataclass(frozen=True)
class Turn:
    """What others would do next. `reasons`: why they cannot at the moment."""

    title: str
    items: list[str]
    act: Callable[[], None]
    reasons: list[str] = field(default_factory=list)


def next_turn(round: Round, by: Employee) -> Turn | None:
    """None where the rehearsal waits for its committee, or for nothing any more. `by`: whose own vote is left alone."""
    stage = round.current_stage
    if round.state == Round.State.RESULT and not round.is_approved:
        return _approval(round, by)
    if stage and stage.is_open:
        return _input(stage, by) or _close(stage)
    return _decisions(stage) if stage and stage.is_settled else None


def _input(stage: Stage, by: Employee) -> Turn | None:
    turn = {"proposal": _proposals, "poll": _votes}.get(stage.kind, _sheets)(stage, by)
    if turn and (reason := stage.reason_not_accepting()):
        return Turn(turn.title, turn.items, turn.act, [reason])
    return turn


def _inventor(stage: Stage, step: int = 0) -> Inventor:
    """The same rehearsal is played in the same way each time."""
    random = Random(f"{stage.round_id} {stage.code} {step}")  # noqa: S311 (nothing hangs on it)
    return Inventor(random, lambda classification: REASON)


def _person(pk: int) -> Employee:
    """As the next request would see him."""
    return Employee.objects.get(pk=pk)


# --- Proposals --------------------------------------------------------------------------------------------------------


def _proposals(stage: Stage, by: Employee) -> Turn | None:
    waiting = [proposal for proposal in stage.proposals.select_related("unit__head") if proposal.is_editable]
    for proposal in waiting:
        proposal.stage = stage
    items = [_("%(head)s proposes for %(unit)s") % {"head": p.unit.head, "unit": p.unit} for p in waiting]
    reasons = [reason for proposal in waiting for reason in _reasons_no_head(proposal.unit)]
    return Turn(_("Have the units propose"), items, lambda: _propose_all(stage, waiting), reasons) if waiting else None


def _reasons_no_head(unit: Unit) -> list[str]:
    return [] if unit.head else [_("%(unit)s has no head.") % {"unit": unit}]


def _propose_all(stage: Stage, waiting: Iterable[Proposal]) -> None:
    inventor = _inventor(stage)
    for proposal in waiting:
        head = _person(proposal.unit.head_id)
        for classification in stage.round.scheme.classification_codes:
            _propose(inventor, proposal, classification, head)
        nominating.submit(proposal, by=head)


def _propose(inventor: Inventor, proposal: Proposal, classification: str, head: Employee) -> None:
    """Fills the free places of the unit; where there are not people enough, says so as a unit head would."""
    named = proposal.nominees.filter(classification=classification, slot__isnull=False)
    free = proposal.stage.spec.quota - named.count()
    people = _possible(proposal, classification, head, {nominee.employee_id for nominee in named})
    if free > 0 and people:
        chosen = inventor.random.sample(people, min(len(people), free + MORE))
        inventor.propose(proposal, classification, chosen, places=free, by=head)
    if len(people) < free:
        nominating.skip(proposal, classification=classification, reason=REASON, by=head)


def _possible(proposal: Proposal, classification: str, head: Employee, without: set[int]) -> list[Employee]:
    people = proposal.people().filter(classification=classification).exclude(pk__in=without).order_by("pk")
    eligible = Eligible(proposal.round, people)
    return [one for one in people if not (reason_proposes_himself(one, head) or any(eligible.reasons(one)))]


# --- Sheets, votes ----------------------------------------------------------------------------------------------------


def _sheets(stage: Stage, by: Employee) -> Turn | None:
    whole = panel(stage)
    owed = {assessor: len(whole.owed(assessor)) for assessor in whole.assessors if whole.owed(assessor)}
    items = [_handing_in(name, count) for name, count in owed.items()]
    return Turn(_("Have the sheets filled in"), items, lambda: _assess(stage, owed)) if owed else None


def _handing_in(name: Employee, count: int) -> str:
    words = ngettext("%(name)s hands in %(count)s sheet", "%(name)s hands in %(count)s sheets", count)
    return words % {"name": name, "count": count}


def _assess(stage: Stage, assessors: Iterable[Employee]) -> None:
    inventor = _inventor(stage)
    for assessor in assessors:
        inventor.assess(stage, assessor)


def _votes(stage: Stage, by: Employee) -> Turn | None:
    """The same votes in the same sealed box: nobody learns here either who voted for whom."""
    poll = stage.poll
    waiting = poll.voters.filter(has_voted=False).exclude(employee=by)
    voted, voters = poll.voters.filter(has_voted=True).count(), poll.voters.count()
    share = max(TURNOUT, float(stage.round.scheme.quorum or 0) / 100)
    number = min(ceil(share * voters) - voted, waiting.count(), VOTES_AT_ONCE)
    if number <= 0:
        return None
    words = ngettext(
        "%(count)s person votes, of those who have not", "%(count)s people vote, of those who have not", number
    )
    items = [words % {"count": number}, _("Your own vote is left to you.")]
    reasons = [reason] if (reason := voting.reason_not_accepting(poll)) else []
    return Turn(_("Have the others vote"), items, lambda: _vote(poll, by, voted, number), reasons)


def _vote(poll: Poll, by: Employee, voted: int, number: int) -> None:
    waiting = poll.voters.filter(has_voted=False).exclude(employee=by).select_related("employee")
    _inventor(poll.stage, voted).vote(poll, waiting.order_by("employee__number"), number)


# --- Acts of the chair and the head -----------------------------------------------------------------------------------


def _close(stage: Stage) -> Turn | None:
    """Where somebody else than the committee closes the stage."""
    who = _closer(stage)
    if who is None:
        return None
    title, words = _("Have it closed: %(stage)s") % {"stage": stage}, {"name": who, "stage": stage}
    items, reasons = [_("%(name)s closes: %(stage)s") % words], guards.reasons_not_to_close(stage)
    return Turn(title, items, lambda: rounds.close_stage(stage.round, by=_person(who.pk)), reasons)


def _closer(stage: Stage) -> Employee | None:
    return {rules.CHAIR: _chair, rules.HEAD: _head}.get(stage.what.closed_by, lambda round: None)(stage.round)


def _chair(round: Round) -> Employee | None:
    member = round.members.filter(role=rules.CHAIR).select_related("employee").first()
    return member.employee if member else None


def _head(round: Round) -> Employee | None:
    return round.scope.head


def _decisions(stage: Stage) -> Turn | None:
    ties = results.open_ties(stage)
    items = [_("%(name)s decides on a tie between %(people)s") % _told(stage.round, tie) for tie in ties]
    reasons = [] if all(_decider(stage.round, tie) for tie in ties) else _reasons_no_head(stage.round.scope)
    return Turn(_("Have the ties decided"), items, lambda: _decide(stage), reasons) if ties else None


def _told(round: Round, tie: results.Tie) -> dict[str, object]:
    return {"name": _decider(round, tie), "people": ", ".join(nominee.name for nominee in tie.nominees)}


def _decider(round: Round, tie: results.Tie) -> Employee | None:
    return _chair(round) if decider(round, tie) == rules.CHAIR else _head(round)


def _decide(stage: Stage) -> None:
    """One after the other: the order of one may leave the next as it was."""
    while ties := results.open_ties(stage):
        tie = ties[0]
        scoring.decide(
            stage.round,
            stage=tie.stage,
            classification=tie.classification,
            order=[nominee.pk for nominee in tie.nominees],
            reason=REASON,
            by=_person(_decider(stage.round, tie).pk),
        )


def _approval(round: Round, by: Employee) -> Turn:
    """The objection period ends at once, what was objected is answered, and the head approves."""
    waiting = [one for one in round.objections.all() if one.is_waiting]
    items = [_("The objection period ends now, and not days later.")] if round.is_open_to_objections else []
    items += [_("The team answers an objection.") for _one in waiting]
    return Turn(
        _("Have the result approved"),
        [*items, _("%(name)s approves the result.") % {"name": _head(round)}],
        lambda: _approve(round, by),
        _reasons_no_head(round.scope),
    )


def _approve(round: Round, by: Employee) -> None:
    if round.is_open_to_objections:
        objections.end(round, by=by)
    for objection in round.objections.filter(upheld=None):
        objection.round = round
        objections.answer(objection, upheld=False, text=REASON, by=_answerer(objection))
    for objection in round.objections.filter(upheld=True, settlement=""):
        objection.round = round
        objections.settle(objection, text=REASON, by=_person(_chair(round).pk))
    rounds.approve(round, by=_person(round.scope.head_id))


def _answerer(objection: Objection) -> Employee:
    """Somebody of the team whose objection it is not; there is always one, since each objects once."""
    team = objection.round.members.exclude(role=rules.WITNESS).select_related("employee")
    return next(_person(m.employee_id) for m in team if not objections.reason_own(objection, m.employee))
