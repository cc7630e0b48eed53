"""What somebody reads when something goes wrong: each status as a browser gets it, in words, with a way on."""

from io import BytesIO

import pytest
from axes.models import AccessAttempt
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client
from django.test.client import RequestFactory

from anas import views
from anas.people.models import Employee
from tests import cast
from tests.test_language import Visible

BACKEND = "anas.people.backends.EmployeeBackend"


def page(answer) -> tuple[int, str]:
    """The status, and what stands in the main part of the page."""
    content = answer.content.decode()
    assert content.count("<h1>") == 1 and 'class="lead"' in content and 'class="acts"' in content
    lines = Visible(content[content.index("<main") : content.index("</main>")]).lines
    assert not any(word in " ".join(lines) for word in ("Error", "Exception", "Traceback", "/anas/", "line "))
    return answer.status_code, lines[0]


@pytest.fixture
def browser(office):
    client = Client(raise_request_exception=False)
    client.force_login(office.kartika, backend=BACKEND)
    return client


@pytest.mark.once
def test_what_cannot_be_read_is_not_found_or_is_not_allowed(browser, settings):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = browser.cookies
    broken = browser.post("/bahasa/", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=")

    assert page(broken) == (400, "The request could not be read")
    assert page(browser.get("/tidak-ada/")) == (404, "There is no such page")
    assert page(strict.post("/bahasa/", {"language": "en"})) == (403, "This form is too old")
    settings.LANGUAGE_CODE = "id"
    assert page(browser.get("/tidak-ada/")) == (404, "Halaman tidak ditemukan")


@pytest.mark.once
def test_what_even_the_installation_may_not_do_is_said(browser, office):
    browser.force_login(Employee.objects.create_superuser("admin", name="Admin"), backend=BACKEND)

    assert page(browser.get("/admin/voting/voter/add/")) == (403, "This page is not for you")


@pytest.mark.once
def test_more_than_a_form_may_have_is_too_large_with_files_and_without(browser, settings, office):
    settings.LARGEST_REQUEST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024**2
    much = "x" * (1024**2 + 1)
    stream = RequestFactory().post("/", much, content_type="text/plain")
    files = browser.post("/pegawai/impor/", {"unit": office.unit.pk, "file": BytesIO(much.encode())})
    text = browser.post("/periode/baru/", {"name": much})

    assert [page(files), page(text)] == [(413, "The file is too large")] * 2
    assert "1 MB" in files.content.decode()
    views._read_to_the_end(stream)
    assert stream.read() == b""


def test_whoever_tries_ten_passwords_has_to_wait(client, office):
    tries = [client.post("/masuk/", {"username": office.siti.number, "password": "salah"}) for _ in range(10)]

    assert page(tries[-1]) == (429, "Too many wrong passwords")
    assert AccessAttempt.objects.count() == 1


@pytest.mark.once
def test_a_form_that_was_open_while_the_round_moved_on_says_why_nothing_was_done(browser, office):
    round = cast.play(office, to="decreed")
    late = browser.post(f"/periode/{round.pk}/tutup/")
    again = browser.post(f"/periode/{round.pk}/jadwal/", {})

    assert [page(late), page(again)] == [(409, "Meanwhile something has changed")] * 2
    assert f"{round} is in no stage any more." in late.content.decode()
    assert browser.get(f"/periode/{round.pk}/tutup/").status_code == 404


@pytest.mark.once
def test_an_act_that_is_refused_shows_its_page_once_more_as_a_conflict(browser, office):
    round = cast.play(office, to="usulan")
    answer = browser.post(f"/periode/{round.pk}/tutup/")

    assert answer.status_code == 409 and "alert-danger" in answer.content.decode()


@pytest.mark.once
def test_what_nobody_has_caught_is_ours_and_a_database_that_is_away_comes_back(browser, office, monkeypatch, caplog):
    caplog.set_level("CRITICAL", "django")
    found = []
    for error in (ValueError("secret detail"), OperationalError("database is locked")):

        def fail(*args, error=error, **kwargs):
            raise error

        monkeypatch.setattr("anas.rounds.views.tasks_in", fail)
        cast.play(office, to="usulan") if not found else None
        found.append(browser.get("/"))

    assert [page(answer) for answer in found] == [
        (500, "Something went wrong here"),
        (503, "Back in a moment"),
    ]
    assert "secret" not in found[0].content.decode()


@pytest.mark.parametrize("name", ["500", "503", "400", "413"])
def test_the_pages_that_may_rely_on_nothing_ask_no_database(name):
    """A test without the fixture of a database fails at the first query."""
    assert "<h1>" in render_to_string(f"{name}.html", {"megabytes": 32})
