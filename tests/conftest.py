import os
import re
from functools import cache

import pytest
from django.conf import settings
from django.core.cache import cache as django_cache
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import override_settings
from django.utils import translation

from anas import urls
from anas.documents import papers, pdf
from tests import cast
from tests.addresses import STATES, make_world
from voting import ballots

PAGES = re.compile(r"_pages?\.py$")
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first: at the end both workers have something to do."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_itemcollected(item):
    """What says the same on each database is run once by `make test`: tests without one, and tests of pages, which show
    what the services have found. Every page and every form is asked for on each by test_never_500."""
    has_database = not DATABASE.isdisjoint(item.fixturenames) or item.get_closest_marker("django_db")
    if not has_database or (PAGES.search(item.path.name) and "voting" not in item.path.parts):
        item.add_marker("once")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Argon2id is slow on purpose; tests that are not about it do not wait for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def source_language(request, settings):
    """Assertions read the source strings, which are English. Tests about the office's language, and those in a
    browser, put settings.LANGUAGE_CODE back to "id"."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """The public pages count how often an address asks."""
    django_cache.clear()


@pytest.fixture(autouse=True)
def no_ballot_from_before():
    """A process remembers ballots by their round; a test's rounds have the numbers of the test before."""
    ballots.frozen.cache_clear()


@pytest.fixture(scope="session")
def album(django_db_setup, django_db_blocker):
    """The round of the cast is played once for all tests (`cast.play`)."""
    with (
        django_db_blocker.unblock(),
        override_settings(LANGUAGE_CODE="en"),
        translation.override("en"),
        transaction.atomic(),
    ):
        cast.fill_album()
        transaction.set_rollback(True)


@pytest.fixture
def office(db, album) -> cast.Office:
    return cast.make_office()


@pytest.fixture(scope="module", params=STATES)
def world(request, django_db_setup, django_db_blocker):
    """One office per state of a round, for all tests of a file; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world(request.param)
        transaction.set_rollback(True)


@pytest.fixture
def plain_404(monkeypatch, caplog):
    """The page that says so, and the lines in the log, take longer than to find out."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404), raising=False)
    caplog.set_level("CRITICAL", "django")


@pytest.fixture
def empty_papers(monkeypatch):
    """Every paper is a sheet with nothing on it, drawn once."""
    monkeypatch.setattr(papers, "render", lambda kind, facts, **how: empty_paper())


@cache
def empty_paper() -> bytes:
    return pdf.write("<html lang=id><title>Kosong</title>", identifier="kosong")


@pytest.fixture
def login(client):
    """`login(office.siti)` → a client in which she is logged in."""

    def as_employee(employee):
        employee.refresh_from_db(fields=["sessions_ended"])
        client.force_login(employee, backend="anas.people.backends.EmployeeBackend")
        return client

    return as_employee


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, as an office has it: an in-memory database has other locks."""
    database = connections["default"]
    if database.vendor == "sqlite":
        name = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3"
        database.settings_dict["TEST"]["NAME"] = str(settings.DATA_DIR / name)
