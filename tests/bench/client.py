"""An HTTP/1.1 client that costs next to nothing, so that what is measured is the server."""

import re
import socket
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from statistics import quantiles
from threading import Lock
from urllib.parse import urlencode

SECONDS = 30  # the longest that one answer may take
NO_ANSWER = 0  # stands for a status where there was none


class NoAnswer(OSError):
    """The server went away before its answer was whole."""


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        found = re.search(rf"^{name}: (.*?)\r?$", self.head, re.IGNORECASE | re.MULTILINE)
        return found[1] if found else ""


class Connection:
    """One connection, kept alive where the server agrees. Not for two threads at once."""

    def __init__(self, port: int, *, seconds: float = SECONDS):
        self.port, self.seconds, self.socket = port, seconds, None

    def send(self, request: bytes) -> Answer:
        """Raises NoAnswer or another OSError where there was none, and does not try again."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), self.seconds)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket.sendall(request)
            answer = self._receive()
        except OSError:
            self.close()
            raise
        if answer.header("Connection").lower() == "close":
            self.close()
        return answer

    def _receive(self) -> Answer:
        data = self._more(b"")
        while (end := data.find(b"\r\n\r\n")) < 0:
            data = self._more(data)
        head, body = data[:end].decode("latin-1"), data[end + 4 :]
        answer = Answer(int(head.split(" ", 2)[1]), head, b"")
        size = int(answer.header("Content-Length") or 0)
        while len(body) < size:
            body = self._more(body)
        return Answer(answer.status, head, body)

    def _more(self, data: bytes) -> bytes:
        more = self.socket.recv(65536)
        if not more:
            raise NoAnswer("the connection was closed before the answer was whole")
        return data + more

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None


def request(method: str, path: str, cookies: dict[str, str], form: dict[str, str] | None = None) -> bytes:
    """The bytes of a request; a form is sent with the token against forged forms."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html", "Connection: keep-alive"]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    body = b""
    if form is not None:
        body = urlencode({"csrfmiddlewaretoken": cookies.get("csrftoken", ""), **form}).encode()
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Browser:
    """A person's browser: keeps cookies, follows no redirect by itself."""

    def __init__(self, port: int, **cookies: str):
        self.connection, self.cookies = Connection(port), cookies

    def get(self, path: str) -> Answer:
        return self._send("GET", path)

    def post(self, path: str, form: dict[str, str]) -> Answer:
        return self._send("POST", path, form)

    def post_and_hang_up(self, path: str, form: dict[str, str]) -> None:
        """Sends the form and is gone before the answer comes."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.connection.port), SECONDS) as connection:
            connection.sendall(request("POST", path, self.cookies, form))

    def _send(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        answer = self.connection.send(request(method, path, self.cookies, form))
        for line in re.findall(r"^set-cookie: (.*?)\r?$", answer.head, re.IGNORECASE | re.MULTILINE):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return answer


@dataclass
class Measured:
    """How long each request took, in seconds; how long all together; and the statuses that were not asked for."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    wrong: list[int] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return 1000 * (quantiles(self.times, n=100)[percent - 1] if len(self.times) > 1 else sum(self.times))

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(self.times + other.times, self.seconds + other.seconds, self.wrong + other.wrong)


def load(port: int, requests: Iterable[bytes], *, status: int, connections: int = 4) -> Measured:
    """Sends all requests through a few connections, as fast as they are answered."""
    measured, waiting, lock = Measured(), iter(requests), Lock()

    def work(_number: int) -> None:
        connection = Connection(port)
        for one in _taken(waiting, lock):
            began = time.perf_counter()
            try:
                found = connection.send(one).status
            except OSError:
                found = NO_ANSWER
            measured.times.append(time.perf_counter() - began)
            if found != status:
                measured.wrong.append(found)
        connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(work, range(connections)))
    measured.seconds = time.perf_counter() - began
    return measured


def _taken(items: Iterator[bytes], lock: Lock) -> Iterator[bytes]:
    """The same iterator for several threads."""
    while True:
        with lock:
            try:
                item = next(items)
            except StopIteration:
                return
        yield item
