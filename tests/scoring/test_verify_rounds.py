"""Honest rounds of every shape hold."""

import json

import pytest
from django.utils import timezone

from anas.people.models import Employee
from anas.rounds import objections, rules
from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from anas.rounds.models import Round
from scoring import bundle as bundles
from scoring import services as scoring
from tests import cast
from tests.schemes import everything
from tests.scoring import bundles as played
from tests.scoring.bundles import failed, failures, forged, with_manifest

pytestmark = pytest.mark.once  # a bundle is checked without the database


@pytest.fixture
def round_files(office):
    def after(round) -> dict[str, bytes]:
        return bundles.contents(cast.again(round), names=True)

    return after


def test_a_round_that_has_been_announced_holds(office, round_files):
    assert failed(round_files(cast.play(office, to="announced"))) == []


def test_an_assessor_who_is_nominated_himself_leaves_no_hole(office, round_files):
    round = cast.draft(office)
    rounds.set_member(round, employee=office.ayu, role=rules.ASSESSOR, by=office.kartika)
    for step in cast.ORDER[1 : cast.ORDER.index("result") + 1]:
        cast.STEPS[step](office, cast.again(round))

    assert failed(round_files(round)) == []


def test_a_name_that_is_put_right_later_breaks_nothing(office, round_files):
    round = played.play(office)
    for person in (office.cahyo, office.maya):
        person.name, person.title_after = person.name.upper(), "S.E."
        person.save()

    assert failed(round_files(round)) == []


def test_a_result_that_was_sent_back_and_came_again_holds(office, round_files):
    round = cast.play(office, to="result")
    rounds.send_back(round, reason="Salah ketik.", by=cast.fresh(office.hadi))
    rounds.close_stage(cast.again(round), by=cast.fresh(office.hadi))
    rounds.advance(cast.again(round), by=office.kartika)

    assert failed(round_files(round)) == []


def test_a_scheme_without_a_poll_holds(office, round_files):
    data = schemes.as_data(schemes.preset("anas"))
    data["stages"] = [
        stage | {"weight": "60.00"} if stage["code"] == "kepala" else stage
        for stage in data["stages"]
        if stage["kind"] != "poll"
    ]
    data["tie_break"].remove("polling")
    round = cast.draft(office, schemes.parse(data))
    cast.STEPS["usulan"](office, round)
    cast.STEPS["tim"](office, round)
    cast.STEPS["polling"](office, cast.again(round))
    cast.STEPS["closed"](office, cast.again(round))
    cast.STEPS["result"](office, cast.again(round))

    files = round_files(round)
    assert failed(files) == []
    voted = forged(files, "result.json", lambda result: result | {"turnout": 1})
    assert failures(with_manifest(voted, turnout=1)) == [
        f"{check}: there are votes, and the scheme has no poll" for check in ("envelopes", "count", "turnout")
    ]


def test_two_panels_a_late_recusal_and_a_last_shortlist_hold(office, round_files):
    """Maya steps back from Bunga in the second panel: what she gave in the first one stays."""
    data = schemes.as_data(schemes.preset("anas"))
    usulan, tim, polling, kepala = data["stages"]
    del tim["advance"]
    interview = tim | {"code": "wawancara", "name": "Wawancara", "weight": "10.00", "advance": 2}
    data["stages"] = [usulan, tim | {"weight": "20.00"}, interview, polling, kepala | {"advance": 1}]
    round = cast.draft(office, schemes.parse(data))
    cast.STEPS["usulan"](office, round)
    cast.STEPS["tim"](office, round)
    cast.STEPS["polling"](office, cast.again(round))
    scoring.recuse(
        cast.again(round),
        assessor=office.maya,
        classification="nonasn",
        nominee=cast.finalist(round, "Bunga Citra"),
        reason="Bunga saudara saya.",
        by=cast.fresh(office.maya),
    )
    cast.assess_all(office, cast.again(round), "wawancara")
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    rounds.advance(cast.again(round), by=office.kartika, keys=office.keys)
    for step in ("kepala", "closed", "result"):
        cast.STEPS[step](office, cast.again(round))

    files = round_files(round)
    assert failed(files) == []
    assert [group["nominees"][1]["rank"] for group in json.loads(files["result.json"])["classifications"]] == [None] * 3


def test_a_round_with_every_rule_and_objections_holds(office, round_files):
    """From the proposals to the announcement; an objection is upheld, and the chair says what follows."""
    Employee.objects.update(in_unit_since="2020-01-01")
    round = cast.play(office, to="result", scheme=everything())
    objection = objections.raise_objection(round, classification="pns", text="Keliru.", by=cast.fresh(office.ratna))
    objections.answer(objection, upheld=True, text="Benar.", by=cast.fresh(office.maya))
    objections.settle(objection, text="Hasil tetap.", by=cast.fresh(office.lina))
    Round.objects.update(objections_until=timezone.now())
    for step in ("approved", "decreed", "announced"):
        cast.STEPS[step](office, cast.again(round))

    assert failed(round_files(round)) == []
