import pytest

from anas.rehearsal import services
from anas.rounds.models import Round
from tests import cast


@pytest.fixture
def real(office) -> Round:
    """A round that waits to be opened."""
    return cast.play(office, to="draft")


@pytest.fixture
def rehearsal(office, real) -> Round:
    """For the committee, the team and the heads alone."""
    return services.start(real, audience="few", by=office.kartika)
