"""The key of the ballot box in three hands, two of which have to come together."""

import re

import pytest

from anas.rounds import services
from tests import cast
from tests.browser.person import Person
from voting import counting
from voting.models import Poll

pytestmark = [pytest.mark.browser, pytest.mark.once]  # the same acts without a browser run on both databases

HOLDERS = ["wulan", "hadi", "siti"]


def take(holder: Person, path: str) -> str:
    """Writes the part down and types two of its words back; answers with what was written down."""
    holder.go("/")
    holder.follow(f"{path}kotak-suara/kunci/")
    holder.press('form[action$="/bagian/"] button')
    words = holder.page.locator(".key-words li").all_inner_texts()
    labels = [holder.page.locator(f"label[for=id_{name}]").inner_text() for name in ("first", "second")]
    first, second = (words[int(re.search(r"\d+", label)[0]) - 1] for label in labels)
    holder.fill(first=first, second=second)
    holder.press("form.measure button")
    return " ".join(words)


def vote_for_nobody(voter: Person, path: str) -> None:
    voter.go(f"{path}suara/")
    voter.fill_in({f"pilihan-{code}": "-" for code in cast.CODES})
    voter.press()
    voter.press('button[name="cast"]')


def test_three_take_their_parts_away_and_two_bring_them_for_the_count(office, enter):
    round = cast.play(office, to="tim")
    cast.assess_all(office, round)
    services.close_stage(cast.again(round), by=office.lina)
    path = f"/periode/{round.pk}/"
    kartika, ratna = enter(office.kartika), enter(office.ratna, phone=True)

    kartika.go(path)
    kartika.follow(f"{path}lanjut/")
    for name in HOLDERS:
        kartika.fill(keyholders=getattr(office, name).pk)
    kartika.fill(mode="parts", threshold="2")
    kartika.press("main form.measure button[type=submit]")

    holders = {name: enter(getattr(office, name)) for name in HOLDERS}
    parts = {}
    for name, holder in holders.items():
        ratna.go(f"{path}suara/")
        assert ratna.page.locator("main form").count() == 0
        parts[name] = take(holder, path)
    vote_for_nobody(ratna, path)

    kartika.go(path)
    kartika.confirm(f"{path}tutup/")
    for name in ("wulan", "siti"):
        kartika.go(f"{path}kotak-suara/hitung/")
        assert kartika.page.locator("main form button[type=submit]").count() == 0
        holders[name].go("/")
        holders[name].follow(f"{path}kotak-suara/kunci/")
        holders[name].fill(words=parts[name])
        holders[name].press("form.measure button")
    kartika.go(f"{path}kotak-suara/kunci/")
    kartika.confirm(f"{path}kotak-suara/hitung/")

    tallies = counting.tallies(Poll.objects.get())
    assert [(tally.valid, tally.abstentions) for tally in tallies.values()] == [(0, 1)] * 3
