import pytest
from django.utils import translation

from anas.rounds.models import Round
from nominations.models import Proposal
from tests import cast
from tests.nominations.helpers import url


@pytest.fixture(autouse=True)
def in_english(settings):
    """These tests read what is said in the source's own language."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def round(office) -> Round:
    """A round in which the units propose."""
    return cast.play(office, to="usulan")


@pytest.fixture
def proposal(office, round) -> Proposal:
    """That of Bidang Perizinan: Bambang proposes, Budi (eselon4), Bayu (pns) and Bunga (nonasn) can be proposed."""
    return Proposal.objects.get(stage__round=round, unit=office.units["perizinan"])


@pytest.fixture
def address(office, proposal) -> str:
    """The page on which Bambang assesses Bayu."""
    return url(proposal, "calon", office.bayu.pk)
