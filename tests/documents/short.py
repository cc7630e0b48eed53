"""A round with a result, the short way: stored as the scorekeeper would leave it, without being played. For tests of
what comes after the result; what leads to it is played in `cast.play`."""

from decimal import Decimal

from django.utils import timezone

from anas.rounds.models import Round, Stage
from anas.rounds.services import open_round
from nominations.models import Nominee, Proposal
from scoring.models import Standing
from tests import cast

FINALS = [Decimal("89.72"), Decimal("80.01")]  # of the first and of the second unit's nominee


def round_with_result(office: cast.Office, *, approved: bool = True) -> Round:
    """Agus, Ayu and Andi of the Sekretariat win before Budi, Bayu and Bunga."""
    round = open_round(cast.draft(office), by=office.kartika)
    for rank, proposal in enumerate(Proposal.objects.filter(stage__round=round).order_by("unit__position")[:2], 1):
        people = proposal.people().exclude(classification="")
        nominees = Nominee.objects.bulk_create(
            Nominee(proposal=proposal, employee=person, classification=person.classification, slot=1)
            for person in people
        )
        Standing.objects.bulk_create(
            Standing(round=round, nominee=nominee, final=FINALS[rank - 1], rank=rank) for nominee in nominees
        )
    Proposal.objects.filter(stage__round=round).update(state=Proposal.State.SUBMITTED)
    round.stages.update(state=Stage.State.SETTLED)
    approval = {"approved_by": office.hadi, "approved_at": timezone.now()} if approved else {}
    Round.objects.filter(pk=round.pk).update(state=Round.State.RESULT, **approval)
    return cast.again(round)
