"""Every paper of one round, looked at as paper: what it says, that it is made by the standards, and made once."""

import json
import os
import subprocess
import sys
from io import BytesIO

import page
import pytest
from django.utils import timezone
from pypdf import PdfReader

from anas.documents import papers, pdf, words
from tests.documents.conftest import fonts_of, pages_of, text_of
from tests.documents.whole_set import LONG_NAME, RECUSED

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # bytes and looks come from frozen facts

DOCUMENTS = ["assessment", "closing", "count", "recap", "decree", "certificate", "finalist", "announcement", "poster"]
KINDS = ["cards", *DOCUMENTS]
STANDARDS = [page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1]
LONG = f"{LONG_NAME}, S.Kom., M.M."
LONG_AWARD = "Petugas Pelayanan Terpadu Satu Pintu Terbaik dan Paling Ramah di Lingkungan Pemerintah Daerah"
# Renders what comes in, in a process with hashes of its own.
ANEW = """
import hashlib, json, sys
import django
django.setup()
from anas.documents import papers
for kind, facts in json.load(sys.stdin):
    print(hashlib.sha256(papers.render(kind, facts)).hexdigest())
"""


def violations(paper: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(paper, profile=profile) for profile in STANDARDS]
    return [f"{failure.rule_id}: {failure.message}" for report in reports for failure in report.failures]


def sizes(paper: bytes) -> set[tuple[int, int]]:
    pages = PdfReader(BytesIO(paper)).pages
    return {tuple(int(float(side) / 72 * 25.4 + 0.5) for side in one.mediabox[2:]) for one in pages}


