"""What keeps a rehearsal and a real round apart, in words."""

from django.utils.translation import gettext as _

from anas.documents.models import Batch
from anas.rounds.models import Round


def reason_rehearsal(round: Round) -> str | None:
    return _("This is a rehearsal already.") if round.is_rehearsal else None


def reason_real(round: Round) -> str | None:
    """In a real round nobody's input is invented, and nothing is ever deleted."""
    if round.is_rehearsal:
        return None
    return _("This is no rehearsal: here everybody acts for himself, and all of it stays.")


def reason_no_turn(round: Round) -> str:
    """Why nobody else can play now."""
    if round.state == Round.State.ANNOUNCED:
        return _("The rehearsal has come to its end. It can be removed.")
    return _("The rehearsal waits for nobody else: it is your turn.")


def reason_batch(round: Round) -> str | None:
    if Batch.objects.filter(round=round, state=Batch.State.RUNNING).exists():
        return _("Certificates are being made in the background. Wait until they are there, or stop them.")
    return None
