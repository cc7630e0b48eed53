"""Opening envelopes, alone and in processes apart; what is no ballot is found, whatever it is."""

import json

import pytest
from nacl.public import PublicKey, SealedBox

from tests import cast
from voting import counting, sealing

BALLOTS = [{"pns": 12, "nonasn": None}, {"pns": 15, "nonasn": 3}, {"pns": None, "nonasn": None}]
CONTESTS = {"pns": [12, 15], "nonasn": [3]}


@pytest.fixture(scope="module")
def keys():
    return sealing.make_keys()


@pytest.fixture
def opener(keys):
    return sealing.Opener(keys[1], CONTESTS)


def test_what_was_sealed_is_opened(keys, opener):
    sealed = [sealing.seal(ballot, public_key=keys[0], size=64) for ballot in BALLOTS * 2]

    assert [opener.open(envelope) for envelope in sealed] == BALLOTS * 2


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"7",
        b"[" * 100_000,
        b"9" * 10_000,
        b'{"pns":12}',
        b'{"pns":12,"nonasn":3,"lain":1}',
        b'{"pns":true,"nonasn":null}',
        b'{"pns":12.0,"nonasn":null}',
        b'{"pns":"12","nonasn":null}',
        b'{"pns":[12],"nonasn":null}',
        b'{"pns":3,"nonasn":null}',
        json.dumps({"pns": -12, "nonasn": None}).encode(),
    ],
)
def test_what_is_sealed_and_no_ballot_is_found(keys, opener, plain):
    with pytest.raises(sealing.BadEnvelope):
        opener.open(SealedBox(PublicKey(keys[0])).encrypt(plain))


def test_what_is_not_sealed_to_the_key_is_found(keys, opener):
    public_key, _private = sealing.make_keys()
    sealed = sealing.seal(BALLOTS[0], public_key=keys[0], size=64)
    for envelope in (b"", b"x", sealed[:-1], sealed + b"x", sealing.seal(BALLOTS[0], public_key=public_key, size=64)):
        with pytest.raises(sealing.BadEnvelope):
            opener.open(envelope)


def test_processes_apart_find_the_same_as_one_alone(office, monkeypatch):
    poll = cast.play(office, to="polling").stage_of_kind("poll").poll
    public, private = sealing.make_keys()
    firsts = {contest: finalists[0] for contest, finalists in poll.contests.items()}
    ballots = [firsts, dict.fromkeys(firsts), firsts]
    envelopes = [sealing.seal(ballot, public_key=public, size=poll.plaintext_size) for ballot in ballots]
    envelopes += [b"", b"no sealed box"]
    alone = counting._opened(poll, private, envelopes)

    monkeypatch.setattr(counting, "ALONE", 0)

    apart = counting._opened(poll, private, envelopes)
    times = [sum(times for found, times in apart if found == ballot) for ballot, _times in alone]
    assert alone == [(firsts, 2), (dict.fromkeys(firsts), 1), (None, 2)]
    assert times == [2, 1, 2]
