"""The pages of a round's documents."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from anas.documents import papers, services
from anas.documents.models import Document
from anas.refused import Refused
from anas.rounds import services as rounds
from tests import cast
from tests.documents.conftest import issue, text_of
from tests.documents.short import round_with_result

READERS = ["kartika", "hadi", "lina", "wulan"]
QUERIES = 14  # of the list
EVERYBODY = [*READERS, "maya", "siti", "ratna", "oki"]
TEXTS = {
    "title": "Judul\r\nSendiri",
    "considering": "a. bahwa satu;\r\n\r\n b) bahwa dua;",
    "basis": "1. Dasar;",
    "noting": "",
    "rulings": "Menetapkan pemenang.",
    "copies": "",
}


def url(round, name: str = "list", *more) -> str:
    return reverse(f"documents:{name}", args=[round.pk, *more])


def status(login, who, address: str) -> int:
    return login(who).get(address).status_code


@pytest.mark.usefixtures("no_paper")
def test_who_reaches_which_page(office, approved, login):
    pages = ["list", "draft", "prepare", "issue", "certificates"]
    found = {who: [status(login, getattr(office, who), url(approved, name)) for name in pages] for who in EVERYBODY}

    assert found == {
        "kartika": [200, 200, 200, 200, 200],
        **dict.fromkeys(["hadi", "lina", "wulan"], [200, 200, 404, 404, 404]),
        **dict.fromkeys(["maya", "siti", "ratna"], [200, 404, 404, 404, 404]),
        "oki": [404, 404, 404, 404, 404],
    }


@pytest.mark.usefixtures("no_paper")
def test_employees_get_a_document_once_it_is_announced(office, decree, login):
    address = decree.get_absolute_url()
    before = {who: status(login, getattr(office, who), address) for who in EVERYBODY}
    rounds.announce(cast.again(decree.round), by=cast.fresh(office.kartika))
    after = {who: status(login, getattr(office, who), address) for who in EVERYBODY}

    assert before == {who: 200 if who in READERS else 404 for who in EVERYBODY}
    assert after == {who: 404 if who == "oki" else 200 for who in EVERYBODY}


@pytest.mark.usefixtures("no_paper")
def test_without_a_login_there_is_only_the_login(client, decree):
    for name in ("list", "draft", "prepare", "issue", "certificates"):
        assert client.get(url(decree.round, name)).status_code == 302
    assert client.get(decree.get_absolute_url()).status_code == 302


def test_a_download_is_the_kept_file_under_its_name(office, decree, login):
    response = login(office.kartika).get(decree.get_absolute_url())

    assert response.headers["Content-Disposition"] == 'attachment; filename="keputusan-188-19-dpmptsp-2026.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert b"".join(response) == bytes(decree.pdf)


@pytest.mark.usefixtures("no_paper")
def test_a_document_of_another_round_is_not_found(office, decree, login):
    other = round_with_result(office)

    assert status(login, office.kartika, url(other, "download", decree.pk)) == 404


@pytest.mark.usefixtures("no_paper")
def test_a_kept_draft_is_no_document_to_download(office, approved, login):
    client = login(office.kartika)
    client.post(url(approved, "prepare"), TEXTS)

    assert client.get(url(approved, "download", Document.objects.get().pk)).status_code == 404


@pytest.mark.usefixtures("no_paper")
def test_the_list_says_why_the_decree_cannot_be_issued_yet(office, login):
    round = round_with_result(office, approved=False)
    page = login(office.kartika).get(url(round)).content.decode()

    assert "The head of the office has not approved the result yet." in page
    assert url(round, "issue") not in page


@pytest.mark.usefixtures("no_paper")
def test_the_committee_keeps_the_texts_as_they_were_typed(office, approved, login):
    client = login(office.kartika)
    response = client.post(url(approved, "prepare"), TEXTS)

    assert response.url == url(approved)
    texts = Document.objects.get().data["texts"]
    assert texts["title"] == "Judul Sendiri"
    assert texts["considering"] == ["bahwa satu;", "bahwa dua;"]
    assert "bahwa satu;\nbahwa dua;" in client.get(url(approved, "prepare")).content.decode()


@pytest.mark.usefixtures("no_paper")
def test_texts_that_cannot_be_stay_in_the_form(office, approved, login):
    page = login(office.kartika).post(url(approved, "prepare"), {**TEXTS, "basis": " "}).content.decode()

    assert "This field is required." in page
    assert "bahwa satu;" in page
    assert not Document.objects.exists()


@pytest.mark.usefixtures("no_paper")
def test_too_many_points_are_refused(office, approved, login):
    page = login(office.kartika).post(url(approved, "prepare"), {**TEXTS, "basis": "x\n" * 41}).content.decode()

    assert "At most 40 points." in page


def test_where_no_draft_can_be_drawn_the_list_says_why(office, approved, login, monkeypatch):
    def broken(*args, **how):
        raise Refused("This server cannot make PDF files yet.")

    monkeypatch.setattr(papers, "render", broken)
    page = login(office.hadi).get(url(approved, "draft"), follow=True)

    assert page.redirect_chain == [(url(approved), 302)]
    assert "This server cannot make PDF files yet." in page.content.decode()


@pytest.mark.parametrize("to", ["polling", "decreed"])
def test_nothing_is_prepared_before_or_after_the_result(office, login, to):
    round = cast.play(office, to=to)
    client = login(office.kartika)

    assert client.get(url(round, "prepare")).url == url(round)
    assert client.get(url(round, "draft")).url == url(round)
    assert client.post(url(round, "prepare"), TEXTS).url == url(round)
    assert not Document.objects.exists()


def test_the_draft_is_read_in_the_browser(office, approved, login):
    response = login(office.hadi).get(url(approved, "draft"))

    assert response.headers["Content-Disposition"] == 'inline; filename="keputusan-konsep.pdf"'
    assert "KONSEP" in text_of(b"".join(response))


@pytest.mark.usefixtures("no_paper")
def test_the_committee_issues_decree_and_certificates(office, approved, login):
    client = login(office.kartika)
    today = timezone.localdate().isoformat()
    client.post(url(approved, "issue"), {"number": "188/7/2026", "date": today})
    client.post(url(approved, "certificates"), {"template": "{nomor}/P/{tahun}", "first": 5})

    numbers = list(Document.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == ["188/7/2026", *(f"{number}/P/{today[:4]}" for number in (5, 6, 7))]
    assert "http://testserver/verifikasi/" in Document.objects.first().data["link"]


@pytest.mark.usefixtures("no_paper")
def test_a_number_that_is_taken_is_said_beside_its_field(office, decree, login):
    second = round_with_result(office)
    data = {"number": decree.number, "date": timezone.localdate().isoformat()}
    page = login(office.kartika).post(url(second, "issue"), data).content.decode()

    assert f"The number {decree.number} has already been given to another document." in page
    assert f'value="{decree.number}"' in page
    assert cast.again(second).state == "result"


@pytest.mark.usefixtures("no_paper")
def test_a_date_that_cannot_be_changes_nothing(office, approved, login):
    for date in ("", "besok", "2020-01-01", "9999-12-31", "0000-00-00"):
        response = login(office.kartika).post(url(approved, "issue"), {"number": "1", "date": date})

        assert response.status_code == 200
    assert not Document.objects.exists()


@pytest.mark.usefixtures("no_paper")
def test_the_next_number_is_suggested(office, decree, login):
    second = round_with_result(office)
    page = login(office.kartika).get(url(second, "issue")).content.decode()

    assert 'value="188/20/DPMPTSP/' in page


@pytest.mark.usefixtures("no_paper")
def test_issuing_twice_says_why_not(office, decree, login):
    client = login(office.kartika)
    page = client.get(url(decree.round, "issue")).content.decode()
    client.post(url(decree.round, "issue"), {"number": "2", "date": timezone.localdate().isoformat()})

    assert "There is no result that waits for a decision: the round is decreed." in page
    assert Document.objects.count() == 1


@pytest.mark.usefixtures("no_paper")
def test_pages_that_only_show_take_no_post(office, approved, login):
    for name in ("list", "draft"):
        assert login(office.kartika).post(url(approved, name)).status_code == 405


@pytest.mark.usefixtures("no_paper")
def test_the_list_asks_the_database_the_same_number_of_times_for_one_and_for_three(
    office, decree, login, django_assert_num_queries
):
    client = login(office.wulan)
    address = url(decree.round)
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    services.issue_certificates(cast.again(decree.round), by=cast.fresh(office.kartika))
    with django_assert_num_queries(QUERIES):
        client.get(address)


def test_the_draft_has_the_winners_of_now(office, approved, login):
    """A draft keeps texts only: should the head send the result back, it shows the new winners."""
    services.save_draft(approved, texts=services.texts_of(approved), by=office.kartika)

    assert list(Document.objects.get().data) == ["texts"]
    assert "Agus Salim" in text_of(b"".join(login(office.kartika).get(url(approved, "draft"))))


def test_decree_pages_are_f4_and_the_attachment_lies(office, decree):
    sizes = {
        tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
        for page in PdfReader(BytesIO(bytes(decree.pdf))).pages
    }

    assert sizes == {(215, 330), (330, 215)}


@pytest.mark.usefixtures("no_paper")
def test_a_second_round_of_the_office_gets_its_own_decree(office, decree):
    second = issue(office, round_with_result(office), number="188/20/DPMPTSP/2026")

    assert {document.round_id for document in Document.objects.all()} == {decree.round_id, second.round_id}
