"""A pytest plugin: the environment of the tests. It is loaded before Django reads its settings (pyproject.toml).

What settings.py reads from the environment is taken away first, so that no variable of a developer's own shell
changes a test or leads it to real data; only DATABASE_URL stays, since it says on which database the tests run.
"""

import os
import re
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

SETTINGS = Path(__file__).parent.parent / "anas" / "settings.py"
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def data_dir() -> Path:
    """A fresh folder for this run, removed at its end; a worker of pytest-xdist gets its own one inside of it."""
    if IS_WORKER:
        own = Path(os.environ["DATA_DIR"]) / os.environ["PYTEST_XDIST_WORKER"]
        own.mkdir(exist_ok=True)
        return own
    return Path(tempfile.mkdtemp(prefix="anas-tests-"))


DATA_DIR = data_dir()
(DATA_DIR / "static").mkdir()  # whitenoise warns when it is missing
for name in re.findall(r'\benv\.\w+\(\s*"(\w+)"', SETTINGS.read_text()):
    if name != "DATABASE_URL":
        os.environ.pop(name, None)
os.environ.update(
    DATA_DIR=str(DATA_DIR),
    SECRET_KEY="for tests only, and never anywhere else, fifty letters at least",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SECURE_SSL_REDIRECT="0",  # the test client and the browser tests speak plain HTTP
    CONN_MAX_AGE="0",  # a server thread of a browser test leaves no connection behind
)


def pytest_configure():
    """Static files are taken as they lie: no test has to wait for collectstatic and its manifest."""
    from django.conf import settings

    if not IS_WORKER:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is stopped tidies up as with Ctrl-C
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_report_header():
    from django.conf import settings

    database = settings.DATABASES["default"]
    kind = database["ENGINE"].rpartition(".")[2]
    return f"database: {kind}" + (f" at {database['HOST']}" if database.get("HOST") else "")


def pytest_sessionstart():
    """The suite that should run on PostgreSQL must not pass on SQLite without a word."""
    from django.db import connection

    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    if connection.vendor != wanted:
        raise pytest.UsageError(f"DATABASE_URL asks for {wanted}, but Django uses {connection.vendor}.")


def pytest_terminal_summary(terminalreporter):
    """What failed in `make test` before this run is said once more here, where people look."""
    if before := os.environ.get("FAILED_BEFORE"):
        terminalreporter.section("before this run")
        terminalreporter.line(f"Failed, see above: {before}", red=True)


def pytest_unconfigure():
    if not IS_WORKER:
        shutil.rmtree(DATA_DIR, ignore_errors=True)
