"""What the ballot weighs over the wire, from the server that an office runs."""

import re
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.bench import servers

pytestmark = pytest.mark.once  # with a server and a database of its own

KILOBYTE = 1000


@dataclass(frozen=True)
class Answer:
    head: str
    size: int  # of head and body, as they came
    body: bytes

    @property
    def is_kept(self) -> bool:
        return "immutable" in self.head


@dataclass
class Phone:
    """A browser that fetches a page with everything in it, and keeps what it may."""

    port: int
    session: str

    def get(self, address: str, *, accepts: str = "gzip, deflate, br") -> Answer:
        lines = [f"GET {address} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Accept-Encoding: {accepts}"]
        lines += [f"Cookie: sessionid={self.session}; csrftoken={'a' * 32}", "", ""]
        with socket.create_connection(("127.0.0.1", self.port), 20) as line:
            line.sendall("\r\n".join(lines).encode())
            data = b"".join(iter(lambda: line.recv(65536), b""))
        head, _blank, body = data.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), (address, head)
        return Answer(head.decode("latin-1"), len(data), body)

    def plain(self, address: str) -> str:
        return self.get(address, accepts="identity").body.decode()

    def files(self, path: str) -> set[str]:
        """What the page and its style sheets fetch."""
        found = set(re.findall(r'(?:src|href)="(/[^"#]*)[^"]*"', self._fetching(self.plain(path))))
        for sheet in [file for file in found if ".css" in file]:
            inside = re.findall(r'url\("?([^")]+)"?\)', self.plain(sheet))
            found |= {urljoin(sheet, file) for file in inside if not file.startswith("data:")}
        return found

    def _fetching(self, html: str) -> str:
        return " ".join(re.findall(r"<(?:img|link|script|use)\b[^>]*>", html))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A server with production settings, and what the visitor needs."""
    home = tmp_path_factory.mktemp("weight")
    env = servers.environment(home, f"sqlite:///{home / 'anas.sqlite3'}")
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0", "--ignore", "admin"]
    collecting = subprocess.Popen(collect, env=env, cwd=servers.ROOT)
    given = servers.inside("tests.voting.weighed", env=env)
    assert collecting.wait() == 0
    with servers.Gunicorn("anas.wsgi", env, log=Path(home / "log"), ready="/healthz") as server:
        yield Phone(server.port, given["session"]), given["path"]


def test_a_ballot_with_twelve_faces_comes_over_a_slow_line(office):
    phone, path = office
    files = {file: phone.get(file) for file in phone.files(path)}
    page = phone.get(path)

    faces = [answer for file, answer in files.items() if "/foto/" in file]
    first = page.size + sum(answer.size for answer in files.values())
    second = page.size + sum(answer.size for answer in files.values() if not answer.is_kept)
    sizes = {file: answer.size for file, answer in files.items()} | {path: page.size}
    assert len(faces) == 12
    assert first < 120 * KILOBYTE, sizes
    assert second < 15 * KILOBYTE, sizes


def test_a_face_is_kept_for_one_session_and_never_by_a_proxy(office):
    phone, path = office
    faces = [phone.get(file) for file in phone.files(path) if "/foto/" in file]

    for head in {re.sub(r"(Date|Content-Length): .*", "", face.head) for face in faces}:
        assert "Cache-Control: private, max-age=86400, immutable" in head
        assert re.search(r"Vary: .*Cookie", head)
    assert all(face.size < 4700 and b"Exif" not in face.body for face in faces)
