"""How keyholders take the parts of the key away before the poll starts, and bring them back for the count.

Every function takes `by`, the person who acts, runs in one transaction, and raises Refused with the reasons.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.people.models import Employee
from anas.refused import Refused, require
from anas.rounds import rules
from anas.rounds.models import Round, Stage
from anas.rounds.services import locked, note
from voting import keys, parts, sealing
from voting.keys import KeyParts
from voting.models import KeyShare, Poll
from voting.parts import BadPart, Part


def reason_bad_number(keyholders: Sequence[Employee], threshold: int) -> str | None:
    """At least two have to come together, and no more than there are."""
    if not 2 <= len(set(keyholders)) <= parts.MOST:
        return _("Choose two to %(most)s keyholders.") % {"most": parts.MOST}
    if not 2 <= threshold <= len(set(keyholders)):
        return _("The number of parts for the count lies between 2 and the number of keyholders.")
    return None


def _held(share: KeyShare) -> KeyShare:
    locked(share.poll.stage.round)
    return KeyShare.objects.select_related("poll__stage__round__scope", "keyholder").get(pk=share.pk)


def part_of(share: KeyShare, *, by: Employee) -> Part:
    """The part, for its keyholder alone, until he has typed two of its words back; then it is gone from the server."""
    if share.keyholder_id != by.pk:
        raise Refused(_("Only the keyholder can see this part."))
    part = None if share.is_confirmed else keys.waiting(share.poll, share.index)
    if part is None:
        raise Refused(_("This part has been taken away. It is not on the server any more."))
    return part


@sensitive_variables()
@transaction.atomic
def confirm(share: KeyShare, *, first: str, second: str, by: Employee) -> KeyShare:
    """The keyholder types two words of his part back. With the last keyholder's words the poll starts."""
    share = _held(share)
    words = part_of(share, by=by).words
    typed = [first.strip().lower(), second.strip().lower()]
    if typed != [words[share.first_asked - 1], words[share.second_asked - 1]]:
        raise Refused(_("These are not the two words. Please look at your part once more."))
    share.is_confirmed = True
    share.save(update_fields=["is_confirmed"])
    note(share.poll.round, by, "key.taken", part=share.index)
    transaction.on_commit(lambda: keys.taken(share.poll, share.index))
    if not share.poll.shares.filter(is_confirmed=False).exists():
        Poll.objects.filter(pk=share.poll_id).update(is_started=True)
        note(share.poll.round, by, "box.started")
    return share


@transaction.atomic
def report_lost(share: KeyShare, *, by: Employee) -> KeyShare:
    """A keyholder, or the committee for him, says that a part is gone. The count works while enough are left."""
    share = _held(share)
    if share.keyholder_id != by.pk:
        require(rules.must_be(rules.COMMITTEE, by, share.poll.round))
    if share.is_lost or share.poll.is_counted:
        raise Refused(_("This part has already been reported, or is not needed any more."))
    share.is_lost = True
    share.save(update_fields=["is_lost"])
    note(share.poll.round, by, "key.lost", share.keyholder, part=share.index)
    return share


@sensitive_variables()
@transaction.atomic
def renew(round: Round, *, keyholders: Sequence[Employee], threshold: int, by: Employee) -> Poll:
    """Makes a new key, as long as nobody can have voted, because a part was lost or a keyholder cannot come."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round), reason_bad_number(keyholders, threshold))
    poll = Poll.objects.select_related("stage").get(stage__round=round)
    if poll.is_started:
        raise Refused(_("The poll has started with its key. A new key would make the envelopes unreadable."))
    public_key, private_key = sealing.make_keys()
    poll.shares.all().delete()
    KeyParts([], threshold).forget(poll)
    poll.public_key = public_key
    poll.save(update_fields=["public_key"])
    KeyParts(keyholders, threshold).keep(poll, private_key)
    note(round, by, "key.renewed", public_key=public_key.hex(), keyholders=[str(holder) for holder in keyholders])
    return poll


@sensitive_variables()
@transaction.atomic
def bring(round: Round, *, words: str, by: Employee) -> Part:
    """A part comes back for the count: from its keyholder's own login, or one after the other at the committee's
    screen. Raises Refused, in words, for what is no part of this key."""
    round = locked(round)
    poll = Poll.objects.select_related("stage").get(stage__round=round)
    holders = {share.keyholder_id: share.index for share in poll.shares.all()}
    if by.pk not in holders:
        require(rules.must_be(rules.COMMITTEE, by, round))
    if poll.stage.state != Stage.State.CLOSED:
        raise Refused(_("The parts are needed only between the close of the ballot box and the count."))
    try:
        part = parts.read(words, bytes(poll.public_key))
    except BadPart as bad:
        raise Refused(keys.in_words(bad)) from None
    if part.index in {known.index for known in keys.brought(poll)}:
        raise Refused(_("This part has already been brought."))
    keys.bring(poll, part)
    note(round, by, "key.brought", part=part.index)
    return part
