"""The interface in Indonesian and in English: both catalogues are complete, and the pages speak Indonesian."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.timezone import get_current_timezone

from tests import cast

pytestmark = pytest.mark.once  # no text comes from another database

ROOT = Path(__file__).parent.parent
LANGUAGES = ["id", "en"]
SOURCES = ["anas", "nominations", "scoring", "voting", "templates", "manage.py"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w+\}|</?\w+>")
# What is written alike in both languages.
ALIKE = {"Non-ASN", "F4 (215 × 330 mm)", "A4 (210 × 297 mm)", "%(who)s, %(date)s"}
# Words of English sentences that are no words of Indonesian ones, nor of a name in the cast.
ENGLISH = re.compile(
    r"\b(the|of|and|are|this|that|with|has|have|for|you|your|not|nobody|from|was|were|been|cannot|whom|their|please|"
    r"must|will|please|enter|select|required|field|add|delete|save|change|search)\b",
    re.IGNORECASE,
)


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(path(language))


def path(language: str) -> Path:
    return ROOT / "anas" / "locale" / language / "LC_MESSAGES" / "django.po"


def key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def sides(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """A text and its translation; a translation of a plural stands beside the plural."""
    if entry.msgid_plural:
        for number, translated in entry.msgstr_plural.items():
            yield (entry.msgid if number == 0 and len(entry.msgstr_plural) > 1 else entry.msgid_plural), translated
    else:
        yield entry.msgid, entry.msgstr


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_for_certain(language):
    found = catalogue(language)

    assert [entry.msgid for entry in found.untranslated_entries()] == []
    assert [entry.msgid for entry in found.fuzzy_entries() + found.obsolete_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    assert path(language).with_suffix(".mo").read_bytes() == catalogue(language).to_binary()


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> dict[str, set]:
    """What `make messages` would find in the sources now, by language."""
    if not shutil.which("xgettext") and not os.environ.get("CI"):
        pytest.skip("xgettext is not installed")
    copy = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        make = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        make(ROOT / name, copy / name)
    command = [sys.executable, "manage.py", "makemessages", "--add-location", "file", "--no-obsolete"]
    for language in LANGUAGES:
        command += ["--locale", language]
    surroundings = {**os.environ, "DATA_DIR": str(copy / "data"), "DATABASE_URL": ""}
    subprocess.run(command, cwd=copy, env=surroundings, check=True, capture_output=True, timeout=120)
    return {
        language: {key(entry) for entry in polib.pofile(copy / path(language).relative_to(ROOT))}
        for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_sources_is_in_the_catalogue_and_no_other(extracted, language):
    assert {key(entry) for entry in catalogue(language)} ^ extracted[language] == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_stands_in_the_translation_too(language):
    wrong = [
        (text, translated)
        for entry in catalogue(language)
        for text, translated in sides(entry)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(translated))
    ]

    assert wrong == []


def test_the_english_catalogue_says_what_the_sources_say():
    for entry in catalogue("en"):
        assert [translated for _text, translated in sides(entry)] == [text for text, _translated in sides(entry)]


def test_no_text_of_several_words_is_left_in_english():
    left = {
        text
        for entry in catalogue("id")
        for text, translated in sides(entry)
        if text == translated and len(words(text)) > 1
    }

    assert left - ALIKE == set()


@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("round", "periode penilaian"),
        ("nominee", "calon"),
        ("unit", "unit kerja"),
        ("Points", "Nilai tertimbang"),
        ("Final score", "Nilai akhir"),
        ("score sheet", "lembar penilaian"),
        ("Evidence", "Bukti dukung"),
        ("voter roll", "daftar pemilih tetap"),
        ("Receipts", "Bukti memilih"),
        ("decree", "keputusan"),
        ("certificate", "piagam penghargaan"),
        ("Audit trail", "Jejak audit"),
        ("returned for repair", "dikembalikan untuk perbaikan"),
    ],
)
def test_the_words_of_the_award_are_those_of_the_office(english, indonesian):
    assert catalogue("id").find(english).msgstr == indonesian


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", PLACEHOLDER.sub(" ", text))


class Visible(HTMLParser):
    """What a visitor sees or hears of a page: a line for each piece of text or attribute in words; and its links."""

    SPOKEN = {"alt", "title", "placeholder", "aria-label", "data-label", "data-saving", "data-saved", "data-failed"}

    def __init__(self, page: str):
        super().__init__()
        self.lines: list[str] = []
        self.links: list[str] = []
        self.silent: list[str] = []  # tags whose text is no text in the language of the page
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag in ("script", "style", "code") or (found.get("lang") and tag != "html") or self.silent[-1:] == [tag]:
            self.silent.append(tag)
        if tag == "a":
            self.links.append(found.get("href") or "")
        self.lines += [value for name, value in attrs if value and not self.silent and name in self.SPOKEN]

    def handle_endtag(self, tag):
        if self.silent[-1:] == [tag]:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.lines.append(" ".join(data.split()))


@pytest.fixture
def indonesian(settings):
    settings.LANGUAGE_CODE, settings.LOCALE_PATHS = "id", [ROOT / "anas" / "locale"]
    with translation.override("id"):
        yield


@pytest.fixture(scope="session")
def english() -> list[str]:
    """Of every text in the sources that is translated: its longest piece without placeholders, of two words or more."""
    texts = {text for entry in catalogue("id") for text in (entry.msgid, entry.msgid_plural) if text not in ALIKE}
    pieces = {max(PLACEHOLDER.split(text), key=len).strip() for text in texts}
    return sorted(piece for piece in pieces if len(words(piece)) > 1)


def left_in_english(line: str, english: list[str]) -> bool:
    return bool(ENGLISH.search(line)) or any(piece in line for piece in english)


def test_what_is_wrong_in_a_form_is_said_in_indonesian(office, login, indonesian, english):
    round = cast.play(office, to="usulan")
    client = login(office.kartika)
    attempts = {
        "/sandi/": {"old_password": "x", "new_password1": "12345678", "new_password2": "1"},
        "/periode/baru/": {"name": "", "scope": "0", "scheme": "tidak-ada"},
        "/pegawai/baru/": {"number": "1", "status": "pns", "email": "x"},
        "/unit-kerja/baru/": {"position": "-1"},
        f"/periode/{round.pk}/perpanjang/usulan/": {"closes_at": "besok"},
    }
    pages = {address: Visible(client.post(address, data).content.decode()) for address, data in attempts.items()}
    lines = [(address, line) for address, page in pages.items() for line in page.lines]

    assert [(address, line) for address, line in lines if left_in_english(line, english)] == []
    assert "Kata sandi lama salah. Silakan isi sekali lagi." in pages["/sandi/"].lines
    assert {address for address, line in lines if line == "Kolom ini harus diisi."} == attempts.keys() - {"/sandi/"}


def test_a_wrong_password_is_answered_in_indonesian(client, office, indonesian, english):
    page = Visible(client.post("/masuk/", {"username": office.ratna.number, "password": "salah"}).content.decode())

    assert [line for line in page.lines if left_in_english(line, english)] == []
    assert any("kata sandi ini tidak cocok" in line for line in page.lines)


def test_days_and_times_are_spelt_as_in_indonesian(office, login, indonesian):
    round = cast.play(office, to="usulan")
    round.stages.filter(code="usulan").update(closes_at=datetime(2099, 8, 17, 14, 5, tzinfo=get_current_timezone()))
    lines = Visible(login(office.bambang).get(round.get_absolute_url()).content.decode()).lines

    assert any("Sampai Senin, 17 Agustus 2099, pukul 14.05." in line for line in lines)
