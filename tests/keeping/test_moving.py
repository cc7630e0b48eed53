"""An office moves from one database to the other and loses nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests import postgres
from tests.bench import servers
from tests.keeping.helpers import lines, table

pytestmark = pytest.mark.once  # both databases take part each time


@pytest.fixture
def other_database(tmp_path) -> Iterator[str]:
    """The address of an empty database of the other kind."""
    if connection.vendor == "postgresql":
        yield f"sqlite:///{tmp_path / 'other.sqlite3'}"
        return
    try:
        with postgres.Server() as server:
            yield server.url
    except postgres.PostgresError as problem:
        if os.environ.get("CI") or os.environ.get("REQUIRE_POSTGRES"):
            raise
        pytest.skip(str(problem))


@pytest.fixture
def manage(other_database, tmp_path):
    """`manage("migrate")` runs there, in a process and a folder of its own."""
    env = servers.environment(tmp_path / "other", other_database, DEMO="1")

    def run(*arguments: object) -> str:
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(command, env=env, cwd=servers.ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def contents(path: Path) -> dict[str, list]:
    """Rows by table and the files of a backup."""
    found = lines(path)
    heads = [line for line in found if isinstance(line, dict)]
    tables = {line["table"]: table(found, line["table"]) for line in heads if "table" in line}
    return tables | {"files": [line for line in heads if "file" in line]}


def test_an_office_moves_to_the_other_database(keeper, manage, tmp_path):
    here, there = keeper.backup(to="announced", plain=True), tmp_path / "there.backup"

    manage("migrate", "--verbosity", "0")
    manage("restore", here)
    manage("backup", there, "--plain")
    before, after = contents(here), contents(there)

    assert after["rounds.AuditChain"].pop()["name"] == "office"
    assert after["rounds.AuditEntry"].pop()["action"] == "backup.restored"
    assert after == before
    assert len(before["files"]) == 2
    assert manage("verify_log").startswith("round-")
