"""Voter cards: a one-time code on paper for employees who vote at the office's computer."""

from django.db import transaction
from django.utils.translation import gettext as _

from anas.people import codes
from anas.people.codes import PrintedCard
from anas.people.models import Employee, Unit
from anas.refused import Refused, require
from anas.rounds import rules
from anas.rounds.services import locked, note
from voting import services
from voting.models import Poll, Voter, VoterCard

PURPOSE = "voting.card"


@transaction.atomic
def issue(poll: Poll, *, unit: Unit | None = None, employee: Employee | None = None, by: Employee) -> list[PrintedCard]:
    """New cards for all who have not voted, of one unit, or for one person, by unit and name. A card that somebody
    had before is worthless from now on."""
    round = locked(poll.round)
    require(rules.must_be(rules.COMMITTEE, by, round), services.reason_not_accepting(poll))
    voters = poll.voters.filter(has_voted=False).select_related("employee__unit")
    if unit:
        voters = voters.filter(unit=unit)
    if employee:
        voters = voters.filter(employee=employee)
    cards = [PrintedCard(voter.employee, codes.new_code()) for voter in voters.order_by("unit__path", "employee__name")]
    if not cards:
        raise Refused(_("There is nobody here who still has to vote."))
    VoterCard.objects.filter(poll=poll, employee__in=[card.employee for card in cards]).delete()
    VoterCard.objects.bulk_create(
        VoterCard(poll=poll, employee=card.employee, code_hash=codes.digest(PURPOSE, card.code)) for card in cards
    )
    note(round, by, "cards.issued", employee or unit or round.scope, cards=len(cards))
    return cards


def voter_of(poll: Poll, typed: str) -> Employee:
    """Who may vote with this code. Raises Refused for a code that does not exist, has voted, or comes too late."""
    known = VoterCard.objects.filter(poll=poll, code_hash=codes.digest(PURPOSE, typed))
    card = known.select_related("employee").first()
    if card is None or not card.employee.is_active:
        raise Refused(_("This code is not known. Please check it, sign by sign."))
    require(services.reason_not_accepting(poll))
    if not Voter.objects.filter(poll=poll, employee=card.employee, has_voted=False).exists():
        raise Refused(_("The vote of this card is already in the ballot box. It counts once."))
    return card.employee
