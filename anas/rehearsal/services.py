"""A rehearsal: a copy of a round that goes the same way through the same services, to practise, and is removed as a
whole afterwards. Every function takes `by`, the person who acts, runs in one transaction, and raises Refused with the
reasons where the act cannot be done."""

from django.db import transaction
from django.utils.translation import gettext as _

from anas.documents.models import Batch, Document
from anas.people.models import Employee
from anas.refused import Refused, refuse_for, require
from anas.rehearsal import guards, turns
from anas.rounds import audit, cloning, rules
from anas.rounds import services as rounds
from anas.rounds.models import AuditChain, Round
from nominations import uploads
from nominations.models import Evidence, Nominee, Proposal
from voting.keys import keeper_of
from voting.models import Choice, Poll

NAME_LENGTH = Round._meta.get_field("name").max_length


@transaction.atomic
def start(round: Round, *, audience: str, by: Employee) -> Round:
    """A rehearsal of the round, as a draft: the same office, rules, period and team, without dates, so that it can be
    played in minutes. `audience`: who sees it, one of `Round.Rehearsal`."""
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_rehearsal(round))
    if audience not in Round.Rehearsal.values:
        raise Refused(_("Say who takes part in the rehearsal."))
    name = f"{Round.MARK} {round.name}"[:NAME_LENGTH].strip()
    origin = {"copied_from": str(round), "copied_round": round.pk, "audience": audience}
    made = rounds.create_round(
        name=name, scope=round.scope, scheme=round.scheme, own=round.own_scheme, rehearsal=audience, by=by, **origin
    )
    rounds.set_schedule(made, schedule={}, period=(round.period_from, round.period_until), by=by)
    members, _left_out = cloning.team_of(round, by=by)
    cloning.carry(members, to=made, by=by)
    _note_in_office(made, by, "rehearsal.started", **origin)
    return made


@transaction.atomic
def play(round: Round, *, by: Employee) -> turns.Turn:
    """Lets the others do what the rehearsal waits for: what they would enter is invented, and goes through the same
    services as if they had. The trail says who had it played. Refused in a real round."""
    round = rounds.locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_real(round))
    turn = turns.next_turn(round, by)
    if turn is None:
        raise Refused(guards.reason_no_turn(round))
    refuse_for(turn.reasons)
    rounds.note(round, by, "rehearsal.played", turn.title, items=turn.items)
    turn.act()
    return turn


@transaction.atomic
def remove(round: Round, *, by: Employee) -> None:
    """Deletes a rehearsal with everything that belongs to it: rows, files and keys, its trail too. The trail of the
    office says that it was held and removed, by whom, and how its own trail ended; the access log, which belongs to
    those who were looked at, stays. Refused for a real round."""
    round = Round.objects.select_for_update(of=("self",)).select_related("scope").get(pk=round.pk)
    require(rules.must_be(rules.COMMITTEE, by, round), guards.reason_real(round), guards.reason_batch(round))
    chain = AuditChain.objects.get(name=audit.chain_name(round))
    _note_in_office(round, by, "rehearsal.removed", entries=chain.length, head=chain.head)
    _delete_files(round)
    _delete_rows(round)
    chain.entries.all().delete()
    chain.delete()


def _note_in_office(round: Round, by: Employee, action: str, **detail: object) -> None:
    detail |= {"unit": str(round.scope), "rehearsal": round.pk}
    audit.record(None, by=by, action=action, subject=str(round), role=rules.COMMITTEE, **detail)


def _delete_files(round: Round) -> None:
    """When everything else has gone: photos, evidence, and the key of the ballot box."""
    nominees = Nominee.objects.filter(proposal__stage__round=round)
    evidence = Evidence.objects.filter(nominee__proposal__stage__round=round)
    for file in [*(nominee.photo for nominee in nominees), *(one.file for one in evidence)]:
        uploads.delete_after_commit(file)
    for poll in Poll.objects.filter(stage__round=round):
        transaction.on_commit(lambda poll=poll: keeper_of(poll).forget(poll))


def _delete_rows(round: Round) -> None:
    """In the order in which nothing is left behind that points to what has gone; the round takes the rest along."""
    Batch.objects.filter(round=round).delete()
    for document in Document.objects.filter(round=round).order_by("-pk").light():
        document.round = round
        document.delete()
    Choice.objects.filter(poll__stage__round=round).delete()
    Proposal.objects.filter(stage__round=round).delete()
    round.delete()
