"""What lies in the folder of the keys from before: a database was restored or begun anew, the folder was not."""

import pytest

from anas.refused import Refused
from anas.rounds import services as rounds
from tests import cast
from voting import counting, keys, sealing
from voting.models import Choice


@pytest.fixture(autouse=True)
def key_dir(settings, tmp_path):
    settings.KEY_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize("left", [sealing.make_keys()[1], b"cut off"], ids=["whole", "cut off"])
def test_no_vote_is_thrown_away_because_another_polls_key_lies_there(office, key_dir, left):
    office.keys = keys.KeyFile()
    round = cast.play(office, to="polling")
    poll = round.stage_of_kind("poll").poll
    cast.vote(office, round, office.ratna)
    rounds.close_stage(round, by=office.kartika)
    own = (key_dir / f"poll-{poll.pk}-key").read_bytes()
    (key_dir / f"poll-{poll.pk}-key").write_bytes(left)

    with pytest.raises(Refused):
        counting.count(cast.again(round), by=office.kartika)

    (key_dir / f"poll-{poll.pk}-key").write_bytes(own)
    counting.count(cast.again(round), by=office.kartika)
    assert Choice.objects.count() == 3


def test_parts_of_another_polls_key_are_no_parts_of_this_one(office, key_dir, login):
    round = cast.play(office, to="polling")
    poll = round.stage_of_kind("poll").poll
    keys.KeyParts([office.wulan, office.hadi], 2).keep(poll, sealing.make_keys()[1])
    (key_dir / f"poll-{poll.pk}-1.waiting").rename(key_dir / f"poll-{poll.pk}-1.brought")

    assert login(office.wulan).get(f"/periode/{round.pk}/kotak-suara/kunci/").status_code == 200
    assert keys.brought(poll) == []
    assert keys.waiting(poll, 2) is None
