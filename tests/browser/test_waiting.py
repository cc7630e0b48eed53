"""Whoever waits longer than a second is told that the work goes on."""

import pytest

from tests import cast
from tests.browser.person import said

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_a_slow_answer_is_announced_until_it_comes(office, enter):
    round = cast.play(office, to="usulan")
    kartika = enter(office.kartika)
    kartika.go(f"/periode/{round.pk}/perpanjang/usulan/")
    busy = kartika.page.locator("#busy")

    held = []
    assert busy.is_hidden()
    kartika.page.route("**/perpanjang/**", lambda route: held.append(route))
    kartika.page.evaluate("document.querySelector('main form[method=post]').requestSubmit()")
    busy.wait_for()
    assert busy.inner_text().strip() == said("This takes a moment. Please leave the page open.")

    held[0].continue_()
    kartika.page.locator("main .invalid-feedback, main .alert").first.wait_for()
    assert busy.is_hidden()