def many(facts: dict, count: int) -> dict:
    row = facts["winners"][0]
    return facts | {"winners": [{**row, "name": f"Pegawai Nomor {place}, S.E."} for place in range(1, count + 1)]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_conforms_to_pdf_a_2a_and_pdf_ua_1(papers_of_a_round, kind):
    paper = papers_of_a_round[kind].pdf

    assert violations(paper) == []
    for said in (b'pdfaid:part="2"', b'pdfaid:conformance="A"', b'pdfuaid:part="1"'):
        assert said in paper


def test_the_validator_finds_what_is_wrong(sample):
    """A page that is not tagged, a picture that is not described, a language that is not said."""
    found = " ".join(violations(pdf.write('<title>x</title><img src="data:image/svg+xml,<svg/>">', identifier="x")))

    assert "ALT" in found and "LANG" in found


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_says_its_language_and_title_and_brings_its_letters(papers_of_a_round, kind):
    reader = PdfReader(BytesIO(papers_of_a_round[kind].pdf))
    root = reader.trailer["/Root"]
    names = {str(font["/BaseFont"]) for one in reader.pages for font in fonts_of(one)}

    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"].value) == ("id", True)
    assert reader.metadata.title and root["/OutputIntents"]
    assert {name[7] for name in names} == {"+"}  # of each font only the letters in use
    assert {name[8:].partition("-")[0] for name in names} == {"TeX"}


def test_the_same_facts_give_the_same_bytes_in_another_process(papers_of_a_round):
    kept = [papers_of_a_round[kind] for kind in ("decree", "certificate", "poster", "recap")]
    run = subprocess.run(
        [sys.executable, "-c", ANEW],
        input=json.dumps([(paper.kind, paper.data) for paper in kept]),
        env=os.environ | {"PYTHONHASHSEED": "4711", "DJANGO_SETTINGS_MODULE": "anas.settings"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.split() == [paper.sha256 for paper in kept]


def test_a_stream_ends_where_it_says():
    """In this page one ends in a carriage return: the line end after it must not be taken for a part of that."""
    paper = pdf.write("<html lang=id><title>x</title><p>25", identifier="x")

    assert paper.count(b"\r\rendstream") == 1
    assert violations(paper) == []


def test_the_minutes_of_the_assessment_tell_scores_recusals_and_ties(papers_of_a_round):
    paper = papers_of_a_round["assessment"]
    text = text_of(paper.pdf)

    assert f"Pada {words.day_in_words(timezone.localdate())}, bertempat di DPMPTSP, Batu," in text
    for said in (
        "BERITA ACARA PENILAIAN TIM NOMOR 1/BA/2026",
        "Penilai 3 (tiga) orang Calon yang dinilai 12 (dua belas) orang",
        f"1. {LONG} Sekretariat 74,29; 74,29 74,29 ya",
        "2. Budi Santoso Bidang Perizinan 73,43; 73,43; 73,43 73,43 ya 3. Candra Kirana",
        "Nilai sama (66,57): Cahyo Nugroho dan Bayu Pratama. Dibandingkan menurut nilai Usulan bidang:"
        " Cahyo Nugroho 84,57; Bayu Pratama 83,71.",
        "Nilai sama (70,00): Cici Amelia dan Bunga Citra. Diputuskan oleh Lina Marlina, Ketua Tim Penilai,",
        "(1) Cici Amelia, (2) Bunga Citra. Alasan: Masa kerja lebih lama.",
        f"Maya Indah tidak menilai {LONG}, dengan alasan: {RECUSED}",
        "2 (dua) calon dengan nilai tertinggi lanjut ke Polling pegawai.",
    ):
        assert said in text
    assert [(one["name"], one["roles"]) for one in paper.data["signers"]] == [
        ("Lina Marlina", ["Ketua Tim Penilai"]),
        ("Maya Indah", ["Anggota Tim Penilai"]),
        ("Nurul Huda", ["Anggota Tim Penilai"]),
        ("Wulan Sari", ["Saksi"]),
    ]


def test_the_announcement_tells_basis_result_and_way_to_object(papers_of_a_round):
    paper = papers_of_a_round["announcement"]
    (text,) = pages_of(paper.pdf)
    today = timezone.localdate()

    for said in (
        "PENGUMUMAN NOMOR 1/PENG/2026 TENTANG PETUGAS PELAYANAN TERBAIK ANAS NAN BAIK HATI TRIWULAN IV 2026",
        f"Kepala DPMPTSP Kota Batu Nomor 188/19/DPMPTSP/2026 tanggal {words.day(today)} tentang Penetapan",
        f"eselon 4 {LONG} Pelaksana, Sekretariat 89,72",
        f"kepada Sekretariat DPMPTSP, paling lambat {words.day_in_words(today)}.",
        f"Batu, {words.day(today)} KEPALA DPMPTSP KOTA BATU, Hadi Purnomo",
    ):
        assert said in text
    assert text.count("19800101") == 1  # the signatory's: nobody else's number hangs on a wall
    assert sizes(paper.pdf) == {(210, 297)}


def test_without_a_way_to_object_there_is_no_word_of_it(papers_of_a_round):
    facts = papers_of_a_round["announcement"].data

    assert "Keberatan" in papers.html("announcement", facts)
    assert "Keberatan" not in papers.html("announcement", facts | {"objections": {}})


def test_the_poster_shows_photos_or_initials_on_a3(papers_of_a_round):
    paper = papers_of_a_round["poster"]
    (text,) = pages_of(paper.pdf)
    photos = [bool(winner["photo"]) for winner in paper.data["winners"]]

    assert photos == [True, False, False]
    assert f'alt="Foto {LONG}"' in papers.html("poster", paper.data)
    for said in (" AL ", " AW ", LONG, "PNS Ayu Lestari Pelaksana Sekretariat"):
        assert said in text
    assert "diumumkan dengan Pengumuman Nomor 1/PENG/2026" in text
    assert sizes(paper.pdf) == {(297, 420)}


def test_the_recap_has_all_parts_of_the_finalists_and_of_nobody_else(papers_of_a_round):
    paper = papers_of_a_round["recap"]
    text = text_of(paper.pdf)

    for said in (
        "Usulan bidang: nilai × 10% = tertimbang Penilaian tim: nilai × 30% = tertimbang Polling pegawai: nilai",
        f"1 {LONG} Sekretariat 82,86 8,29 74,29 22,29 100,00 50,00 91,43 9,14 89,72 Pemenang",
        "2 Cici Amelia Bidang Promosi 80,50 8,05 70,00 21,00 0,00 0,00 88,86 8,89 37,94 Finalis",
        "Mengetahui: KEPALA DPMPTSP KOTA BATU, Hadi Purnomo",
        "KETUA TIM PENILAI, Lina Marlina",
    ):
        assert said in text
    assert [name for name in ("Bayu", "Candra", "Dewi Anggraini", "Bunga") if name in text] == []
    assert sizes(paper.pdf) == {(330, 215)}


def test_winners_and_finalists_are_told_apart(papers_of_a_round):
    winner, finalist = papers_of_a_round["certificate"], papers_of_a_round["finalist"]
    (won,), (reached,) = pages_of(winner.pdf), pages_of(finalist.pdf)

    assert "sebagai PETUGAS PELAYANAN TERBAIK" in won and "Berdasarkan Keputusan" in won
    assert "sebagai FINALIS PETUGAS PELAYANAN TERBAIK" in reached and "ditetapkan dengan Keputusan" in reached
    assert (winner.data["number"], finalist.data["number"]) == ("1/PIAGAM/DPMPTSP/2026", "6/PIAGAM/DPMPTSP/2026")
    assert "Finalis" in finalist.data["title"] and "Finalis" not in winner.data["title"]


def test_a_long_name_and_title_are_nowhere_cut(papers_of_a_round):
    """Words stay whole; the papers that are one sheet stay one sheet."""
    for kind in ("certificate", "announcement", "poster"):
        facts = papers_of_a_round[kind].data
        paper = papers.render(kind, {**facts, "award": LONG_AWARD})
        (text,) = pages_of(paper)

        assert LONG in text
        assert LONG_AWARD.upper() in text
        assert violations(paper) == []


def test_many_winners_flow_over_pages_under_repeated_heads(papers_of_a_round):
    paper = papers.render("announcement", many(papers_of_a_round["announcement"].data, 40))
    pages = pages_of(paper)

    table = [one for one in pages if "Pegawai Nomor" in one]
    assert len(table) >= 3 and ["Jabatan, Unit Kerja" in one for one in table] == [True] * len(table)
    assert [f"Pegawai Nomor {place}, S.E." in " ".join(table) for place in range(1, 41)] == [True] * 40
    assert [f"- {number} -" in one for number, one in enumerate(pages, 1)] == [False] + [True] * (len(pages) - 1)
    assert violations(paper) == []


@pytest.mark.parametrize(("count", "sheets"), [(8, 1), (40, 2)])
def test_many_winners_fill_a_poster(papers_of_a_round, count, sheets):
    pages = pages_of(papers.render("poster", many(papers_of_a_round["poster"].data, count)))

    assert len(pages) == sheets
    assert [f"Pegawai Nomor {place}, S.E." in " ".join(pages) for place in range(1, count + 1)] == [True] * count


@pytest.mark.parametrize("kind", ["assessment", "recap", "announcement", "poster"])
def test_a_draft_says_so_and_bears_neither_number_nor_code(papers_of_a_round, kind):
    facts = papers_of_a_round[kind].data
    draft = papers.html(kind, facts | {"number": "", "code": ""}, is_draft=True)

    assert "KONSEP</div>" in draft and "Keaslian" not in draft
    assert "KONSEP</div>" not in papers.html(kind, facts)
