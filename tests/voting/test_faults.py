"""What a voter sees when something breaks, and what is in the box afterwards. `make storm` kills more than this."""

import os
import signal

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.test import Client

from tests import cast, postgres
from tests.bench import servers
from tests.bench.client import Browser
from voting import receipts, sealing, services
from voting.models import Envelope, Voter

CHOICES = {"pilihan-eselon4": "-", "pilihan-pns": "-", "pilihan-nonasn": "-"}
LOST = OperationalError("server closed the connection unexpectedly")
BROKEN = DatabaseError("server closed the connection unexpectedly")  # as psycopg2 sometimes has it
BROKEN.__cause__ = Exception("from the driver")


@pytest.fixture
def browser(office):
    """Ratna's; it gets an error page where a test would get the exception."""
    client = Client(raise_request_exception=False)
    client.force_login(office.ratna, backend="anas.people.backends.EmployeeBackend")
    return client


@pytest.fixture
def form(browser, path):
    """On the check page, the finger over the button."""
    return {**CHOICES, "nonce": browser.post(path, CHOICES).context["nonce"], "cast": "1"}


def box() -> tuple[int, int]:
    """Voters that are marked, envelopes in the box."""
    return Voter.objects.filter(has_voted=True).count(), Envelope.objects.count()


# --- The database is away ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [LOST, BROKEN, InterfaceError("connection already closed")])
@pytest.mark.parametrize("place", ["voting.services._mark", "django.contrib.sessions.backends.db.SessionStore.load"])
def test_a_lost_database_is_said_in_words_wherever_it_is_noticed(browser, path, form, monkeypatch, fault, place):
    def broken(*args, **kwargs):
        raise fault

    monkeypatch.setattr(place, broken)
    answer = browser.post(path, form)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Back in a moment" in answer.content.decode()
    assert box() == (0, 0)


@pytest.mark.parametrize("fault", [ZeroDivisionError(), DatabaseError("Django's own"), IntegrityError("twice")])
def test_another_error_is_no_lost_database(browser, path, form, monkeypatch, fault):
    def broken(*args):
        raise fault

    monkeypatch.setattr(services, "_mark", broken)

    answer = browser.post(path, form)

    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()


@pytest.fixture(scope="module")
def server():
    """An application on a PostgreSQL server of its own, without any table."""
    try:
        with postgres.Server() as server:
            yield server
    except postgres.PostgresError as problem:
        if os.environ.get("CI") or os.environ.get("REQUIRE_POSTGRES"):
            raise
        pytest.skip(str(problem))


@pytest.fixture(scope="module")
def port(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    env = servers.environment(folder, server.url, DEBUG="0", DEMO="1")  # DEMO: static files without collectstatic
    with servers.Gunicorn("anas.wsgi", env, log=folder / "log", ready="/healthz") as gunicorn:
        yield gunicorn.port


def test_a_restart_of_the_database_while_idle_is_not_noticed(server, port):
    before = [Browser(port).get("/healthz").status for _worker in range(4)]
    server.restart()

    assert before == [200] * 4
    assert [Browser(port).get("/healthz").status for _worker in range(4)] == [200] * 4


def test_while_the_database_is_down_a_page_says_so_and_afterwards_all_is_well(server, port):
    """A session has to be looked up before any page, so this is where it is noticed."""
    server.stop("immediate")
    try:
        answers = [Browser(port, sessionid="a" * 32).get("/") for _worker in range(4)]
        health = Browser(port).get("/healthz").status
    finally:
        server.start()

    assert [answer.status for answer in answers] == [503] * 4
    assert all("<h1>" in answer.text and "Retry-After" in answer.head for answer in answers)
    assert health == 503
    assert [Browser(port).get("/healthz").status for _worker in range(4)] == [200] * 4


# --- The answer is lost -----------------------------------------------------------------------------------------------


def test_who_tries_again_after_a_lost_answer_gets_the_receipt_of_the_one_vote(browser, path, form, monkeypatch):
    """The vote was written, and the connection broke before anybody heard of it."""
    cast_vote = services.cast

    def cast_and_lose(*args, **kwargs):
        cast_vote(*args, **kwargs)
        raise LOST

    with monkeypatch.context() as patch:
        patch.setattr(services, "cast", cast_and_lose)
        assert browser.post(path, form).status_code == 503
    first = browser.post(path, form, follow=True)
    second = browser.post(path, form, follow=True)

    (envelope,) = Envelope.objects.all()
    receipt = receipts.code(sealing.envelope_hash(bytes(envelope.sealed)))
    assert first.context["receipt"].code == second.context["receipt"].code == receipt
    assert box() == (1, 1)


def test_who_tries_again_after_a_vote_that_was_not_written_votes(browser, path, form, monkeypatch):
    def broken(self, *args, **kwargs):
        raise LOST

    with monkeypatch.context() as patch:
        patch.setattr(Envelope, "save", broken)
        assert browser.post(path, form).status_code == 503
    assert box() == (0, 0)

    assert browser.post(path, form, follow=True).context["receipt"]
    assert box() == (1, 1)


# --- The worker is killed ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_between_the_two_writes_leaves_neither(office, round, monkeypatch):
    """Tried: without transaction.atomic in services.cast the voter is marked, and this is red."""
    monkeypatch.setattr(Envelope, "save", lambda self, **kwargs: os.kill(os.getpid(), signal.SIGKILL))
    connection.close()

    child = os.fork()
    if not child:
        connection.connection = None  # where a browser ran before, the child finds one that is the parent's still
        try:
            cast.vote(office, round, office.ratna)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)

    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert box() == (0, 0)
    monkeypatch.undo()
    assert cast.vote(office, round, office.ratna).code
    assert box() == (1, 1)


# --- The application is wrong -----------------------------------------------------------------------------------------


def test_the_database_itself_refuses_a_second_line_of_a_voter(office, round):
    """Tried: without the constraint voter_once in voting.models this is red."""
    line = Voter.objects.get(employee=office.ratna)

    with pytest.raises(IntegrityError), transaction.atomic():
        Voter.objects.create(poll=line.poll, employee=office.ratna)


def test_the_database_itself_refuses_a_second_envelope_of_a_form(office, round):
    cast.vote(office, round, office.ratna)
    (envelope,) = Envelope.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        Envelope(id=envelope.pk, poll=envelope.poll, sealed=b"another").save(force_insert=True)
