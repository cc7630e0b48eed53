"""Who may see what of a proposal. A rule answers None where it allows, else a reason in words."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Round, Stage
from nominations.models import Nominee, Proposal


def may_open(employee: Employee, proposal: Proposal) -> str | None:
    """A unit's proposal is for its own head or deputy, and for those who may read everything."""
    if rules.may_propose_for(employee, proposal.unit, proposal.round) is None:
        return None
    return rules.may_read_everything(employee, proposal.round)


def may_see(employee: Employee, nominee: Nominee) -> str | None:
    """Face and reason of a nominee: for those who may open the proposal; for the team once the proposals are closed;
    for everybody who has a part in the round once the nominee is a finalist."""
    proposal = nominee.proposal
    if may_open(employee, proposal) is None or _is_for_the_team(employee, nominee):
        return None
    return None if finalists(proposal.round).filter(pk=nominee.pk).exists() else _("This is not a finalist.")


def may_see_evidence(employee: Employee, nominee: Nominee) -> str | None:
    """As the face; for everybody only once the poll is open, which the evidence is there for."""
    proposal = nominee.proposal
    if may_open(employee, proposal) is None or _is_for_the_team(employee, nominee):
        return None
    if not poll_has_begun(proposal.round):
        return _("The evidence can be seen once the poll is open.")
    return may_see(employee, nominee)


def is_for_everybody(nominee: Nominee) -> bool:
    """Whether the evidence is open to the whole office. Then who reads it is not noted: a voter may look in peace."""
    round = nominee.proposal.round
    return poll_has_begun(round) and finalists(round).filter(pk=nominee.pk).exists()


def _is_for_the_team(employee: Employee, nominee: Nominee) -> bool:
    is_assessor = rules.ASSESSOR in rules.roles_in(employee, nominee.proposal.round)
    return is_assessor and nominee.is_proposed and nominee.proposal.stage.is_closed


def poll_has_begun(round: Round) -> bool:
    """Whether everybody is, or was, asked to choose, and so may read reasons and evidence."""
    poll = round.stage_of_kind("poll")
    return poll is not None and poll.state != Stage.State.PENDING


def finalists(round: Round) -> QuerySet[Nominee]:
    """Those whom the whole office knows: on the ballot from the day it opens, or left by the last shortlist. Nobody
    before that."""
    cuts = [stage for stage in round.stage_list if stage.spec.advance and stage.next]
    after_cut = cuts[-1].next if cuts else round.stage_list[0].next
    for stage in (round.stage_of_kind("poll"), after_cut):
        if stage and stage.state != Stage.State.PENDING:
            return Nominee.objects.in_play_at(stage)
    return Nominee.objects.none()
