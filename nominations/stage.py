from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from anas.rounds.stage import Owed, Progress, Sheets, StageKind, Task
from nominations import guards
from nominations.eligible import Eligible
from nominations.models import Nominee, Proposal
from nominations.places import contents, places
from nominations.rules import finalists

# Who finds the proposals themselves behind the link to the stage; everybody else finds the finalists there.
READERS = {rules.UNIT_HEAD, rules.COMMITTEE, rules.CHAIR, rules.HEAD, rules.WITNESS}


class ProposalStage(StageKind):
    """Each unit head assesses the unit's people and proposes some (mechanism, steps 1 and 2)."""

    code = "proposal"
    label = gettext_lazy("Proposals of the units")
    who = gettext_lazy("unit heads")
    actor = rules.UNIT_HEAD
    part = gettext_lazy("you propose people of your unit")
    is_nominating = True
    icon = "people"
    working_days = 10
    minutes = 20

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        Proposal.objects.bulk_create(
            Proposal(stage=stage, unit=unit) for unit in stage.round.scope.children.order_by("position", "path")
        )

    def close_warnings(self, stage: Stage) -> list[str]:
        units = stage.proposals.filter(state=Proposal.State.SUBMITTED).count()
        named = list(Nominee.objects.named(stage.round))
        eligible = Eligible(stage.round, [nominee.employee for nominee in named])
        return [
            _("%(units)s units have submitted, %(nominees)s people are proposed.")
            % {"units": units, "nominees": len(named)},
            _("The nominees and their scores stand; the team can read reasons and evidence."),
            *(reason for nominee in named for reason in eligible.reasons(nominee.employee)),
        ]

    def reasons_not_to_close(self, stage: Stage) -> list[str]:
        return list(self._reasons_not_to_close(stage))

    def _reasons_not_to_close(self, stage: Stage) -> Iterator[str]:
        submitted = 0
        for proposal in self._proposals(stage):
            submitted += proposal.is_submitted
            if proposal.is_editable:
                yield from self._reasons_unfinished(proposal)
        if not submitted:
            yield _("No unit has submitted a proposal.")
        elif not Nominee.objects.named(stage.round).exists():
            yield _("Nobody has been proposed at all.")

    def _reasons_unfinished(self, proposal: Proposal) -> list[str]:
        empty = [guards.reason_empty(proposal, place) for place in places(proposal) if place.missing]
        return empty or [_("%(unit)s: the proposal has not been submitted yet.") % {"unit": proposal.unit}]

    def _proposals(self, stage: Stage) -> Iterator[Proposal]:
        for proposal in stage.proposals.select_related("unit__head").prefetch_related(*contents()):
            proposal.stage = stage
            yield proposal

    def owes(self, stage: Stage) -> list[Owed]:
        if not stage.is_open:
            return []
        return [self._owed(proposal) for proposal in self._proposals(stage) if proposal.is_editable]

    def _owed(self, proposal: Proposal) -> Owed:
        missing = [place.classification.name for place in places(proposal) if place.missing]
        named = _("Not proposed yet: %(names)s.") % {"names": ", ".join(missing)}
        what = named if missing else _("Everything is there; it has only to be submitted.")
        url = reverse("nominations:proposal", args=[proposal.stage.round_id, proposal.unit_id])
        return Owed(str(proposal.unit), what, url, proposal.unit.head)

    def progress(self, stage: Stage) -> Progress:
        states = list(stage.proposals.values_list("state", flat=True))
        waiting = [state for state in states if state in (Proposal.State.DRAFT, Proposal.State.RETURNED)]
        return Progress(len(states) - len(waiting), len(states), _("units are done"))

    def marks(self, stage: Stage) -> dict[int, Sheets]:
        return {nominee.pk: Sheets([nominee.score_values]) for nominee in Nominee.objects.in_play_at(stage)}

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        if rules.UNIT_HEAD not in roles or (stage.reason_not_accepting() and not stage.is_past_deadline()):
            return []
        waiting = stage.proposals.filter(
            unit__in=employee.headed_unit_ids, state__in=[Proposal.State.DRAFT, Proposal.State.RETURNED]
        ).select_related("unit")
        return [self._task(stage, proposal) for proposal in waiting] if stage.is_open else []

    def _task(self, stage: Stage, proposal: Proposal) -> Task:
        text = _("Assess the people of your unit and name one in each classification.")
        if stage.is_past_deadline():
            text = _("The deadline has passed. Only the committee can extend it.")
        elif proposal.state == Proposal.State.RETURNED:
            text = _("Returned for repair: %(reason)s") % {"reason": proposal.remark}
        return Task(
            title=_("Propose for %(unit)s") % {"unit": proposal.unit},
            text=text,
            url=reverse("nominations:proposal", args=[stage.round_id, proposal.unit_id]),
            action=_("Propose"),
            due=stage.closes_at,
            minutes=self.minutes,
        )

    def url(self, stage: Stage) -> str:
        return reverse("nominations:overview", args=[stage.round_id])

    def is_visible_to(self, stage: Stage, roles: frozenset[str]) -> bool:
        return bool(roles & READERS) or finalists(stage.round).exists()

    def more_links(self, stage: Stage, roles: frozenset[str]) -> list[tuple[str, str, str, str]]:
        if not roles & READERS or not finalists(stage.round).exists():
            return []
        address = reverse("nominations:finalists", args=[stage.round_id])
        return [(_("Finalists"), _("who goes on, and why they were proposed"), address, "person")]
