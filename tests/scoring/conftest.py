import pytest
from django.db import transaction

from scoring import bundle as bundles
from tests import cast
from tests.scoring import bundles as played

NAMES = {True: "with-names", False: "without-names"}


@pytest.fixture(scope="session")
def both(django_db_setup, django_db_blocker):
    """The files of a played round's bundle with and without names. The round is gone when the tests run."""
    with django_db_blocker.unblock(), transaction.atomic():
        round = played.play(cast.make_office())
        found = {names: bundles.contents(round, names=names) for names in NAMES}
        transaction.set_rollback(True)
    return found


@pytest.fixture(params=[True, False], ids=NAMES.get)
def files(both, request):
    """A bundle with names, and once more without."""
    return both[request.param]


@pytest.fixture
def named(both):
    return both[True]


@pytest.fixture
def zip_path(tmp_path):
    """`zip_path(data)` → where a file of these bytes lies."""

    def written(data: bytes):
        path = tmp_path / "bundle.zip"
        path.write_bytes(data)
        return path

    return written
