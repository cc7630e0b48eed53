"""Whoever waits longer than a second is told that the work goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.browser.person import said

pytestmark = [pytest.mark.browser, pytest.mark.once]

SEND_AND_LOOK = """async () => {
    const busy = document.getElementById("busy");
    const look = () => busy.hidden ? "" : busy.innerText.trim(), seen = [look()];
    document.querySelector("main form[method=post]").requestSubmit();
    for (const wait of [500, 1000]) {
        await new Promise((done) => setTimeout(done, wait));
        seen.push(look());
    }
    return seen;
}"""


def test_a_slow_answer_is_announced_until_it_comes(office, enter):
    round = cast.play(office, to="usulan")
    kartika = enter(office.kartika)
    kartika.go(f"/periode/{round.pk}/perpanjang/usulan/")
    later = timezone.localtime() + timedelta(days=30)
    kartika.fill(reason="Masih banyak yang cuti.", closes_at=later.strftime("%Y-%m-%dT%H:%M"))
    held = []
    kartika.page.route("**/perpanjang/**", lambda route: held.append(route))

    assert kartika.page.evaluate(SEND_AND_LOOK) == ["", "", said("This takes a moment. Please leave the page open.")]

    held[0].continue_()
    kartika.page.locator("main .invalid-feedback, main .alert").first.wait_for()
    assert kartika.page.locator("#busy").is_hidden()
