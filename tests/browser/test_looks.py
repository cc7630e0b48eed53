"""Every page on a phone, in the dark, on a desk and zoomed to 200 %: nothing sticks out or is cut, every control is
large enough and is reached with the keyboard, nobody is shut out (axe), and the browser has nothing to complain of, the
policy on foreign content included.

Pages that look alike are looked at once, in Indonesian, by turns on a phone and on a desk. `make walk` looks at every
page as every role, in both languages, at both sizes, in light and dark, and goes through each by keyboard.
"""

import re
from itertools import pairwise, product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from anas.people.models import Employee
from tests import cast
from tests.access_table import EXPECTED, ROLES
from tests.addresses import STATES, World, make_world, routes
from tests.browser.conftest import DESK, PHONE
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.once]

# In the stages those who act in them see the pages of the stage; in the end everybody sees everything.
AT_WORK = {
    "usulan": {"siti": "nominations", "kartika": "nominations"},
    "tim": {"maya": "scoring", "lina": "scoring"},
    "polling": {"ratna": "voting", "wulan": "voting", "kartika": "voting"},
    "kepala": {"hadi": "scoring", "kartika": "rounds"},
    "result": {"hadi": "rounds", "kartika": "documents"},
    "announced": dict.fromkeys(ROLES, ""),
}
# What is no page but a file.
FILES = {"healthz", "rounds:download_audit", "people:export", "nominations:evidence", "nominations:photo"}
FILES |= {"scoring:download", "scoring:bundle", "comparison:download", "my_data_download"}
FILES |= {f"documents:{name}" for name in ("draft", "download", "sample", "crest", "winner_photo", "archive")}
FILES |= {"documents:version_sample", "documents:paper_draft", "schemes:preset_file", "schemes:own_file"}
AXE = Axe().axe_script
OWN = (Path(__file__).parent / "looks.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ZOOMED = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}  # what is left of a desk at 200 %
LOOKS = [[(PHONE, "dark", WCAG), (ZOOMED, "light", [])], [(DESK, "light", WCAG), (PHONE, "light", [])]]  # by turns
EVERY_LOOK = [*((size, scheme, WCAG) for size, scheme in product((PHONE, DESK), ("dark", "light"))), LOOKS[0][-1]]
TAG_AND_CLASS = re.compile(r'<(\w+)(?:[^>]*? class="([^"]*)")?')


def pages(world: World, role: str) -> list[str]:
    """The addresses of the pages that this role gets in the present state, of those it looks at then."""
    place, wanted = STATES.index(world.state), ("rounds:tasks", "rounds:detail", AT_WORK[world.state][role])
    return [
        world.address(name)
        for name in routes()
        if name not in FILES and name.startswith(wanted) and (EXPECTED[name][role] * len(STATES))[place] == "o"
    ]


def look_of(page: str) -> frozenset[tuple[str, str]]:
    """The kinds of things on a page: two lists of other people look alike."""
    return frozenset(TAG_AND_CLASS.findall(page.partition("<main")[2]))


def faults(person: Person, looks: list[tuple]) -> list[str]:
    """What is wrong with the page that is open."""
    found = []
    person.page.evaluate(AXE)
    for size, scheme, rules in looks:
        person.page.set_viewport_size(size)
        person.page.emulate_media(color_scheme=scheme)
        wrong = person.page.evaluate(OWN)
        if rules:
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            for violation in person.page.evaluate("options => axe.run(options)", options)["violations"]:
                wrong.append(f"{violation['id']} {[node['html'][:120] for node in violation['nodes']]}")
        found += [f"{person.path} at {size['width']}, {scheme}: {fault}" for fault in wrong]
    return found


PLANTED = """
<main><h1>Judul</h1><h3>Anak judul</h3>
<p style="width: 40px; overflow: hidden; white-space: nowrap">Tulisan yang terpotong</p>
<div style="width: 3000px">Terlalu lebar</div>
<button style="width: 20px; height: 20px; padding: 0">x</button>
<button style="outline: none; min-width: 40px; min-height: 40px">Fokus tidak terlihat</button>
<a href="/" tabindex="5" style="display: block">Mendahului</a>
<div style="display: flex; flex-direction: column-reverse"><a href="/1">Bawah</a><a href="/2">Atas</a></div>
</main>
"""


def test_the_look_at_a_page_finds_what_is_planted(browser):
    page = browser.new_page(viewport=PHONE)
    page.set_content(PLANTED)
    found = sorted({fault.partition(":")[0].rstrip("0123456789 ×()") for fault in page.evaluate(OWN)})
    page.close()

    assert found == [
        "a text is cut",
        "a text sticks out",
        "after a heading 1 comes a heading",
        "comes after what stands below it",
        "it is 3008 wide at",
        "jumps ahead of its turn",
        "the focus cannot be seen",
        "too small",
    ]


NUMBER = "() => document.querySelectorAll('*').forEach((element, place) => (element.dataset.place = place))"
HERE = "() => Number(document.activeElement.dataset.place ?? -1)"  # -1: came to the page since
STOPS_OF_A_DATE = (
    10  # day, month, year, hour, minute, calendar; more than that is a page where there is nothing to press
)
REACHABLE = """() => [...document.querySelectorAll(
    ':is(a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary)[data-place]'
)].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled') && element.tabIndex >= 0
).map((element) => Number(element.dataset.place))"""


def walk_by_keyboard(person: Person) -> list[str]:
    """Tab by Tab once around a page that has just been opened: every control has its turn, in the order of the page."""
    person.page.set_viewport_size(DESK)
    person.page.evaluate(NUMBER)
    passed, stops = [], 0
    while len(passed) == len(set(passed)) and stops < STOPS_OF_A_DATE:
        person.page.keyboard.press("Tab")
        place = person.page.evaluate(HERE)
        stops = stops + 1 if place in passed[-1:] else 0
        if not stops:
            passed.append(place)
    back = sum(later < earlier for earlier, later in pairwise(passed))  # to the head, and from the browser to the page
    missing = set(person.page.evaluate(REACHABLE)) - set(passed)
    return [f"{person.path}: Tab goes {passed} and leaves out {missing}"] if missing or back > 2 else []


@pytest.mark.parametrize("state", AT_WORK)
def test_every_page_looks_right_to_everybody(state, enter, client, transactional_db):
    world, wrong, seen = make_world(state), [], set()
    for role in AT_WORK[state]:
        employee = with_password(world, role)
        person = enter(employee)
        client.force_login(employee, backend="anas.people.backends.EmployeeBackend")
        for address in pages(world, role):
            look = look_of(client.get(address).content.decode())
            if look not in seen:
                seen.add(look)
                person.go(address)
                wrong += faults(person, LOOKS[len(seen) % 2])

    assert wrong == [], "\n".join(wrong)
    assert len(seen) > len(AT_WORK[state])


@pytest.mark.walk
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", AT_WORK)
def test_every_page_as_every_role_in_every_look(state, language, enter, transactional_db, settings):
    world, wrong, seen = make_world(state), [], set()
    for role in AT_WORK[state]:
        person = enter(with_password(world, role))
        person.speak(language)
        for address in pages(world, role):
            person.go(address)
            assert person.page.get_attribute("html", "lang") == language
            look = look_of(person.page.content())
            if look not in seen:  # by somebody with another role
                seen.add(look)
                wrong += walk_by_keyboard(person) + faults(person, EVERY_LOOK)

    assert wrong == [], "\n".join(wrong)


def with_password(world: World, role: str) -> Employee:
    employee = cast.fresh(getattr(world.office, role))
    employee.set_password(cast.PASSWORD)
    employee.save(update_fields=["password"])
    return employee
