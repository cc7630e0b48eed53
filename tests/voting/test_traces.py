"""After a vote nothing on the server says what it was, or which envelope it is. Each search is shown to find what was
planted before it is believed."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.views import debug

from anas.people.models import Employee
from anas.rounds import services as rounds
from nominations.models import Nominee
from tests import cast
from voting.models import Envelope, Poll, Voter

FIRST_NOMINEE = 7_340_001  # a number that is found nowhere by chance


def all_rows() -> Counter:
    """Every row of every table as text, with the name of its table; bytes as hexadecimal digits."""
    found = Counter()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.update((table, " | ".join(map(as_text, row))) for row in cursor.fetchall())
    return found


def as_text(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


@pytest.fixture
def round(office):
    start_nominees_at(FIRST_NOMINEE)
    return cast.play(office, to="polling", anew=True)


def start_nominees_at(number: int) -> None:
    table = Nominee._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, number])
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])


class Voting:
    """Ratna at her browser, and all that she sends and gets."""

    def __init__(self, office: cast.Office, round: cast.Round):
        self.employee, self.round = office.ratna, round
        self.path = f"/periode/{round.pk}/suara/"
        self.chosen = {f"pilihan-{code}": keys[1] for code, keys in round.stage_of_kind("poll").poll.contests.items()}
        self.browser = Client(raise_request_exception=False)
        self.browser.force_login(office.ratna, backend="anas.people.backends.EmployeeBackend")
        self.lines: list[str] = []  # as a web server logs them: the request line and where the visitor came from

    def send(self, **form):
        answer = self.browser.post(self.path, {**self.chosen, **form}, headers={"referer": f"http://x{self.path}"})
        self.lines.append(
            f'"POST {answer.request["PATH_INFO"]}" {answer.status_code} "{answer.request["HTTP_REFERER"]}"'
        )
        if answer.status_code == 302:
            self.lines.append(f'"GET {answer["Location"]}"')
        return answer

    def open_form(self) -> None:
        self.nonce = self.send().context["nonce"]

    def vote(self):
        return self.send(nonce=self.nonce, cast="1")

    def links(self) -> list[str]:
        """What leads to her envelope, and must not stand beside her name: known to her browser alone."""
        (envelope,) = Envelope.objects.all()
        receipt = self.browser.get(self.path).context["receipt"]
        sealed = bytes(envelope.sealed).hex()
        return [self.nonce[:32], receipt.code, receipt.envelope_hash, envelope.pk.hex, str(envelope.pk), sealed]

    def choices(self) -> list[str]:
        names = Nominee.objects.filter(pk__in=self.chosen.values()).values_list("employee__name", flat=True)
        return [*map(str, self.chosen.values()), *names]


@pytest.fixture
def voting(office, round):
    voting = Voting(office, round)
    voting.open_form()
    return voting


def found(texts: list[str], places: dict[str, str]) -> set[str]:
    return {place for place, content in places.items() for text in texts if text in content}


# --- The database -----------------------------------------------------------------------------------------------------


def test_a_vote_changes_its_line_on_the_roll_and_adds_an_envelope_and_nothing_else(voting):
    before = all_rows()
    voting.vote()
    gone, new = before - all_rows(), all_rows() - before

    assert [table for table, _row in gone] == ["voting_voter"]
    assert sorted(table for table, _row in new) == ["voting_envelope", "voting_voter"]
    rows = {table: row.split(" | ") for table, row in new}
    (envelope,), poll = Envelope.objects.all(), Poll.objects.get()
    line = Voter.objects.get(employee=voting.employee)
    unit = as_text(voting.employee.unit_id)
    identity = envelope.pk.hex if connection.vendor == "sqlite" else str(envelope.pk)
    assert sorted(rows["voting_envelope"]) == sorted([identity, as_text(poll.pk), bytes(envelope.sealed).hex()])
    assert Counter(rows["voting_voter"]) == Counter(
        [*map(as_text, (line.pk, poll.pk, voting.employee.pk)), unit, "True"]
    )
    assert not found(voting.choices(), dict(new.keys()))


def test_the_search_of_the_database_finds_a_planted_choice_and_a_planted_link(voting):
    before = all_rows()
    voting.vote()
    Employee.objects.filter(pk=voting.employee.pk).update(position=f"chose {voting.chosen['pilihan-pns']}")

    assert found(voting.choices(), dict((all_rows() - before).keys())) == {"people_employee"}


# --- Sessions, cache, logs, audit trail, admin ------------------------------------------------------------------------


def places(office: cast.Office, voting: Voting, log: str) -> dict[str, str]:
    """All that the server keeps or shows besides the box itself."""
    box = (Envelope._meta.db_table,)
    return {
        "database": "\n".join(row for table, row in all_rows() if table not in box),
        "sessions": "\n".join(str(session.get_decoded()) for session in Session.objects.all()),
        "cache": "\n".join(str(vars(cache)) for cache in caches.all(initialized_only=False)),
        "log": log,
        "web server's log": "\n".join(voting.lines),
        "audit trail": page_as(office.wulan, reverse("rounds:audit", args=[voting.round.pk])),
        "ballot box": page_as(office.wulan, reverse("voting:box", args=[voting.round.pk])),
        "admin": "\n".join(admin_pages()),
    }


def page_as(employee: Employee, path: str) -> str:
    browser = Client()
    browser.force_login(employee, backend="anas.people.backends.EmployeeBackend")
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def admin_pages() -> Iterator[str]:
    """Every list of the admin, and every row's page, as the administrator sees them."""
    administrator = Employee.objects.create_superuser("admin", name="Administrator")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield page_as(administrator, reverse(f"{name}_changelist"))
        for row in model._default_manager.all()[:50]:
            yield page_as(administrator, reverse(f"{name}_change", args=[row.pk]))
    administrator.delete()


