import pytest

from tests import cast


@pytest.fixture
def round(office):
    """Its poll has just been opened."""
    return cast.play(office, to="polling")


@pytest.fixture
def path(round):
    """Of the ballot."""
    return f"/periode/{round.pk}/suara/"
