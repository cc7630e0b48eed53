"""What anybody may ask without a login: is this paper genuine, and who has won."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from anas.documents.forms import FileForm
from anas.documents.models import Document
from anas.people.models import Employee
from anas.rounds import services as rounds
from tests import cast


def ask(client, code: str, file: bytes | None = None):
    address = reverse("documents:verify", args=[code])
    if file is None:
        return client.get(address)
    return client.post(address, {"file": SimpleUploadedFile("x.pdf", file, "application/pdf")})


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


@pytest.mark.parametrize(
    ("state", "said"), [("signed", "signed and in force"), ("revoked", "No longer in force: revoked.")]
)
def test_the_state_is_said(client, decree, state, said):
    decree.state, decree.remark = state, ""
    decree.save(update_fields=["state", "remark"])

    assert said in ask(client, decree.code).content.decode()


def test_a_superseded_document_names_the_one_that_holds(client, decree):
    decree.state = "superseded"
    decree.save(update_fields=["state"])
    later = Document.objects.get()
    later.pk, later._state.adding, later.code, later.number = None, True, "x" * 20, "188/21/2026"
    later.state, later.supersedes = "issued", decree
    later.save()

    assert "superseded by number 188/21/2026" in ask(client, decree.code).content.decode()


def test_the_same_file_is_recognised(client, decree):
    assert "to the last letter" in ask(client, decree.code, bytes(decree.pdf)).content.decode()


def test_a_file_with_one_other_byte_is_not(client, decree):
    altered = bytes(decree.pdf).replace(b"2026", b"2027", 1) + b" "
    page = ask(client, decree.code, altered).content.decode()

    assert "has been altered, or does not come from us" in page
    assert "to the last letter" not in page


def test_another_document_of_ours_is_named(client, decree, certificates):
    page = ask(client, decree.code, bytes(certificates[0].pdf)).content.decode()

    assert certificates[0].number in page
    assert "another document of ours" in page


def test_no_file_and_an_empty_one_are_said_beside_the_field(client, decree):
    address = reverse("documents:verify", args=[decree.code])

    assert "This field is required." in client.post(address).content.decode()
    assert "The submitted file is empty." in ask(client, decree.code, b"").content.decode()


def test_a_file_that_is_too_large_is_not_read(client, decree, monkeypatch):
    monkeypatch.setattr(FileForm, "MEGABYTES", 0)

    assert "larger than 0 MB" in ask(client, decree.code, b"x").content.decode()


def test_a_compared_file_is_not_kept(client, decree, settings):
    before = {path for path in settings.DATA_DIR.rglob("*") if path.is_file()}
    ask(client, decree.code, b"%PDF-" + b"x" * 3_000_000)

    new = {path for path in settings.DATA_DIR.rglob("*") if path.is_file()} - before
    assert [path for path in new if path.stat().st_size > 2_900_000 and "sqlite" not in path.name] == []


@pytest.mark.parametrize("to", ["draft", "result", "decreed"])
def test_no_winner_is_public_before_the_announcement(client, office, to):
    round = cast.play(office, to=to)

    assert client.get(reverse("documents:announcement", args=[round.pk])).status_code == 404
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

    for said in ("Agus Salim", "Ayu Lestari", "Andi Wijaya", "188/19/DPMPTSP/2026"):
        assert said in page
    assert "Budi Santoso" not in page
    assert not any(employee.number in page for employee in Employee.objects.all())


def test_the_photo_of_a_winner_is_public_and_nobody_else_s(client, announced, office):
    def photo(employee) -> int:
        nominee = employee.nominations.get()
        return client.get(reverse("documents:winner_photo", args=[announced.pk, nominee.pk])).status_code

    assert [photo(office.agus), photo(office.budi), photo(office.ayu)] == [200, 404, 404]
