"""Nothing that somebody can send gives a 500: whatever stands in the address, the query, the form or the headers."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.http import urlencode

from anas.documents import papers
from tests.access_table import EXPECTED, MARKS, ROLES
from tests.acts import ACTS
from tests.addresses import OF_AN_ARGUMENT, STATES, World, routes
from tests.conftest import empty_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_404")]

FOR_A_DATABASE = ["9" * 30, "a\0b"]  # what one database takes and another one does not
WORST = ["", *FOR_A_DATABASE, "\u202e'\"<%s{{__class__}}\x1b\ufffe"]
NASTY = [*WORST, "1e999", "x" * 5000]
ON_SQLITE = connection.vendor == "sqlite"  # where everything is tried; elsewhere what depends on the database
if not ON_SQLITE:
    WORST, NASTY = FOR_A_DATABASE, [*FOR_A_DATABASE, "x" * 5000]
IN_AN_ADDRESS = ["0", "999999", str(2**63), "9" * 300, "-", "x" * 3000, "%00", "%FF"]
ASKED = ["page", "q", "sort", "unit", "classification", "status", "service", "action", "format", "kode", "whom", "next"]
METHODS = ["OPTIONS", "FOO"]
FORM, UPLOAD = "application/x-www-form-urlencoded", "multipart/form-data"
BODIES = [
    (b'{"reason": "x"}', "application/json"),
    (b"reason=\xff\xfe&number=%00%FF", FORM),
    (b"reason=x", f"{FORM}; charset=nonsense"),
    (b"--x\r\nnonsense", f"{UPLOAD}; boundary=x"),
    (b"nonsense", UPLOAD),
]
TOO_MANY = b"&".join(b"a%d=1" % number for number in range(6000))
DONE = {act.name for acts in ACTS.values() for act in acts}
HEADERS = [
    *(
        {"cookie": f"{name}={value}"}
        for name in ("sessionid", "django_language", "messages", "csrftoken", "suara")
        for value in ("%00", "\\000", "x" * 3000, '"')
    ),
    {"accept-language": "x" * 3000},
    {"if-modified-since": "yesterday"},
    {"x-forwarded-for": "nonsense, \0"},
    {"referer": "http://[nonsense"},
    {"origin": "null"},
    {"range": "bytes=9-1"},
    {"host": "evil example"},
]


@pytest.fixture(autouse=True)
def papers_once(request):
    """What stands in a paper is no matter of the database."""
    if not ON_SQLITE:
        request.getfixturevalue("empty_papers")


def on_empty_paper(kind, facts, **how) -> bytes:
    return empty_paper()


class Sender:
    """Sends as one role, takes back what it did, and remembers what went wrong."""

    def __init__(self, world: World, role: str):
        self.client, self.faults = Client(raise_request_exception=False), []
        if role != "nobody":
            self.client.force_login(getattr(world.office, role), backend="anas.people.backends.EmployeeBackend")
        self.session = self.client.cookies

    def send(self, method: str, address: str, body: bytes = b"", kind: str = FORM, **how) -> HttpResponse:
        self.client.cookies = self.session.copy()
        with transaction.atomic():
            answer = self.client.generic(method, address, body, kind, **how)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            self.faults.append(f"{method} {address[:120]} {body[:200]!r} {how}")
        return answer

    def post(self, address: str, fields: dict[str, object]) -> HttpResponse:
        return self.send("POST", address, urlencode(fields, doseq=True).encode())


def place_of(name: str) -> tuple[str, str]:
    """The state and the role in which an address does most."""
    for state, acts in ACTS.items():
        for act in acts:
            if act.name == name:
                return state, act.who.split()[0]
    for state, role in ((state, role) for state in reversed(STATES) for role in ("kartika", *ROLES)):
        if (EXPECTED[name][role] * len(STATES))[STATES.index(state)] == "o":
            return state, role
    return "draft", "nobody"


def pages_in(world: World) -> list[tuple[str, Sender]]:
    senders = {}
    for name in routes():
        state, role = place_of(name)
        if state == world.state:
            senders[name] = Sender(world, role)
    return list(senders.items())


def test_whatever_stands_in_the_address(world):
    faults = []
    for name, sender in pages_in(world):
        for argument in OF_AN_ARGUMENT.findall(routes()[name]):
            for wrong in IN_AN_ADDRESS:
                sender.send("GET", world.address(name, **{argument: wrong}))
            sender.post(world.address(name, **{argument: str(2**63)}), {"reason": "x"})
        assert sender.send("GET", world.address(name)).status_code in MARKS
        faults += sender.faults

    assert faults == []


def test_whatever_is_asked_or_sent(world):
    faults = []
    for name, sender in pages_in(world):
        address = world.address(name)
        for value in WORST:
            sender.send("GET", f"{address.partition('?')[0]}?{urlencode(dict.fromkeys(ASKED, value))}")
        for method in METHODS if ON_SQLITE else ():
            sender.send(method, address)
        for body, kind in BODIES if name in DONE and ON_SQLITE else ():
            sender.send("POST", address, body, kind)
        faults += sender.faults

    assert faults == []


def fields_on(page: HttpResponse) -> list[str]:
    if not page.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return list(dict.fromkeys(re.findall(r'name="([^"]+)"', page.content.decode())))


def test_whatever_is_typed_into_the_forms_of_a_page(world):
    faults = []
    for name, sender in pages_in(world):
        address = world.address(name)
        fields = fields_on(sender.send("GET", address))
        for value in WORST if fields else ():
            sender.post(address, dict.fromkeys(fields, value))
        files = {field: ContentFile(b"%PDF\0", name="\u202e../x\0.pdf") for field in fields}
        sender.send("POST", address, encode_multipart(BOUNDARY, files), MULTIPART_CONTENT)
        faults += sender.faults

    assert faults == []


def kind_of(field: str) -> str:
    """ "kinerja-n12" → "kinerja", "stages[2].weight" → "stages[].weight"."""
    return re.sub(r"\[\d+\]", "[]", field.partition("-")[0])


def test_whatever_one_field_of_an_act_says(world, monkeypatch):
    """Papers are drawn with the worst text alone: with six each they took longer than all else."""
    faults, draw = [], papers.render
    for act in ACTS.get(world.state, []):
        role = act.who.split()[0]
        with transaction.atomic():
            act.before(world)
            sender, right = Sender(world, role), act.data_for(world, getattr(world.office, role))
            alike = {kind_of(field): field for field in reversed(right)}  # one for all indicators, stages, …
            for field in alike.values():
                for value in NASTY:
                    monkeypatch.setattr(papers, "render", draw if value == WORST[-1] else on_empty_paper)
                    sender.post(world.address(act.name), {**right, field: value})
            faults += sender.faults
            transaction.set_rollback(True)

    assert faults == []


@pytest.mark.once
@pytest.mark.parametrize("world", ["polling"], indirect=True)
def test_whatever_the_headers_say(world):
    for role in ("nobody", "ratna"):
        sender = Sender(world, role)
        for address in ("/", "/masuk/", world.address("rounds:detail"), world.address("voting:ballot")):
            for headers in HEADERS:
                sender.send("GET", address, headers=headers)
                sender.send("POST", address, headers=headers)
            sender.send("POST", address, TOO_MANY)
        assert sender.faults == []