def test_nothing_that_the_server_keeps_or_shows_leads_to_the_envelope(office, voting, caplog):
    caplog.set_level(logging.DEBUG)
    voting.vote()
    voting.vote()

    assert found(voting.links(), places(office, voting, caplog.text)) == set()
    assert found(voting.choices(), {"log": caplog.text, "web server's log": "\n".join(voting.lines)}) == set()


def test_the_search_finds_a_link_that_is_planted_anywhere(office, voting, caplog):
    voting.vote()
    code = voting.links()[1]
    rounds.note(voting.round, office.kartika, "box.opened", code)
    logging.getLogger("django.request").warning("%s", code)
    voting.lines.append(code)
    caches["default"].set("last", code)
    session = voting.browser.session
    session["receipt"] = code
    session.save()

    where = found([code], places(office, voting, caplog.text))

    caches["default"].clear()
    assert where == {"database", "sessions", "cache", "log", "web server's log", "audit trail", "admin"}


def test_envelopes_and_choices_are_not_in_the_admin():
    shown = {model.__name__ for model in admin.site._registry}

    assert "Voter" in shown
    assert not shown & {"Envelope", "Choice", "VoterCard", "KeyShare"}


# --- Error reports ----------------------------------------------------------------------------------------------------


@pytest.fixture
def reports(settings, caplog):
    """What is mailed to the administrator where something was not caught, with all that Django can say."""
    settings.ADMINS = [("Administrator", "admin@example.org")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    handler = next(handler for handler in logging.getLogger("django").handlers if handler.name == "mail_admins")
    handler.include_html = True
    yield lambda: unescape("\n".join(text for sent in mail.outbox for text in (sent.body, *alternatives(sent))))
    handler.include_html = False


def alternatives(sent: mail.EmailMultiAlternatives) -> list[str]:
    return [content for content, _type in sent.alternatives]


@pytest.mark.parametrize(
    "place",
    [
        "django.contrib.sessions.backends.db.SessionStore.load",
        "anas.people.backends.EmployeeBackend.get_user",
        "voting.ballots.choices",
        "voting.ballots._choice",
        "voting.services.cast",
        "voting.services.checked_choices",
        "voting.services._mark",
        "voting.receipts.nonce_bytes",
        "voting.sealing.envelope_id",
        "voting.sealing.seal",
        "voting.sealing._plain",
        "voting.models.Envelope.save",
        "voting.views.redirect",
    ],
)
def test_an_error_report_shows_neither_choice_nor_link(voting, reports, monkeypatch, caplog, place):
    def broken(*args, **kwargs):
        everything = (args, kwargs, dict(kwargs))
        raise RuntimeError(f"a fault, planted among {len(everything)} things")

    monkeypatch.setattr(place, broken)
    answer = voting.vote()

    assert answer.status_code == 500
    said = {"report": reports(), "log": caplog.text, "answer": answer.content.decode()}
    assert "a fault, planted among 3 things" in said["report"] and "in broken" in said["report"]
    assert "suara" in said["report"], "the report knows the form and its cookies by name"
    assert found([*voting.choices(), voting.nonce, voting.nonce[:32]], said) == set()


def test_a_report_would_show_choice_and_link_if_nobody_hid_them(voting, reports, monkeypatch):
    """With Django's own filter, and an error before the view can say that its input is sensitive."""
    monkeypatch.setattr(debug, "get_default_exception_reporter_filter", debug.SafeExceptionReporterFilter)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", lambda self: 1 / 0)

    voting.vote()

    assert found([str(voting.chosen["pilihan-pns"])], {"report": reports()}) == {"report"}
    assert found([voting.nonce], {"report": reports()}) == {"report"}


# --- What the database keeps of its rows besides their columns -------------------------------------------------------


VOTERS = ["ratna", "siti", "budi", "agus", "bayu", "citra", "doni", "maya"]


@pytest.fixture
def votes(office, transactional_db) -> list[tuple[Employee, bytes]]:
    """Eight people vote one after the other; who, and the bytes of the envelope."""
    round = cast.play(office, to="polling")
    found = []
    for name in VOTERS:
        receipt = cast.vote(office, round, getattr(office, name))
        sealed = {hash_of(envelope): bytes(envelope.sealed) for envelope in Envelope.objects.all()}
        found.append((getattr(office, name), sealed[receipt.envelope_hash]))
    return found


def hash_of(envelope: Envelope) -> str:
    return cast.voting.sealing.envelope_hash(bytes(envelope.sealed))


def close(office: cast.Office) -> None:
    poll = Poll.objects.select_related("stage__round").get()
    rounds.close_stage(cast.again(poll.round), by=cast.fresh(office.kartika))


def ask(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()]


@pytest.fixture
def only_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone has these columns")


@pytest.fixture
def only_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone is one file")


JOINED = """
SELECT voter.employee_id, envelope.sealed FROM voting_voter voter JOIN voting_envelope envelope
ON voter.xmin = envelope.xmin WHERE voter.has_voted
"""


def test_postgresql_joins_voter_and_envelope_before_the_close_and_not_after_it(only_postgresql, office, votes):
    pairs = {(voter.pk, sealed) for voter, sealed in votes}
    assert set(ask(JOINED)) == pairs, "each vote is one transaction"
    files = ask("SELECT pg_relation_filepath('voting_voter'), pg_relation_filepath('voting_envelope')")

    close(office)

    assert len(set(ask(JOINED))) == len(votes) ** 2, "each voter with each envelope: one transaction wrote them all"
    new_files = ask("SELECT pg_relation_filepath('voting_voter'), pg_relation_filepath('voting_envelope')")
    assert not set(files[0]) & set(new_files[0]), "no old version of a row lies in the files"


@pytest.mark.parametrize(
    ("order", "table", "column"),
    [
        ("place", "voting_envelope", "sealed"),
        ("place", "voting_voter", "employee_id"),
        ("id", "voting_voter", "employee_id"),
    ],
)
def test_no_place_and_no_number_keeps_the_order_of_the_votes(office, votes, order, table, column):
    """Where rows lie in their file, and the numbers of a sequence: by chance they are as before once in 40,000."""
    voted = "" if table == "voting_envelope" else "WHERE has_voted"
    place = {"postgresql": "ctid", "sqlite": "rowid"}[connection.vendor] if order == "place" else order
    question = f"SELECT {column} FROM {table} {voted} ORDER BY {place}"
    before = ask(question)
    if table == "voting_envelope":
        assert before == [(sealed,) for _voter, sealed in votes], "envelopes lie as they came"

    close(office)

    assert sorted(ask(question)) == sorted(before)
    assert ask(question) != before


def test_the_file_of_sqlite_holds_each_envelope_once(only_sqlite, office, votes):
    """Before the close the log beside the file has a page for every vote, one after the other."""
    path = Path(connection.settings_dict["NAME"])
    log = path.with_name(path.name + "-wal")
    places_before = [log.read_bytes().find(sealed) for _voter, sealed in votes]
    assert -1 not in places_before and places_before == sorted(places_before)

    close(office)

    assert not log.exists() or not log.stat().st_size
    content = path.read_bytes()
    assert [content.count(sealed) for _voter, sealed in votes] == [1] * len(votes)
    assert [content.find(sealed) for _voter, sealed in votes] != sorted(
        content.find(sealed) for _voter, sealed in votes
    )
    assert ask("PRAGMA freelist_count") == [(0,)]


def test_a_log_line_of_the_web_server_names_no_choice(voting):
    """The addresses of a vote carry nothing but the number of the round."""
    voting.vote()

    assert {re.sub(r"\d+", "N", line) for line in voting.lines} == {
        '"POST /periode/N/suara/" N "http://x/periode/N/suara/"',
        '"GET /periode/N/suara/"',
    }
