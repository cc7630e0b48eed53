"""Maya scores with the keyboard alone, and loses the connection in between: nothing that she typed is lost."""

import pytest

from nominations.models import Nominee
from scoring.models import ScoreSheet
from tests import cast
from tests.browser.person import Person, said

pytestmark = [pytest.mark.browser, pytest.mark.once]

CRITERIA = ["kehadiran", "kinerja", "kerjasama", "inovasi"]


@pytest.fixture
def sheet(office, enter) -> Person:
    round = cast.play(office, to="tim")
    nominee = Nominee.objects.in_play(round).first()
    maya = enter(office.maya)
    maya.go(f"/periode/{round.pk}/penilaian/tim/calon/{nominee.pk}/")
    return maya


def wait_for(person: Person, state: str) -> str:
    """What the line below the sheet says, once it has come to this state."""
    status = person.page.locator(f'[data-autosave-status][data-state="{state}"]')
    status.wait_for()
    return status.inner_text()


def values(person: Person) -> list[str]:
    return [person.page.input_value(f'[name$="-{code}"]') for code in CRITERIA]


def test_enter_and_the_arrows_go_from_score_to_score(sheet):
    sheet.page.focus(f'[name$="-{CRITERIA[0]}"]')
    for key in ["8", "0", "Enter", "9", "0", "ArrowDown", "7", "0", "ArrowUp", "8", "5", "Enter", "Enter", "6", "0"]:
        sheet.page.keyboard.press(key)

    assert values(sheet) == ["80", "85", "70", "60"]
    assert wait_for(sheet, "saved").startswith(said("Saved at"))
    assert sheet.path == sheet.path.partition("?")[0]


def test_what_is_typed_without_a_connection_is_saved_as_soon_as_there_is_one(sheet):
    sheet.context.set_offline(True)
    sheet.page.fill(f'[name$="-{CRITERIA[0]}"]', "91")
    wait_for(sheet, "failed")
    assert not ScoreSheet.objects.filter(scores__kehadiran="91.00").exists()

    sheet.context.set_offline(False)
    wait_for(sheet, "saved")
    assert ScoreSheet.objects.filter(scores__kehadiran="91.00").count() == 1
    sheet.complaints.clear()  # the browser said that it was offline


def test_what_could_not_be_saved_is_there_again_when_the_page_is(sheet):
    sheet.context.set_offline(True)
    sheet.page.fill(f'[name$="-{CRITERIA[1]}"]', "92")
    wait_for(sheet, "failed")
    sheet.page.on("dialog", lambda dialog: dialog.accept())  # the browser warns of what is not saved
    address = sheet.page.url
    sheet.page.goto("about:blank")
    sheet.context.set_offline(False)
    sheet.page.goto(address)

    assert values(sheet)[1] == "92"
    wait_for(sheet, "saved")
    sheet.complaints.clear()
