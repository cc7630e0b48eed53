"""Every page, as somebody who gets it sees it: in Indonesian without a word, a date or a number of another language,
light, and with few questions to the database."""

import gzip
import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.access_table import EXPECTED
from tests.addresses import STATES, World, routes
from tests.test_language import Visible, catalogue, english, left_in_english, words

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # no text comes from another database

__all__ = ["english"]  # the fixture

# Who looks at a page, the first of these who gets it; and in each state those whose turn it is.
READERS = ("kartika", "hadi", "lina", "siti", "maya", "ratna", "wulan", "oki")
TURNS = {"usulan": "siti", "tim": "maya", "polling": "ratna", "kepala": "hadi", "result": "hadi", "announced": "ratna"}

FORMATS = {
    "id": re.compile(
        r"\b(January|February|March|June|July|August|October|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"
        r"|Sunday|[ap]\.m\.)\b|\b20\d\d-\d\d-\d\d\b|(?<!pukul )(?<!\d{4}, )(?<![\d.])\d+\.\d\d\b(?![.\d])"
    ),
    "en": re.compile(
        r"\b(Januari|Februari|Maret|Juni|Juli|Agustus|Oktober|Desember|Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|pukul)\b"
        r"|\b20\d\d-\d\d-\d\d\b|(?<![\d,])\d+,\d\d\b(?![,\d])"
    ),
}
WHAT, ON_A_WALL = re.compile(r'class="(lead|task|empty)\b'), re.compile(r'<body class="(lobby|wall)"')
MOST_QUERIES, MOST_BYTES = 30, 12_000  # of a page; compressed, as it goes over the wire


@dataclass
class Page:
    role: str
    name: str
    lines: list[str]
    says_what_it_is: bool
    queries: int
    weight: int


def walk(world: World, language: str) -> list[Page]:
    """Every page in the present state, for one who gets it and for those whose turn it is; what has nothing to do with
    the round in one state only."""
    found = []
    for role in READERS:
        client = Client()
        client.force_login(getattr(world.office, role), backend="anas.people.backends.EmployeeBackend")
        client.cookies["django_language"] = language
        for name, route in routes().items():
            is_first = role == next((one for one in READERS if gets(world, name, one)), None)
            is_its_time = route.startswith("periode/") or world.state == "announced"
            if is_its_time and (is_first or (role == TURNS.get(world.state) and gets(world, name, role))):
                with CaptureQueriesContext(connection) as queries:
                    answer = client.get(world.address(name))
                if answer.headers["Content-Type"].startswith("text/html"):
                    content = answer.content.decode()
                    sizes = len(queries), len(gzip.compress(answer.content))
                    found.append(Page(role, name, Visible(content).lines, says_what_it_is(content), *sizes))
    return found


def gets(world: World, name: str, role: str) -> bool:
    return (EXPECTED[name][role] * len(STATES))[STATES.index(world.state)] == "o"


def says_what_it_is(content: str) -> bool:
    """One heading, and what happens here: a lead, a task or an empty state. Screens on a wall need neither."""
    main = content.partition("<main")[2]
    return bool(ON_A_WALL.search(content) or (main.count("<h1") == 1 and WHAT.search(main)))


@pytest.fixture(scope="module")
def pages(world, django_db_blocker) -> list[Page]:
    with django_db_blocker.unblock(), translation.override("id"):
        return walk(world, "id")


@pytest.fixture(scope="module")
def english_words() -> set[str]:
    """Single words of the sources that are written otherwise in Indonesian; no page has one of them as a whole text."""
    return {
        entry.msgid.lower()
        for entry in catalogue("id")
        if len(words(entry.msgid)) == 1 and entry.msgid.lower() != entry.msgstr.lower()
    }


def test_every_page_is_in_indonesian_with_its_dates_and_numbers(pages, english, english_words):
    wrong = [
        (page.role, page.name, line)
        for page in pages
        for line in page.lines
        if left_in_english(line, english) or line.lower() in english_words or FORMATS["id"].search(line)
    ]

    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("world", ["announced"], indirect=True)
def test_every_page_has_english_dates_and_numbers_for_whoever_reads_english(world):
    wrong = [
        (page.role, page.name, line) for page in walk(world, "en") for line in page.lines if FORMATS["en"].search(line)
    ]

    assert wrong == [], "\n".join(map(str, wrong))


def test_every_page_says_what_it_is(pages):
    assert [(page.role, page.name) for page in pages if not page.says_what_it_is] == []


def test_every_page_is_light_and_asks_little(pages):
    heavy = [
        (page.role, page.name, page.queries, page.weight)
        for page in pages
        if page.queries > MOST_QUERIES or page.weight > MOST_BYTES
    ]

    assert heavy == [], "\n".join(map(str, heavy))
