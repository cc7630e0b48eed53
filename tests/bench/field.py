"""The two projects side by side: one PostgreSQL server that keeps what it has acknowledged; for each project a database
and two gunicorn workers of its own."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from tests.bench import servers
from tests.bench.client import request
from tests.postgres import Server

TOKEN = "a" * 32  # against forged forms; any 32 letters do, as long as cookie and form agree


@dataclass
class Project:
    """One of the two as the client sees it. `given`: what its preparation told (ours.py, minimal/prepare.py)."""

    port: int
    given: dict[str, Any]
    url: str

    def get(self, voter: dict[str, str]) -> bytes:
        """The request for the ballot page."""
        return request("GET", self.given["path"], {"sessionid": voter["session"]})

    def cast(self, voter: dict[str, str]) -> bytes:
        """The request that casts a vote."""
        form = {**self.given["form"], **({"cast": "1", "nonce": voter["nonce"]} if "nonce" in voter else {})}
        cookies = {"sessionid": voter["session"], "csrftoken": TOKEN}
        return request("POST", self.given.get("vote", self.given["path"]), cookies, form)

    def login(self, voter: dict[str, str]) -> bytes:
        form = {"username": voter["number"], "password": self.given["password"]}
        return request("POST", "/masuk/", {"csrftoken": TOKEN}, form)

    def tell(self, *statements: str) -> list[tuple]:
        """Says something to the database; answers with the rows of the last statement."""
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()


@dataclass
class Field:
    server: Server
    ours: Project
    minimal: Project
    env: dict[str, str]  # of our application


@contextmanager
def folder() -> Iterator[Path]:
    """For what the servers keep; gone at the end."""
    path = Path(tempfile.mkdtemp(prefix="anas-bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def field(voters: int) -> Iterator[Field]:
    """Both projects, prepared with the same office and running."""
    with ExitStack() as stack:
        server = stack.enter_context(Server(durable=True))
        data = stack.enter_context(folder())
        env, ours = prepare_ours(data, server.url, voters)
        minimal_url = server.url.removesuffix("/anas") + "/minimal"
        Project(0, {}, server.url).tell("CREATE DATABASE minimal")
        minimal_env = servers.environment(data, minimal_url, "tests.bench.minimal.settings")
        minimal = servers.inside("tests.bench.minimal.prepare", env=minimal_env, given=ours)
        log = data / "log"
        our_server = stack.enter_context(servers.Gunicorn("anas.wsgi", env, log=log))
        minimal_server = stack.enter_context(servers.Gunicorn("tests.bench.minimal.wsgi", minimal_env, log=log))
        yield Field(
            server,
            Project(our_server.port, ours, server.url),
            Project(minimal_server.port, minimal | {"password": ours["password"]}, minimal_url),
            env,
        )


def prepare_ours(data: Path, url: str, voters: int) -> tuple[dict[str, str], dict[str, Any]]:
    """An office whose poll is open, with the static files of a real installation."""
    env = servers.environment(data, url)
    given = servers.inside("tests.bench.ours", voters, env=env)
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, env=env, cwd=servers.ROOT, check=True)
    return env, given
