"""Voter cards on paper: for whom, by whom, and with codes that are nowhere but on the paper."""

import re
from datetime import datetime
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter
from pypdf import PdfReader

from anas.documents import card_sheets, card_views, cards, pdf
from anas.documents.models import Document
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from tests import cast
from tests.documents.conftest import pages_of, text_of
from voting.cards import voter_of
from voting.models import Poll, VoterCard

pytestmark = pytest.mark.once  # what is drawn on paper comes from facts that are kept as JSON

CODE = re.compile(r"(?<![\w-])[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}(?![\d-])")
OF_BIDANG_DATA = ["Dedi Kurniawan", "Dewi Anggraini", "Dian Puspita", "Doni Saputra"]


@pytest.fixture
def round(office):
    return cast.play(office, to="polling")


@pytest.fixture
def poll(round) -> Poll:
    return Poll.objects.select_related("stage__round__scope").get(stage__round=round)


def address(round) -> str:
    return reverse("documents:voter_cards", args=[round.pk])


def printed(office, login, round, **data) -> bytes:
    response = login(office.kartika).post(address(round), data)
    assert response.headers["Content-Type"] == "application/pdf", response.context["form"].errors
    return b"".join(response)


def codes_on(paper: bytes) -> list[str]:
    return CODE.findall(text_of(paper))


def test_everybody_gets_a_card_and_its_code_opens_the_own_ballot(office, login, round, poll):
    paper = printed(office, login, round, whom="all")
    one_by_one = [card for card in text_of(paper).split("Lipat ke atas") if CODE.search(card)]
    owners = [voter_of(poll, CODE.search(card)[0]) for card in one_by_one]

    assert len(owners) == len(set(owners)) == poll.voters.count() == 23
    assert [owner.full_name for owner, card in zip(owners, one_by_one, strict=True) if owner.name not in card] == []


def test_eight_cards_stand_on_a_page_of_a4(office, login, round):
    paper = printed(office, login, round, whom="all")

    assert [len(CODE.findall(page)) for page in pages_of(paper)] == [8, 8, 7]
    assert [int(float(side) / 72 * 25.4 + 0.5) for side in PdfReader(BytesIO(paper)).pages[0].mediabox[2:]] == [
        210, 297,
    ]  # fmt: skip


def test_a_card_says_where_and_until_when_it_works(office, login, round):
    closes_at = datetime(2036, 11, 22, 9, 0, tzinfo=timezone.get_fixed_timezone(0))
    round.stages.filter(kind="poll").update(closes_at=closes_at)
    text = text_of(printed(office, login, round, whom="person", person="Ratna Juwita"))

    for words in ("KARTU PEMILIH · ANAS NAN BAIK HATI Triwulan IV 2026", "Ratna Juwita", "Sekretariat DPMPTSP"):
        assert words in text
    assert f"testserver/periode/{round.pk}/suara/kios/" in text.replace("/ ", "/")
    assert "sampai 22 November 2036 pukul 16.00 WIB" in text


def test_one_unit_or_one_person_alone(office, login, round, poll):
    paper = printed(office, login, round, whom="unit", unit=office.units["data"].pk)
    assert sorted(voter_of(poll, code).name for code in codes_on(paper)) == OF_BIDANG_DATA

    for person in ("ratna juw", office.ratna.number):
        paper = printed(office, login, round, whom="person", person=person)
        assert [voter_of(poll, code) for code in codes_on(paper)] == [office.ratna]


def test_who_has_voted_gets_no_card(office, login, round):
    cast.vote(office, round, office.dian)
    text = text_of(printed(office, login, round, whom="unit", unit=office.units["data"].pk))

    assert "Dian Puspita" not in text and "Doni Saputra" in text
    page = login(office.kartika).post(address(round), {"whom": "person", "person": "Dian Puspita"})
    assert "There is nobody here who still has to vote." in page.content.decode()


def test_new_codes_replace_old_ones(office, login, round, poll):
    old = codes_on(printed(office, login, round, whom="person", person="Ratna"))
    new = codes_on(printed(office, login, round, whom="all"))

    with pytest.raises(Refused):
        voter_of(poll, old[0])
    assert office.ratna in [voter_of(poll, code) for code in new]


