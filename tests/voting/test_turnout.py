"""Turnout in numbers too large to tell who; quorum and warnings where few vote."""

import pytest

from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from tests import cast
from voting import counting, turnout
from voting.models import Choice


def hire(office, unit: str, count: int) -> None:
    for number in range(count):
        Employee.objects.create(number=f"{unit}-{number}", name=f"Pegawai {number}", unit=office.units[unit])


def shown(round) -> list[str]:
    return [row.unit.code for row in turnout.by_unit(round.stage_of_kind("poll").poll)]


def test_a_unit_below_ten_voters_is_left_out(office):
    hire(office, "perizinan", 5)  # nine with the four who are there
    hire(office, "promosi", 6)  # ten

    assert shown(cast.play(office, to="polling")) == ["sekretariat", "promosi"]


def test_those_left_out_cannot_be_found_by_subtraction(office):
    """All units but one are large; the small one's turnout would be the whole minus the shown ones."""
    for unit in ("perizinan", "promosi"):
        hire(office, unit, 10)

    assert shown(cast.play(office, to="polling")) == ["perizinan", "promosi"]


def test_without_the_quorum_nothing_is_counted(office):
    data = schemes.as_data(schemes.preset("anas"))
    round = cast.play(office, to="polling", scheme=schemes.parse({**data, "quorum": 50}))
    for voter in (office.ratna, office.siti):
        cast.vote(office, round, voter)
    rounds.close_stage(cast.again(round), by=office.kartika)

    with pytest.raises(Refused) as refused:
        counting.count(cast.again(round), by=office.kartika, keys=office.keys)

    assert "2" in refused.value.reasons[0] and "50" in refused.value.reasons[0]
    assert not Choice.objects.exists()


def test_a_count_of_few_votes_is_warned_of(office, login):
    round = cast.play(office, to="polling")
    cast.vote(office, round, office.ratna)
    rounds.close_stage(cast.again(round), by=office.kartika)

    page = login(office.kartika).get(f"/periode/{round.pk}/kotak-suara/hitung/")

    assert len(page.context["items"]) == 3
