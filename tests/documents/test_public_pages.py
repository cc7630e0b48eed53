"""What anybody may ask without a login: is this paper genuine, and who has won."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from anas.documents import life, public_views
from anas.documents.models import Document
from anas.people.models import Employee
from anas.rounds import services as rounds
from tests import cast

pytestmark = pytest.mark.usefixtures("no_paper")
WINNERS = ("Agus Salim", "Ayu Lestari", "Andi Wijaya")


def ask(client, code: str):
    return client.get(reverse("documents:verify", args=[code]))


def test_a_decree_is_known_by_its_code(client, decree):
    page = ask(client, decree.code).content.decode()

    for said in (decree.number, decree.title, "Agus Salim", "Hadi Purnomo", decree.sha256, "Issued and in force."):
        assert said in page


def test_a_code_can_be_typed_as_it_stands_on_paper(client, decree):
    groups = [decree.code[start : start + 4].upper() for start in range(0, 20, 4)]

    assert ask(client, " - ".join(groups)).status_code == 200
    assert client.get(reverse("documents:ask"), {"kode": "-".join(groups)}).url == f"/verifikasi/{decree.code}/"


@pytest.mark.parametrize("code", ["x", "0" * 20, "z" * 400, "%00", "<script>", "😀"])
def test_an_unknown_code_is_said_to_be_unknown(client, db, code):
    response = client.get(f"/verifikasi/{code}/")

    assert response.status_code == 404
    assert "This document is not known" in response.content.decode()
    assert "<script>" not in response.content.decode().split("</head>")[1]


def test_half_a_code_is_not_known(client, decree):
    assert ask(client, decree.code[:-1]).status_code == 404
    assert ask(client, decree.code + "2").status_code == 404


def test_a_draft_is_not_known(client, office, approved):
    draft = Document.objects.create(scope=office.unit, round=approved, kind="decree", data={"texts": {}})

    assert ask(client, draft.code).status_code == 404


def test_a_certificate_says_for_whom_and_hides_the_number(client, certificates, office):
    page = ask(client, certificates[0].code).content.decode()

    assert "Agus Salim" in page
    assert office.agus.number not in page.replace(" ", "")
    assert f"{office.agus.number[:4]}••••••••••••{office.agus.number[-2:]}" in page


def test_the_signatory_s_number_is_not_shown(client, decree, office):
    assert office.hadi.number not in ask(client, decree.code).content.decode().replace(" ", "")


def test_of_a_number_too_short_to_be_masked_nothing_is_shown(client, office, certificates, monkeypatch):
    data = certificates[0].data | {"winner": certificates[0].data["winner"] | {"number": "NA-7"}}
    monkeypatch.setattr(Document, "CHANGEABLE", Document.CHANGEABLE | {"data"})
    Document.objects.filter(pk=certificates[0].pk).update(data=data)

    assert "NA-7" not in ask(client, certificates[0].code).content.decode()


def test_a_signed_document_is_said_to_be_signed(client, decree):
    Document.objects.filter(pk=decree.pk).update(state="signed")

    assert "signed and in force" in ask(client, decree.code).content.decode()


@pytest.mark.parametrize("to", ["draft", "result", "decreed"])
def test_no_winner_is_public_before_the_announcement(client, office, to):
    round = cast.play(office, to=to)

    assert client.get(reverse("documents:announcement", args=[round.pk])).status_code == 404
    assert client.get(reverse("documents:lobby", args=[round.pk])).status_code == 404
    assert client.get(reverse("documents:winner_photo", args=[round.pk, 1])).status_code == 404


@pytest.fixture
def announced(office, certificates):
    picture = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(picture, "JPEG")
    for name in ("agus", "budi"):
        getattr(office, name).photo.save("wajah.jpg", ContentFile(picture.getvalue()))
    return rounds.announce(cast.again(certificates[0].round), by=cast.fresh(office.kartika))


def test_the_announcement_names_the_winners_to_everybody(client, announced, office):
    page = client.get(reverse("documents:announcement", args=[announced.pk])).content.decode()

    for said in (*WINNERS, "188/19/DPMPTSP/2026"):
        assert said in page
    assert "Budi Santoso" not in page
    assert not any(employee.number in page for employee in Employee.objects.all())


def test_the_photo_of_a_winner_is_public_and_nobody_else_s(client, announced, office):
    def photo(employee) -> int:
        nominee = employee.nominations.get()
        return client.get(reverse("documents:winner_photo", args=[announced.pk, nominee.pk])).status_code

    assert [photo(office.agus), photo(office.budi), photo(office.ayu)] == [200, 404, 404]


def test_the_television_in_the_lobby_shows_the_winners_screen_by_screen(client, announced, office, monkeypatch):
    monkeypatch.setattr(public_views, "LOBBY_WINNERS", 2)
    address = reverse("documents:lobby", args=[announced.pk])
    first, second, back = (client.get(address, {"layar": screen}) for screen in ("0", "1", "2"))

    assert [name in first.content.decode() for name in WINNERS] == [True, True, False]
    assert [name in second.content.decode() for name in WINNERS] == [False, False, True]
    assert back.content == first.content
    assert (first["Refresh"], second["Refresh"]) == (f"15; url={address}?layar=1", f"15; url={address}?layar=0")
    assert client.get(address, {"layar": "²"}).content == client.get(address, {"layar": "-1"}).content == first.content


def test_the_television_says_so_where_the_decree_was_revoked(client, announced, office, decree):
    life.revoke(decree, reason="Salah orang.", by=cast.fresh(office.kartika))
    page = client.get(reverse("documents:lobby", args=[announced.pk])).content.decode()

    assert "has been revoked" in page
    assert not [name for name in WINNERS if name in page]
