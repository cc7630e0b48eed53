"""Every page on a phone, in the dark, and on a desk: nothing sticks out sideways, nobody is shut out (axe), and the
browser has nothing to complain of, the policy on foreign content included."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

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
FILES |= {"documents:version_sample", "documents:paper_draft"}
AXE = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = [(PHONE, "dark", WCAG), (DESK, "light", ["color-contrast"])]  # what else axe looks at does not change
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


def faults(person: Person) -> list[str]:
    """What is wrong with the page that is open."""
    found = []
    person.page.evaluate(AXE)
    for size, scheme, rules in LOOKS:
        person.page.set_viewport_size(size)
        person.page.emulate_media(color_scheme=scheme)
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{person.path} is {width} wide at {size['width']}")
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        for violation in person.page.evaluate("options => axe.run(options)", options)["violations"]:
            places = [node["html"][:120] for node in violation["nodes"]]
            found.append(f"{person.path} at {size['width']}: {violation['id']} {places}")
    return found


@pytest.mark.parametrize("state", AT_WORK)
def test_every_page_looks_right_to_everybody(state, enter, client, transactional_db):
    world, wrong, seen = make_world(state), [], set()
    for role in AT_WORK[state]:
        employee = cast.fresh(getattr(world.office, role))
        employee.set_password(cast.PASSWORD)
        employee.save(update_fields=["password"])
        person = enter(employee)
        client.force_login(employee, backend="anas.people.backends.EmployeeBackend")
        for address in pages(world, role):
            look = look_of(client.get(address).content.decode())
            if look not in seen:
                seen.add(look)
                person.go(address)
                wrong += faults(person)

    assert wrong == []
    assert len(seen) > len(AT_WORK[state])
