"""What a person is asked to do now. Stage kinds name their own tasks; here stand those that move a round on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.rounds import guards, rules
from anas.rounds.models import Round, Stage
from anas.rounds.stage import Task


@dataclass
class Agenda:
    """One round as it concerns one person."""

    round: Round
    steps: list[dict]
    roles: frozenset[str]
    tasks: list[Task] = field(default_factory=list)

    @property
    def coming(self) -> Stage | None:
        """The stage in which the person acts next; where there is none any more, the next one."""
        later = self.round.stage_list[self.round.current_stage.position + 1 :] if self.round.current_stage else []
        return next((stage for stage in later if self.acts_in(stage)), next(iter(later), None))

    def acts_in(self, stage: Stage) -> bool:
        return stage.what.actor in self.roles

    @property
    def is_in_coming(self) -> bool:
        return self.acts_in(self.coming)


def tasks_in(round: Round, employee: Employee) -> list[Task]:
    """What this person is asked to do in this round, the most urgent first."""
    roles = rules.roles_in(employee, round)
    found = [*_stage_tasks(round, employee, roles), *_moving_tasks(round, employee, roles)]
    return sorted(found, key=lambda task: (task.due is None, task.due or 0))


def _stage_tasks(round: Round, employee: Employee, roles: frozenset[str]) -> Iterator[Task]:
    if stage := round.current_stage:
        yield from stage.what.tasks(stage, employee, roles)


def _moving_tasks(round: Round, employee: Employee, roles: frozenset[str]) -> Iterator[Task]:
    if rules.COMMITTEE in roles and round.is_draft:
        steps = f"{reverse('setup:overview')}?kantor={round.scope_id}"
        url = round.get_absolute_url() if round.is_rehearsal else steps
        text = _("A draft: what is still missing, and the button that opens it.")
        yield Task(title=_("Prepare the round"), text=text, url=url, action=_("Prepare"))
    if rules.COMMITTEE in roles and round.state == Round.State.DECREED:
        text = _("The winners are decreed. Next: the announcement.")
        yield _task(_("Announce the result"), text, round, "rounds:announce", _("Announce"))
    if rules.COMMITTEE in roles and round.state == Round.State.RESULT and round.is_approved:
        text = _("The head of the office has approved the result. Next: the decree.")
        yield _task(_("Issue the decree"), text, round, "documents:list", _("Issue"))
    if rules.HEAD in roles and round.state == Round.State.RESULT and not any(guards.reasons_not_to_approve(round)):
        text = _("The parts are combined. The head of the office approves the result or sends it back.")
        yield _task(_("Approve the result"), text, round, "scoring:results", _("Look at it"))
    if round.state == Round.State.RESULT and round.objections_until and rules.ASSESSOR in roles:
        yield from _objection_tasks(round, roles)
    yield from _current_stage_tasks(round, employee, roles)


def _objection_tasks(round: Round, roles: frozenset[str]) -> Iterator[Task]:
    waiting = [objection for objection in round.objections.all() if objection.is_waiting]
    if any(not objection.is_answered for objection in waiting):
        yield _task(_("Answer the objections"), "", round, "scoring:objections", _("Answer"))
    if rules.CHAIR in roles and any(objection.is_answered for objection in waiting):
        yield _task(_("Say what follows from an objection"), "", round, "scoring:objections", _("Look at it"))


def _current_stage_tasks(round: Round, employee: Employee, roles: frozenset[str]) -> Iterator[Task]:
    stage = round.current_stage
    if stage is None:
        return
    if stage.is_open and stage.what.closed_by in roles and not stage.what.reasons_not_to_close(stage):
        if stage.is_past_deadline() or stage.kind != "poll":
            text = _("Nothing is missing any more. Closed, nothing can be handed in for it.")
            yield _task(_("Close: %(stage)s") % {"stage": stage}, text, round, "rounds:close", _("Close"))
    elif stage.is_settled and not rules.may_advance(employee, round) and not any(guards.reasons_not_to_advance(stage)):
        title = _("Open: %(stage)s") % {"stage": stage.next} if stage.next else _("Combine the four parts")
        text = _("%(stage)s is closed.") % {"stage": stage}
        yield _task(title, text, round, "rounds:advance", _("Go on"))


def _task(title: str, text: str, round: Round, to: str, action: str) -> Task:
    return Task(title=title, text=text, url=reverse(to, args=[round.pk]), action=action)
