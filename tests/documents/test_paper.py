"""What stands on paper, read from the PDF."""

from io import BytesIO
from urllib.request import OpenerDirector

import pytest
from django.utils import translation
from PIL import ImageFile
from pypdf import PdfReader

from anas.documents import papers, pdf
from anas.refused import Refused
from tests.documents.conftest import fonts_of, pages_of, text_of

pytestmark = pytest.mark.once  # what is drawn on paper comes from facts that are kept as JSON

LONG = "Raden Mas Muhammad Abdurrahman Wiryadinata Kusumanegara Putra, S.Kom., M.M."


def with_winners(sample: dict, count: int) -> dict:
    row = sample["winners"][0]
    return {**sample, "winners": [{**row, "name": f"Pegawai Nomor {number}, S.E."} for number in range(1, count + 1)]}


_pages: dict[int, list[str]] = {}


def pages_with(sample: dict, count: int) -> list[str]:
    """The decree of so many winners, drawn once for all tests of this file."""
    if count not in _pages:
        _pages[count] = pages_of(papers.render("decree", with_winners(sample, count)))
    return _pages[count]


def test_the_same_facts_give_the_same_bytes(sample):
    assert papers.render("decree", sample) == papers.render("decree", sample)


def test_other_facts_give_other_bytes(sample):
    assert papers.render("decree", sample) != papers.render("decree", {**sample, "number": "2"})


def test_the_interface_language_does_not_matter(sample):
    with translation.override("en"):
        english = papers.render("decree", sample)

    assert papers.render("decree", sample) == english


def test_a_draft_says_so_on_every_page_and_bears_no_code(sample):
    draft = pages_of(papers.render("decree", {**sample, "code": "abcd2345"}, is_draft=True))

    assert [page.count("KONSEP") for page in draft] == [1] * len(draft)
    assert "ABCD-2345" not in " ".join(draft)


def test_an_issued_paper_does_not_say_draft(sample):
    issued = text_of(papers.render("decree", {**sample, "code": "abcd2345"}))

    assert "KONSEP" not in issued
    assert "ABCD-2345" in issued


def test_pages_are_numbered_from_the_second_on(sample):
    pages = pages_with(sample, 40)

    assert [f"- {number} -" in page for number, page in enumerate(pages, 1)] == [False] + [True] * (len(pages) - 1)


def test_forty_winners_flow_over_pages_under_repeated_heads(sample):
    pages = pages_with(sample, 40)
    table = [page for page in pages if "Pegawai Nomor" in page]

    assert len(table) >= 3
    assert ["Pangkat, Gol." in page and "Klasifikasi" in page for page in table] == [True] * len(table)
    assert [f"Pegawai Nomor {number}, S.E." in " ".join(table) for number in range(1, 41)] == [True] * 40


def test_the_signature_stands_below_at_least_one_winner(sample):
    """Whatever the number of winners, no page bears a signature alone."""
    for count in (9, 11, 12):
        last = pages_with(sample, count)[-1]

        assert f"Pegawai Nomor {count}, S.E." in last
        assert "Kepala DPMPTSP Kota Batu".upper() in last


def test_a_few_winners_stand_in_the_first_ruling_too(sample):
    assert " ".join(pages_with(sample, 3)).count("Pegawai Nomor 3, S.E.") == 2
    assert " ".join(pages_with(sample, 11)).count("Pegawai Nomor 3, S.E.") == 1


@pytest.mark.parametrize("name", [LONG, "Abdurrahman" * 6])
def test_a_long_name_is_never_cut(sample, name):
    row = {**sample["winners"][0], "name": name}
    decree = papers.render("decree", {**sample, "winners": [row]})
    certificate = papers.render("certificate", {**sample, "winner": row, "decree": {}})

    for paper in (decree, certificate):
        assert name.replace(" ", "") in text_of(paper).replace(" ", "")


def test_a_certificate_is_one_page_of_a4_lying(sample):
    row = {**sample["winners"][0], "name": LONG, "position": "Analis Kebijakan Ahli Muda pada Kelompok Substansi " * 2}
    paper = PdfReader(BytesIO(papers.render("certificate", {**sample, "winner": row, "decree": {}})))

    assert len(paper.pages) == 1
    assert [round(float(side) / 72 * 25.4) for side in paper.pages[0].mediabox[2:]] == [297, 210]


def test_markup_in_a_name_is_text(sample):
    row = {**sample["winners"][0], "name": "<b>Budi</b><img src=file:///etc/passwd>"}

    assert "<b>Budi</b><img src=file:///etc/passwd>" in text_of(papers.render("decree", {**sample, "winners": [row]}))


def test_styles_in_the_texts_are_text(sample):
    texts = {**sample["texts"], "title": "</style><script>x</script> { } url(http://example.org)"}

    assert "</STYLE><SCRIPT>X</SCRIPT> { } URL(HTTP://EXAMPLE.ORG)" in text_of(
        papers.render("decree", {**sample, "texts": texts})
    )


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "https://example.org/x.png", "ftp://example.org/x"]
)
@pytest.mark.parametrize(
    "html",
    ['<img src="{}">', '<link rel="stylesheet" href="{}">', "<style>@import url({});</style>",
     "<style>p {{ background: url({}) }}</style><p>x", '<object data="{}"></object>',
     "<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x"],
)  # fmt: skip
def test_rendering_opens_no_address_but_data(address, html, monkeypatch):
    """The fetcher refuses before anything is opened: an opener that is reached fails the test in its own way."""
    opened = []
    monkeypatch.setattr(OpenerDirector, "open", lambda *args, **kwargs: opened.append(args))
    with pytest.raises(pdf.ForbiddenAddress):
        pdf.write(html.format(address), identifier="x")

    assert opened == []


def test_a_sign_that_no_font_has_is_refused_and_a_draft_shows_a_box(sample):
    row = {**sample["winners"][0], "name": "Budi \u0378"}

    with pytest.raises(Refused, match=r"no font with .* \(U\+0378\): write it otherwise"):
        papers.render("decree", {**sample, "winners": [row]})
    assert papers.render("decree", {**sample, "winners": [row]}, is_draft=True).startswith(b"%PDF")


def test_torn_pictures_are_refused_in_the_same_process():
    pdf.engine()

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_the_fetcher_opens_data():
    assert pdf.engine().fetcher.fetch("data:text/plain,halo").read() == b"halo"


def test_only_our_letters_are_embedded(sample):
    reader = PdfReader(BytesIO(papers.render("decree", sample)))
    fonts = {font["/BaseFont"].partition("+")[2] for page in reader.pages for font in fonts_of(page)}

    assert fonts == {"TeX-Gyre-Bonum", "TeX-Gyre-Bonum-Bold"}
