"""The letterhead: inherited down the tree, edited by the committee."""

from functools import cache
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageFile

from anas.documents import crests, services
from anas.documents.letterheads import head_title, letterhead_for
from anas.documents.models import Letterhead
from anas.people.models import CommitteeSeat
from anas.refused import Refused
from anas.rounds.models import AuditEntry
from tests import cast
from tests.documents.conftest import text_of


def picture(size=(30, 40), form="PNG", mode="RGBA") -> bytes:
    file = BytesIO()
    Image.new(mode, size, "navy").save(file, form)
    return file.getvalue()


@cache
def noise() -> bytes:
    file = BytesIO()
    Image.effect_noise((64, 64), 50).save(file, "PNG")
    return file.getvalue()


def upload(content: bytes, name: str = "lambang.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def test_without_one_it_follows_from_the_names_of_the_units(office):
    found = letterhead_for(office.unit)

    assert (found.government, found.office, found.place) == ("Pemerintah Kota Batu", "DPMPTSP", "Batu")
    assert found.head_title == "Kepala DPMPTSP Kota Batu"
    assert (found.paper, found.margin_left, found.decree_number) == ("F4", 30, "188/{nomor}/{kode}/{tahun}")


def test_a_unit_below_uses_the_office_s(office):
    Letterhead.objects.create(unit=office.unit, office="Dinas Contoh", address="Jalan Satu", margin_top=40)
    found = letterhead_for(office.units["data"])

    assert (found.office, found.address, found.margin_top, found.margin_bottom) == (
        "Dinas Contoh",
        "Jalan Satu",
        40,
        25,
    )


def test_the_government_hands_down_its_crest_and_paper_but_not_its_address(office):
    Letterhead.objects.create(
        unit=office.government, office="Sekretariat Daerah", address="Balai Kota", paper="A4", crest=picture()
    )
    found = letterhead_for(office.unit)

    assert (found.office, found.address, found.paper, bytes(found.crest)) == ("DPMPTSP", "", "A4", picture())


def test_what_is_set_nearer_counts(office):
    Letterhead.objects.create(unit=office.government, government="Pemkot", place="Kota")
    Letterhead.objects.create(unit=office.unit, place="Batu Permai")

    assert (letterhead_for(office.unit).government, letterhead_for(office.unit).place) == ("Pemkot", "Batu Permai")


def test_the_root_stands_for_itself(office):
    found = letterhead_for(office.government)

    assert (found.government, found.office, found.place) == ("", "Pemerintah Kota Batu", "Batu")


@pytest.mark.parametrize("unit", ["government", "unit"])
def test_it_is_found_in_one_query(office, unit, django_assert_num_queries):
    Letterhead.objects.create(unit=office.government, place="Kota")
    with django_assert_num_queries(1):
        letterhead_for(getattr(office, unit))


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("Kepala Dinas", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("Kepala Dinas Kesehatan", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("Kepala Dinas Kesehatan Kota Batu", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("Direktur", "RSUD Karsa", "Direktur RSUD Karsa Kota Batu"),
        ("Wali Kota Batu", "Pemerintah Kota Batu", "Wali Kota Batu"),
    ],
)
def test_the_title_of_the_head_in_full(title, name, expected):
    assert head_title(title, name, "Kota Batu") == expected


def test_a_crest_is_written_anew_and_small():
    clean = Image.open(BytesIO(crests.clean(upload(picture((2000, 3000), "JPEG", "RGB")))))

    assert (clean.format, clean.size) == ("PNG", (373, 560))


def test_what_hides_behind_the_picture_does_not_stay():
    hidden = picture() + b"<script>alert(1)</script>"

    assert b"script" not in crests.clean(upload(hidden))


NO_PICTURES = {
    "empty": b"",
    "torn": noise()[: len(noise()) // 2],
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "gif": picture(form="GIF", mode="P"),
}


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_png_or_jpeg_is_refused(content):
    with pytest.raises(Refused, match="is not a PNG or JPEG"):
        crests.clean(upload(content))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    large = upload(picture())
    monkeypatch.setattr(crests, "MAX_PIXELS", 100)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(Refused):
        crests.clean(large)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(crests, "MEGABYTES", 0)
    with pytest.raises(Refused, match="larger than 0 MB"):
        crests.clean(upload(picture()))


@pytest.fixture
def page(office):
    return reverse("documents:letterhead", args=[office.unit.code])


def test_only_the_committee_sees_the_page(office, login, page):
    for who in ("hadi", "lina", "wulan", "ratna", "oki"):
        client = login(getattr(office, who))

        assert [client.get(address).status_code for address in (page, f"{page}contoh/")] == [404, 404]
        assert client.post(page, {"office": "x"}).status_code == 404
    assert not Letterhead.objects.exists()


def test_the_committee_of_an_office_does_not_touch_the_government_s(office, login):
    assert login(office.kartika).get(reverse("documents:letterhead", args=["kota-batu"])).status_code == 404
    with pytest.raises(Refused):
        services.set_letterhead(office.government, values={"place": "x"}, by=office.kartika)


def test_a_unit_that_there_is_none_of(office, login):
    assert login(office.kartika).get("/kop/tidak-ada/").status_code == 404


def test_the_committee_changes_it(office, login, page):
    client = login(office.kartika)
    response = client.post(page, {"office": "Dinas Contoh", "margin_left": "35", "crest_file": upload(picture())})

    assert response.url == page
    own = Letterhead.objects.get()
    assert (own.unit, own.office, own.margin_left, own.government, own.margin_top) == (
        office.unit, "Dinas Contoh", 35, "", None,
    )  # fmt: skip
    assert Image.open(BytesIO(bytes(own.crest))).format == "PNG"
    entry = AuditEntry.objects.get(action="letterhead.changed")
    assert (entry.actor, entry.subject, entry.chain.name) == (office.kartika, "DPMPTSP", "office")


def test_the_crest_stays_until_it_is_taken_away(office, login, page):
    client = login(office.kartika)
    client.post(page, {"crest_file": upload(picture())})
    client.post(page, {"place": "Batu"})
    kept = bytes(Letterhead.objects.get().crest)
    client.post(page, {"place": "Batu", "no_crest": "on"})

    assert kept
    assert Letterhead.objects.get().crest is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"margin_top": "500"}, "less than or equal to 60"),
        ({"margin_top": "x"}, "Enter a whole number."),
        ({"email": "bukan"}, "Enter a valid email address."),
        ({"decree_number": "TETAP"}, "The running number {nomor} is missing."),
        ({"certificate_number": "{nomor}/{x}"}, "There is no field {x}"),
        ({"paper": "A0"}, "not one of the available choices"),
        ({"office": "x" * 300}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(office, login, page, data, said):
    content = login(office.kartika).post(page, {"place": "Tetap Ada", **data}).content.decode()

    assert said in content
    assert "Tetap Ada" in content
    assert not Letterhead.objects.exists()


def test_a_crest_that_is_none_is_said(office, login, page):
    content = login(office.kartika).post(page, {"crest_file": upload(b"<svg/>")}).content.decode()

    assert "lambang.png is not a PNG or JPEG picture" in content


def test_the_sample_shows_the_letterhead(office, login, page):
    Letterhead.objects.create(unit=office.unit, office="Dinas Contoh", address="Jalan Satu 1", crest=picture())
    response = login(office.kartika).get(f"{page}contoh/")
    text = text_of(b"".join(response))

    assert "DINAS CONTOH" in text
    assert "Jalan Satu 1" in text
    assert "KONSEP" in text


def test_the_crest_is_public(client, office, page):
    assert client.get(f"{page}lambang/").status_code == 404
    Letterhead.objects.create(unit=office.government, crest=picture())
    response = client.get(f"{page}lambang/")

    assert (response.content, response.headers["Content-Type"]) == (picture(), "image/png")


def test_a_committee_above_may_change_it(office, login, page):
    CommitteeSeat.objects.create(unit=office.government, employee=office.oki)

    assert login(cast.fresh(office.oki)).get(page).status_code == 200
