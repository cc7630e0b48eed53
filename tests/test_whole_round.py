"""The whole round through the services, in one go."""

from scoring import results
from tests import cast


def test_the_office_plays_a_round_to_its_announcement(office):
    round = cast.play(office, to="announced")

    assert round.state == "announced"
    assert [row.nominee.name for row in results.winners(round)] == ["Agus Salim", "Ayu Lestari", "Andi Wijaya"]