def everything_kept() -> str:
    """All that the database says."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found += [repr(bytes(cell) if isinstance(cell, memoryview) else cell) for row in cursor for cell in row]
    return "\n".join(found)


def test_no_code_is_kept_or_told_anywhere_but_on_the_paper(office, login, round, caplog, capsys):
    with caplog.at_level(0):
        response = login(office.kartika).post(address(round), {"whom": "all"})
        codes = codes_on(b"".join(response))
    said = everything_kept() + caplog.text + "".join(capsys.readouterr()) + str(response.headers)

    assert [code for code in codes if code in said or code.replace("-", "") in said] == []
    assert not Document.objects.exists()
    assert response.headers["Content-Disposition"] == 'attachment; filename="kartu-pemilih.pdf"'
    assert "no-store" in response.headers["Cache-Control"]
    VoterCard.objects.filter(employee=office.ratna).update(code_hash=codes[0])
    assert codes[0] in everything_kept()  # the search would find one


def test_the_qr_code_leads_to_the_page_and_holds_no_code(office, round, poll, monkeypatch):
    drawn = []
    monkeypatch.setattr(card_sheets.segno, "make", lambda text, **how: drawn.append(text) or segno_make(text, **how))
    cards.draw(poll, by=office.kartika, site="https://anas.example/")

    assert drawn == [f"https://anas.example/periode/{round.pk}/suara/kios/"]


segno_make = card_sheets.segno.make


def test_where_no_paper_comes_the_old_cards_stay_and_no_code_is_in_the_report(office, login, round, poll, monkeypatch):
    old = codes_on(printed(office, login, round, whom="person", person="Ratna"))
    pages, reports = [], []

    def torn(html, **how):
        pages.append(html)
        raise ValueError(html)

    monkeypatch.setattr(pdf, "write", torn)
    request = RequestFactory().post(address(round), {"whom": "all"})
    request.user = cast.fresh(office.kartika)
    try:
        card_views.voter_cards(request, round.pk)
    except card_sheets.CardsNotDrawn as fault:
        monkeypatch.setattr(SafeExceptionReporterFilter, "is_active", lambda self, request: True)
        reports.append(ExceptionReporter(request, type(fault), fault, fault.__traceback__).get_traceback_html())
    codes = CODE.findall(pages[0])

    assert len(codes) == 23 and len(reports) == 1
    assert [code for code in codes if code in reports[0] or code.replace("-", "") in reports[0]] == []
    assert voter_of(poll, old[0]) == office.ratna


def test_the_audit_trail_says_how_many_and_for_whom(office, login, round):
    printed(office, login, round, whom="unit", unit=office.units["data"].pk)
    entry = AuditEntry.objects.filter(action="cards.issued").last()

    assert (entry.actor, entry.subject, entry.detail) == (office.kartika, "Bidang Data", {"cards": 4})


def test_the_page_is_for_the_committee_and_shows_what_follows(office, login, round):
    found = {name: login(getattr(office, name)).get(address(round)).status_code for name in office.people}
    page = login(office.kartika).get(address(round)).content.decode()

    assert found == {name: 200 if name == "kartika" else 404 for name in office.people}
    for sentence in ("New codes replace old ones", "kept nowhere", "to its owner alone"):
        assert sentence in page
    for name in ("hadi", "ratna", "wulan", "lina"):
        assert login(getattr(office, name)).post(address(round), {"whom": "all"}).status_code == 404
    assert not VoterCard.objects.exists()


def test_the_ballot_box_leads_the_committee_there(office, login, round):
    box = reverse("voting:box", args=[round.pk])
    shown = {name: address(round) in login(getattr(office, name)).get(box).content.decode()
             for name in ("kartika", "hadi", "wulan", "ratna")}  # fmt: skip

    assert shown == {"kartika": True, "hadi": False, "wulan": False, "ratna": False}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "whom"),
        ({"whom": "x"}, "whom"),
        ({"whom": "unit"}, "unit"),
        ({"whom": "unit", "unit": "999999"}, "unit"),
        ({"whom": "unit", "unit": "9" * 60}, "unit"),
        ({"whom": "person"}, "person"),
        ({"whom": "person", "person": "Oki Setiawan"}, "person"),
        ({"whom": "person", "person": "\x00"}, "person"),
        ({"whom": "person", "person": "x" * 999}, "person"),
        ({"whom": "person", "person": "sari"}, "person"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(office, login, round, data, field):
    response = login(office.kartika).post(address(round), data)

    assert response.status_code == 200 and set(response.context["form"].errors) == {field}
    assert not VoterCard.objects.exists()


def test_several_people_of_one_name_are_told_apart(office, login, round):
    page = login(office.kartika).post(address(round), {"whom": "person", "person": "sari"}).content.decode()

    assert "Several people have this name: Kartika Sari; Wulan Sari." in page
    assert 'value="sari"' in page


def test_too_many_for_one_file_are_refused_before_any_code_is_made(office, login, round, monkeypatch):
    monkeypatch.setattr(card_sheets, "MOST", 22)
    page = login(office.kartika).post(address(round), {"whom": "all"}).content.decode()

    assert "23 cards are too many for one file, 22 are the most." in page
    assert not VoterCard.objects.exists()
    assert len(codes_on(printed(office, login, round, whom="unit", unit=office.units["data"].pk))) == 4


def test_after_the_close_there_are_no_cards(office, login, round):
    rounds.close_stage(cast.again(round), by=office.kartika)
    client = login(office.kartika)

    for response in (client.get(address(round)), client.post(address(round), {"whom": "all"})):
        assert "Polling pegawai is closed." in response.content.decode()
    assert "Make new cards" not in client.get(address(round)).content.decode()
    assert not VoterCard.objects.exists()


def test_before_the_poll_there_is_no_such_page(office, login):
    assert login(office.kartika).get(address(cast.play(office, to="tim"))).status_code == 404


def test_long_names_stay_whole(office, login, round):
    name = "Raden Ajeng Maharani Kusumawardhani Prawiranegara Sastrowardoyo"
    Employee.objects.filter(pk=office.ratna.pk).update(name=name, title_after="S.Sos., S.H., M.Si., M.H.")
    text = text_of(printed(office, login, round, whom="person", person="Maharani"))

    assert f"{name}, S.Sos., S.H., M.Si., M.H.".replace(" ", "") in text.replace(" ", "")
