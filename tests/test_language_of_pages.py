"""Every page in Indonesian, without a word, a date or a number of another language; and every page says what it is."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.access_table import EXPECTED
from tests.addresses import STATES, routes
from tests.test_language import Visible, catalogue, english, left_in_english, words

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # no text comes from another database

__all__ = ["english"]  # the fixture


@pytest.fixture(scope="module")
def english_words() -> set[str]:
    """Single words of the sources that are written otherwise in Indonesian; no page has one of them as a whole text."""
    return {
        entry.msgid.lower()
        for entry in catalogue("id")
        if len(words(entry.msgid)) == 1 and entry.msgid.lower() != entry.msgstr.lower()
    }


# Who looks at a page, the first of these who gets it; and in each state those whose turn it is.
READERS = ("kartika", "hadi", "lina", "siti", "maya", "ratna", "wulan", "oki")
TURNS = {"usulan": "siti", "tim": "maya", "polling": "ratna", "kepala": "hadi", "result": "hadi", "announced": "ratna"}


def pages(world) -> Iterator[tuple[str, str, str, Visible]]:
    """Every page in the present state, for one who gets it and for those whose turn it is; what has nothing to do with
    the round in one state only."""
    for role in READERS:
        client = Client()
        client.force_login(getattr(world.office, role), backend="anas.people.backends.EmployeeBackend")
        for name, route in routes().items():
            if not gets(world, name, role) or (not route.startswith("periode/") and world.state != "announced"):
                continue
            if role != TURNS.get(world.state) and role != next(one for one in READERS if gets(world, name, one)):
                continue
            answer = client.get(world.address(name))
            if answer.headers["Content-Type"].startswith("text/html"):
                content = answer.content.decode()
                yield role, name, content, Visible(content)


def gets(world, name: str, role: str) -> bool:
    marks = EXPECTED[name][role]
    return (marks * len(STATES))[STATES.index(world.state)] == "o"


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


def says_what_it_is(content: str) -> bool:
    """One heading, and what happens here: a lead, a task or an empty state. The television in the lobby has neither."""
    main = content.partition("<main")[2]
    return 'class="lobby"' in content or (main.count("<h1") == 1 and bool(WHAT.search(main)))


WHAT = re.compile(r'class="(lead|task|empty)\b')


def test_every_page_is_in_indonesian_with_its_dates_and_numbers_and_says_what_it_is(
    world, english, english_words, settings
):
    settings.LANGUAGE_CODE = "id"
    wrong, silent = [], []
    for role, name, content, page in pages(world):
        wrong += [
            (role, name, line)
            for line in page.lines
            if left_in_english(line, english) or line.lower() in english_words or FORMATS["id"].search(line)
        ]
        silent += [] if says_what_it_is(content) else [(role, name)]

    assert wrong == [], "\n".join(map(str, wrong))
    assert silent == []


@pytest.mark.parametrize("world", ["announced"], indirect=True)
def test_every_page_has_english_dates_and_numbers_for_whoever_reads_english(world):
    wrong = [
        (role, name, line)
        for role, name, _content, page in pages(world)
        for line in page.lines
        if FORMATS["en"].search(line)
    ]

    assert wrong == [], "\n".join(map(str, wrong))
