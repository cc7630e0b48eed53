"""The audit trail holds what happened, and shows when somebody touches it."""

import pytest
from django.utils import translation

from anas.rounds import audit
from anas.rounds.models import AuditChain, AuditEntry
from tests import cast
from tests.rounds.behind import behind_the_back

CAST_OF_A_ROUND = [
    "round.created",
    "member.set",
    "round.scheduled",
    "round.opened",
    "stage.opened",
    "nominee.assessed",
    "nominee.named",
    "proposal.submitted",
    "stage.closed",
    "stage.settled",
    "sheet.submitted",
    "box.opened",
    "box.closed",
    "box.counted",
    "round.combined",
    "round.approved",
    "round.decreed",
    "round.announced",
]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def entries(office):
    round = cast.play(office, to="announced")
    return round, AuditEntry.objects.filter(chain__name=audit.chain_name(round))


def test_every_act_of_a_round_is_in_the_trail(entries):
    _round, trail = entries

    assert list(dict.fromkeys(entry.action for entry in trail)) == CAST_OF_A_ROUND
    assert [entry.number for entry in trail] == list(range(1, len(trail) + 1))


def test_every_action_has_words(entries):
    _round, trail = entries

    assert {entry.action for entry in trail} - audit.phrases().keys() == set()


def test_nothing_is_written_about_a_single_vote(office):
    round = cast.play(office, to="polling")
    before = AuditEntry.objects.count()

    cast.vote(office, round, office.ratna, pns=cast.finalist(round, "Ayu Lestari"))

    assert AuditEntry.objects.count() == before


def test_an_untouched_trail_has_no_faults(entries):
    round, _trail = entries

    assert list(audit.faults(round)) == []


def test_a_changed_entry_is_found(entries):
    round, trail = entries
    with behind_the_back():
        trail.filter(number=5).update(subject="Somebody else")

    assert list(audit.faults(round)) == ["Entry 5 was changed."]


def test_a_changed_entry_with_a_hash_of_its_own_is_found_at_the_next_one(entries):
    round, trail = entries
    entry = trail.get(number=5)
    entry.subject = "Somebody else"
    entry.hash = audit.digest(entry)
    with behind_the_back():
        entry.save()

    assert list(audit.faults(round)) == ["Entry 6 does not follow the one before it."]


def test_a_missing_entry_is_found(entries):
    round, trail = entries
    with behind_the_back():
        trail.filter(number=5).delete()

    assert list(audit.faults(round)) == ["Entry 5 is missing.", "Entry 6 does not follow the one before it."]


def test_a_tail_that_was_cut_off_is_found(entries):
    round, trail = entries
    last = trail.count()
    with behind_the_back():
        trail.filter(number=last).delete()

    assert list(audit.faults(round)) == [f"The end of the trail is missing after entry {last - 1}."]


def test_what_belongs_to_no_round_has_a_chain_of_its_own(office):
    cast.draft(office)
    audit.record(None, by=office.kartika, action="test.done")

    assert AuditChain.objects.get(name="office").length == 1
