"""How far the units are, and what others find in the place of it."""

import pytest

from anas.people.models import Unit
from anas.rounds import services as rounds
from nominations import services
from nominations.models import Proposal
from tests import cast
from tests.nominations.helpers import again, named, pass_deadline, pdf, url


def overview(client, round):
    return client.get(f"/periode/{round.pk}/usulan/")


@pytest.mark.parametrize("name", ["kartika", "lina", "hadi", "wulan"])
def test_those_who_read_everything_see_every_unit(office, round, proposal, login, name):
    named(proposal, office.budi)
    services.skip(proposal, classification="nonasn", reason="Belum ada petugas.", by=office.bambang)

    page = overview(login(office.people[name]), round)

    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert [str(row.proposal.unit) for row in page.context["rows"]] == [
        "Sekretariat",
        "Bidang Perizinan",
        "Bidang Promosi",
        "Bidang Data",
    ]
    assert "0 of 4 units have submitted" in text
    assert "Budi Santoso" in text
    assert "Belum ada petugas." in text
    assert text.count('<span class="gap">empty</span>') == 10


def test_a_unit_head_is_led_to_the_own_unit(office, round, proposal, login):
    assert overview(login(office.bambang), round).headers["Location"] == url(proposal)


def test_who_heads_two_units_chooses(office, round, login):
    Unit.objects.filter(pk=office.units["data"].pk).update(head=office.bambang)

    page = overview(login(cast.fresh(office.bambang)), round)

    assert [str(proposal.unit) for proposal in page.context["proposals"]] == ["Bidang Perizinan", "Bidang Data"]


@pytest.mark.parametrize("stage", ["usulan", "tim"])
def test_an_employee_finds_nothing_before_there_are_finalists(office, login, stage):
    round = cast.play(office, to=stage)

    for name in ("ratna", "maya", "agus"):
        assert overview(login(office.people[name]), round).status_code == 404
        assert login(office.people[name]).get(f"/periode/{round.pk}/usulan/finalis/").status_code == 404


def test_an_outsider_finds_nothing_ever(office, login):
    assert overview(login(office.oki), cast.play(office, to="announced")).status_code == 404


@pytest.mark.parametrize("stage", ["polling", "kepala", "announced"])
def test_an_employee_finds_the_finalists_without_any_score(office, login, stage):
    round = cast.play(office, to=stage)

    page = overview(login(office.ratna), round)

    names = [[nominee.name for nominee in nominees] for _item, nominees in page.context["groups"]]
    assert names == [
        ["Agus Salim", "Budi Santoso"],
        ["Ayu Lestari", "Bayu Pratama"],
        ["Andi Wijaya", "Bunga Citra"],
    ]
    assert b"Candra Kirana" not in page.content
    assert b"score" not in page.content.replace(b"scores are not shown", b"")


def test_the_reasons_of_finalists_are_shown_with_their_evidence(office, round, proposal, login):
    cast.propose_all(office, round)
    services.withdraw(again(proposal), by=office.bambang)
    nominee = proposal.nominees.get(employee=office.budi)
    services.attach(nominee, upload=pdf("Surat tugas.pdf"), by=office.bambang)
    services.submit(again(proposal), by=office.bambang)
    rounds.close_stage(cast.again(round), by=office.kartika)
    rounds.advance(cast.again(round), by=office.kartika)
    cast.STEPS["polling"](office, cast.again(round))

    page = login(office.ratna).get(f"/periode/{round.pk}/usulan/finalis/")

    assert b"Budi Santoso melayani dengan ramah." in page.content
    assert b"Surat tugas.pdf" in page.content


def test_a_unit_head_finds_the_finalists_too(office, login):
    round = cast.play(office, to="polling")
    links = login(office.bambang).get(f"/periode/{round.pk}/").context["links"]

    assert [link.url for link in links if link.label == "Finalists"] == [f"/periode/{round.pk}/usulan/finalis/"]
    assert login(office.bambang).get(f"/periode/{round.pk}/usulan/finalis/").status_code == 200


def test_only_the_committee_is_offered_to_act(office, round, proposal, login):
    cast.propose(office, proposal)
    wulan, kartika = (overview(login(office.people[name]), round).content.decode() for name in ("wulan", "kartika"))

    back = url(again(proposal), "kembalikan")
    assert [wulan.count(back), kartika.count(back)] == [0, 1]

    pass_deadline(round)
    assert overview(login(office.kartika), round).content.decode().count("/tanpa/") == 3


@pytest.mark.parametrize("units", [1, 3])
def test_the_overview_takes_the_same_queries_for_one_unit_and_for_three(
    office, round, login, units, django_assert_num_queries
):
    for place, proposal in enumerate(Proposal.objects.filter(stage__round=round).order_by("unit__position")):
        if place < units:
            cast.propose(office, proposal)
        else:
            proposal.delete()
    client = login(office.kartika)

    with django_assert_num_queries(13):
        page = overview(client, round)

    assert len(page.context["rows"]) == units


@pytest.mark.parametrize("units", [1, 3])
def test_the_finalists_take_the_same_queries_for_one_and_for_three(office, login, units, django_assert_num_queries):
    round = cast.play(office, to="polling")
    keep = list(round.scope.children.order_by("position")[:units])
    for proposal in Proposal.objects.filter(stage__round=round).exclude(unit__in=keep):
        proposal.nominees.update(slot=None)
    client = login(office.ratna)

    with django_assert_num_queries(11):
        client.get(f"/periode/{round.pk}/usulan/finalis/")
