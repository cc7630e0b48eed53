from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from anas.rounds.stage import Sheets, StageKind, Task
from nominations import guards
from nominations.models import Nominee, Proposal


class ProposalStage(StageKind):
    """Each unit head assesses the unit's people and proposes some (mechanism, steps 1 and 2)."""

    code = "proposal"
    label = gettext_lazy("Proposals of the units")
    who = gettext_lazy("unit heads")
    is_nominating = True

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        Proposal.objects.bulk_create(
            Proposal(stage=stage, unit=unit) for unit in stage.round.scope.children.order_by("position", "path")
        )

    def reasons_not_to_close(self, stage: Stage) -> list[str]:
        return list(self._reasons_not_to_close(stage))

    def _reasons_not_to_close(self, stage: Stage) -> Iterator[str]:
        proposals = stage.proposals.select_related("unit", "stage__round").prefetch_related("skips", "nominees")
        submitted = 0
        for proposal in proposals:
            submitted += proposal.state == Proposal.State.SUBMITTED
            if proposal.is_editable:
                yield from self._reasons_unfinished(proposal)
        if not submitted:
            yield _("No unit has submitted a proposal.")
        elif not Nominee.objects.named(stage.round).exists():
            yield _("Nobody has been proposed at all.")

    def _reasons_unfinished(self, proposal: Proposal) -> Iterator[str]:
        done = {skip.classification for skip in proposal.skips.all()}
        done |= {nominee.classification for nominee in proposal.nominees.all() if nominee.slot}
        open_names = [item.name for item in proposal.round.scheme.classifications if item.code not in done]
        for classification in open_names:
            yield guards.missing(proposal, classification)
        if not open_names:
            yield _("%(unit)s: the proposal has not been submitted yet.") % {"unit": proposal.unit}

    def marks(self, stage: Stage) -> dict[int, Sheets]:
        return {nominee.pk: Sheets([nominee.score_values]) for nominee in Nominee.objects.in_play_at(stage)}

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        if rules.UNIT_HEAD not in roles or not stage.is_open:
            return []
        waiting = stage.proposals.filter(
            unit__in=employee.headed_unit_ids, state__in=[Proposal.State.DRAFT, Proposal.State.RETURNED]
        ).select_related("unit")
        return [
            Task(
                title=_("Propose for %(unit)s") % {"unit": proposal.unit},
                text=_("Returned for repair: %(reason)s") % {"reason": proposal.remark}
                if proposal.state == Proposal.State.RETURNED
                else _("Assess the people of your unit and name one in each classification."),
                url=reverse("nominations:proposal", args=[stage.round_id, proposal.unit_id]),
                action=_("Propose"),
                due=stage.closes_at,
                minutes=20,
            )
            for proposal in waiting
        ]

    def url(self, stage: Stage) -> str:
        return reverse("nominations:overview", args=[stage.round_id])
