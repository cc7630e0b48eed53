"""The preview beside the settings of an office, drawn while one types."""

import pytest
from playwright.sync_api import expect

from anas.documents.models import Letterhead
from tests.documents.test_crests import noise

pytestmark = [pytest.mark.browser, pytest.mark.once]


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def test_the_paper_follows_what_is_typed_and_only_what_is_saved_stays(office, enter):
    kartika = enter(office.kartika)
    kartika.go(f"/kop/{office.unit.code}/")
    picture, status = (kartika.page.locator(f"[data-preview-{part}") for part in ("pages] img:first-child", "status]"))
    crest, chosen = (kartika.page.locator(f"[name=crest_{name}]") for name in ("kept", "file"))
    expect(picture).to_be_visible()
    before = picture.get_attribute("src")

    chosen.set_input_files(file("a.png", noise()))
    expect(crest).not_to_have_value("")
    expect(picture).not_to_have_attribute("src", before)
    kartika.fill(margin_left="90")
    expect(status).to_contain_text("105 mm")
    chosen.set_input_files(file("b.png", b"<svg/>"))
    expect(crest).to_have_value("")
    expect(status).to_contain_text("b.png")
    assert not Letterhead.objects.exists()

    chosen.set_input_files([])
    kartika.fill(margin_left="35", office="Dinas Contoh")
    kartika.press("main .acts .btn-primary")
    expect(picture).to_be_visible()
    assert Letterhead.objects.values_list("office", "margin_left").get() == ("Dinas Contoh", 35)
