"""The pages of the settings of an office: edited by its committee, shown before they are kept, version by version."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from anas.documents import previews, services
from anas.documents.letterhead_forms import LetterheadForm
from anas.documents.models import Crest, Letterhead
from anas.people import limits
from anas.rounds.models import AuditEntry
from tests import cast
from tests.documents.test_crests import bomb, noise, picture, upload


@pytest.fixture
def page(office):
    return reverse("documents:letterhead", args=[office.unit.code])


@pytest.fixture
def kartika(office, login):
    return login(office.kartika)


@pytest.fixture
def drawn(monkeypatch) -> list[Letterhead]:
    """For tests that do not look at the picture: with which settings it was to be drawn."""
    seen = []

    def pictures(unit, *, own):
        seen.append(own)
        return ["data:image/png;base64,AA=="]

    monkeypatch.setattr(previews, "pictures", pictures)
    return seen


def test_only_the_committee_sees_the_pages(office, login, page):
    services.set_letterhead(office.unit, values={"place": "Batu"}, by=office.kartika)
    addresses = [page, *(f"{page}{end}" for end in ("contoh/", "versi/", "versi/1/", "versi/1/contoh/"))]
    for who in ("hadi", "lina", "wulan", "ratna", "oki"):
        own = login(getattr(office, who))

        assert [own.get(address).status_code for address in addresses] == [404] * 5
        posts = [page, f"{page}pratinjau/", f"{page}contoh/", f"{page}versi/1/"]
        assert [own.post(address, {"office": "x"}).status_code for address in posts] == [404] * 4
    assert Letterhead.objects.count() == 1


def test_a_committee_does_not_reach_other_units(kartika):
    for code in ("kota-batu", "tidak-ada"):
        assert kartika.get(f"/kop/{code}/").status_code == 404
        assert kartika.post(f"/kop/{code}/pratinjau/").status_code == 404


def test_the_committee_changes_it(office, kartika, page):
    data = {"office": "Dinas Contoh", "margin_left": "35", "shows_nip": "false", "crest_file": upload(picture())}
    response = kartika.post(page, data)

    assert response.url == page
    own = Letterhead.objects.get()
    assert (own.unit, own.office, own.margin_left, own.shows_nip, own.shows_rank, own.margin_top, own.basis) == (
        office.unit, "Dinas Contoh", 35, False, None, None, "",
    )  # fmt: skip
    assert Image.open(BytesIO(bytes(own.crest.png))).format == "PNG"
    assert own.changed == ["office", "margin_left", "shows_nip", "crest"]
    assert str(AuditEntry.objects.get().detail) == str({"fields": own.changed, "version": 1})


def test_the_crest_stays_until_it_is_taken_away(kartika, page):
    kartika.post(page, {"crest_file": upload(picture())})
    kartika.post(page, {"place": "Batu"})
    kartika.post(page, {"place": "Batu", "no_crest": "on"})

    crests = [bool(version.crest_id) for version in Letterhead.objects.order_by("number")]
    assert (crests, Crest.objects.count()) == ([True, True, False], 1)


def test_usual_texts_that_are_left_as_they_are_stay_inherited(office, kartika, page):
    form = LetterheadForm(unit=office.unit)
    shown = {name: form.initial[name] for name in ("considering", "basis", "rulings", "copies")}
    kartika.post(page, {**shown, "copies": f"1. Bupati\r\n{shown['copies']}"})

    own = Letterhead.objects.get()
    assert (own.considering, own.basis, own.rulings) == ("", "", "")
    assert own.copies == f"Bupati\n{shown['copies']}"
    assert LetterheadForm(unit=office.unit).initial["copies"] == own.copies


WRONG = {
    "margin_top": ("500", "less than or equal to 100"),
    "margin_right": ("x", "Enter a whole number."),
    "email": ("bukan", "Enter a valid email address."),
    "decree_number": ("TETAP", "The running number {nomor} is missing."),
    "recap_number": ("{nomor}/{x}", "There is no field {x}"),
    "rulings": ("Menetapkan {y}.", "There is no field {y}; there are {penghargaan},"),
    "paper": ("A0", "not one of the available choices"),
    "font": ("Comic", "not one of the available choices"),
    "office": ("x" * 300, "at most 200 characters"),
    "crest_file": (upload(bomb(), "besar.png"), "besar.png has more than 25 million pixels."),
}


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(kartika, page):
    data = {name: value for name, (value, _said) in WRONG.items()}
    content = kartika.post(page, {**data, "place": "<b>Tetap Ada</b>"}).content.decode()

    for name, (_value, said) in WRONG.items():
        beside = content.partition(f'id="div_id_{name}"')[2].partition('id="div_id_')[0]
        assert said in beside.replace("&quot;", '"'), name
    assert "&lt;b&gt;Tetap Ada&lt;/b&gt;" in content
    assert not Letterhead.objects.exists()


def test_a_chosen_crest_is_not_lost_where_another_field_is_wrong(kartika, page):
    content = kartika.post(page, {"margin_top": "x", "crest_file": upload(noise())}).content.decode()
    hidden = re.search(r'name="crest_kept" value="([^"]+)"', content)[1]
    kartika.post(page, {"margin_top": "30", "crest_kept": hidden})

    assert bytes(Letterhead.objects.get().crest.png) == b64decode(hidden)


def test_margins_without_room_are_said_at_the_margin(kartika, page):
    content = kartika.post(
        page, {"email": "x", "paper": "A4", "margin_left": "80", "margin_top": "100", "margin_bottom": "100"}
    )
    content = content.content.decode()

    assert "Left and right leave a width of 110 mm on A4 (210 × 297 mm); the text needs at least 120 mm." in content
    assert "Top and bottom leave a height of 97 mm on A4 (210 × 297 mm); the text needs at least 160 mm." in content


def test_the_preview_is_the_paper_with_what_is_typed_and_nothing_is_kept(office, kartika, page):
    typed = {"office": "Dinas <b>Contoh</b>", "paper": "LGL", "font": "termes", "considering": "bahwa **tebal** </p>;"}
    answer = kartika.post(f"{page}pratinjau/", {**typed, "crest_file": upload(picture())}).json()
    paper = PdfReader(BytesIO(b"".join(kartika.post(f"{page}contoh/", typed))))
    picture_of = Image.open(BytesIO(b64decode(answer["pictures"][0].removeprefix("data:image/png;base64,"))))

    assert len(answer["pictures"]) == min(len(paper.pages), previews.PAGES)
    assert round(picture_of.height / picture_of.width, 2) == round(356 / 216, 2)
    assert Image.open(BytesIO(b64decode(answer["crest"]))).format == "PNG"
    text = " ".join(paper.pages[0].extract_text().split())
    assert "DINAS <B>CONTOH</B>" in text
    assert "bahwa tebal </p>;" in text
    assert "KONSEP" in text
    assert office.hadi.full_name in " ".join(sheet.extract_text() for sheet in paper.pages)
    fonts = {
        str(font.get_object()["/BaseFont"]) for font in paper.pages[0]["/Resources"]["/Font"].get_object().values()
    }
    assert {font.partition("+")[2] for font in fonts} == {"TeX-Gyre-Termes", "TeX-Gyre-Termes-Bold"}
    assert (Letterhead.objects.exists(), Crest.objects.exists(), AuditEntry.objects.exists()) == (False, False, False)


def test_the_button_shows_the_preview_without_a_script(kartika, page, drawn):
    content = kartika.post(page, {"act": "preview", "office": "Dinas Contoh"}).content.decode()

    assert 'src="data:image/png;base64,AA=="' in content
    assert 'value="Dinas Contoh"' in content
    assert drawn[0].office == "Dinas Contoh"
    assert not Letterhead.objects.exists()


def test_a_preview_of_what_cannot_be_says_why(kartika, page, drawn):
    def reasons(**data) -> list[str]:
        return kartika.post(f"{page}pratinjau/", data).json()["reasons"]

    assert reasons(margin_top="x") == ["Top: Enter a whole number."]
    assert reasons(crest_file=upload(b"<svg/>")) == [
        "Picture: lambang.png is an SVG drawing. Save it as a PNG picture first."
    ]
    assert reasons(crest_kept="A" * 5) == ["Picture: The picture was lost on its way. Choose it once more."]
    assert reasons(office="a\0b") == ["Office: Null characters are not allowed."]
    assert "at most 8000 characters" in reasons(basis="x" * 9000)[0]
    assert drawn == []


def test_previews_are_drawn_one_at_a_time_and_not_too_often(kartika, page, monkeypatch):
    monkeypatch.setattr(previews, "PATIENCE", 0)
    with previews._one_at_a_time:
        busy = kartika.post(f"{page}pratinjau/").json()
        other = kartika.post(f"{page}contoh/")
    monkeypatch.setitem(limits.PER_MINUTE, "preview", 0)
    often = kartika.post(f"{page}pratinjau/").json()

    assert busy == {"reasons": ["Other previews are being drawn. Try again in a moment."]}
    assert (other.status_code, "Other previews are being drawn." in other.content.decode()) == (503, True)
    assert often["reasons"][0].startswith("Too many previews in one minute.")


def test_versions_are_listed_looked_at_and_brought_back(office, kartika, page, django_assert_num_queries):
    by = cast.fresh(office.kartika)
    services.set_letterhead(office.unit, values={"office": "Dinas <i>Satu</i>", "crest": picture()}, by=by)
    with django_assert_num_queries(7):
        kartika.get(f"{page}versi/")
    for values in ({"office": "Dinas Dua"}, {"shows_rank": False}):
        services.set_letterhead(office.unit, values=values, by=by)
    with django_assert_num_queries(7):
        listed = kartika.get(f"{page}versi/").content.decode()
    second = kartika.get(f"{page}versi/2/").content.decode()

    assert listed.index("Version 3") < listed.index("Version 1")
    assert (listed.count(office.kartika.full_name), "Rank (pangkat) below the name" in listed) == (5, True)
    assert "Dinas &lt;i&gt;Satu&lt;/i&gt;" in second
    assert "Dinas Dua" in second
    assert kartika.post(f"{page}versi/1/").url == f"{page}versi/"
    assert Letterhead.objects.get(is_current=True).office == "Dinas <i>Satu</i>"
    assert "brought back from version 1" in kartika.get(f"{page}versi/").content.decode()
    assert [kartika.get(f"{page}versi/{number}/").status_code for number in (0, 9)] == [404, 404]
    assert kartika.post(f"{page}versi/9/").status_code == 404
    pdf = b"".join(kartika.get(f"{page}versi/2/contoh/"))
    assert "DINAS DUA" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_a_crest_stands_at_its_digest_for_ever(kartika, page):
    kartika.post(page, {"crest_file": upload(picture((480, 560)))})
    kartika.logout()
    crest = Crest.objects.get()
    response = kartika.get(f"/lambang/{crest.digest}/")

    shown = Image.open(BytesIO(response.content))
    assert (shown.size, shown.convert("RGBA").getpixel((9, 9))) == ((96, 112), (0, 0, 128, 255))
    assert response.headers["Content-Type"] == "image/png"
    assert "max-age=31536000, immutable" in response.headers["Cache-Control"]
    assert kartika.get(f"/lambang/{'0' * 64}/").status_code == 404
    assert f'src="/lambang/{crest.digest}/"' in kartika.get("/masuk/").content.decode()
