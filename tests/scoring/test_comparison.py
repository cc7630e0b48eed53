"""Announced rounds side by side: who sees which, and what stands there."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.urls import reverse

from anas.rounds.models import Round, Stage
from nominations.models import Nominee, Proposal
from scoring.comparison import series
from scoring.models import Standing
from tests import cast
from voting.models import Poll, Voter

PAGE = reverse("comparison:page")


def earlier(round: Round, name: str, until: date, winner) -> Round:
    """An announced round of before in which one PNS won before another one, and three of four voted."""
    before = Round.objects.get(pk=round.pk)
    before.pk, before.name, before.period_from, before.period_until = None, name, date(until.year, 1, 1), until
    before.save()
    stage = Stage.objects.create(round=before, position=0, code="usulan", kind="proposal")
    poll_stage = Stage.objects.create(round=before, position=2, code="polling", kind="poll")
    state = Proposal.State.SUBMITTED
    for rank, person in enumerate((winner, cast.Employee.objects.get(name="Doni Saputra")), 1):
        proposal = Proposal.objects.create(stage=stage, unit=person.unit, state=state)
        one = Nominee.objects.create(proposal=proposal, employee=person, classification="pns", slot=1)
        Standing.objects.create(round=before, nominee=one, final=Decimal(90 - rank), rank=rank)
    poll = Poll.objects.create(stage=poll_stage, public_key=b"", ballot=[], plaintext_size=1)
    for place, voter in enumerate(cast.Employee.objects.filter(unit=winner.unit)[:4]):
        Voter.objects.create(poll=poll, employee=voter, has_voted=place > 0)
    return before


@pytest.fixture
def rounds(office):
    now = cast.play(office, to="announced")
    return now, earlier(now, "Triwulan I 2024", date(2024, 3, 31), office.bayu)


def table(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]


def test_the_numbers_are_those_of_the_rounds(office, rounds):
    now, before = rounds
    (one,) = series(Round.objects.announced())

    assert [edition.round for edition in one.editions] == [before, now]  # the one that was made last first
    assert [str(edition.turnout) for edition in one.editions] == ["75.00", "100.00"]
    assert {code: w.nominee.name for code, w in one.editions[0].winners.items()} == {"pns": "Bayu Pratama"}
    told = {record.unit.code: (record.rounds, record.proposed, record.finalists, record.won) for record in one.records}
    assert told == {
        "sekretariat": (1, 3, 3, 3),
        "perizinan": (2, 4, 4, 1),
        "promosi": (1, 3, 0, 0),
        "data": (2, 4, 1, 0),
    }
    assert list(told) == ["sekretariat", "perizinan", "promosi", "data"]


def test_everybody_of_the_office_sees_winners_and_nobody_who_lost(office, rounds, login):
    for name in ("ratna", "kartika", "wulan"):
        answer = login(office.people[name]).get(PAGE)
        assert "Bayu Pratama" in answer.text and ">89.00<" in answer.text
        assert "Doni Saputra" not in answer.text and "88.00" not in answer.text
        assert [line[5] for line in table(login(office.people[name]).get(f"{PAGE}unduh/?table=pemenang"))].count(
            "Bayu Pratama"
        ) == 1
    assert login(office.oki).get(PAGE).context["found"] == []
    assert table(login(office.oki).get(f"{PAGE}unduh/?table=pemenang")) == []


def test_it_is_narrowed_down_by_year_and_what_there_is_not_is_left_out_of_account(office, rounds, login):
    client = login(office.ratna)
    only = client.get(f"{PAGE}?year=2024&scheme=anas")
    assert [edition.round for one in only.context["found"] for edition in one.editions] == [rounds[1]]
    assert "unduh/?year=2024&amp;scheme=anas&amp;table=pemenang" in only.text
    assert len(table(client.get(f"{PAGE}unduh/?table=unit&year=2024"))) == 2

    odd = client.get(f"{PAGE}?year=1066&scheme=x&office=999")
    assert [len(one.editions) for one in odd.context["found"]] == [2]
    assert client.get(f"{PAGE}unduh/?table=nilai").status_code == 404


@pytest.mark.parametrize("state", [Round.State.DECREED, Round.State.CANCELLED])
def test_a_round_is_compared_once_it_is_announced(office, rounds, login, state):
    Round.objects.filter(pk=rounds[1].pk).update(state=state)
    answer = login(office.kartika).get(PAGE)

    assert answer.context["found"] == [] and "Bayu Pratama" not in answer.text
    assert reverse("rounds:list") in answer.text.split('class="empty"')[1]


def test_no_cell_is_a_formula(office, rounds, login):
    cast.Employee.objects.filter(name="Bayu Pratama").update(name="=1+1")
    text = login(office.ratna).get(f"{PAGE}unduh/?table=pemenang").content.decode("utf-8-sig")

    assert ",'=1+1," in text and ",=1+1" not in text


def test_the_number_of_queries_does_not_grow(office, rounds, login, django_assert_num_queries):
    client = login(office.ratna)
    client.get(PAGE)
    for more in range(2):
        with django_assert_num_queries(10):
            answer = client.get(PAGE)
        assert [len(one.editions) for one in answer.context["found"]] == [2 + more]
        earlier(rounds[0], f"Triwulan {more}", date(2023, 3, 31), office.cahyo)
