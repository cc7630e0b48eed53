"""The passphrase of a signature is nowhere once the call is over: looked for in everything that is kept or told."""

import logging
import pickle
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files import uploadedfile
from django.core.files.base import ContentFile
from django.core.signals import got_request_exception
from django.views import debug
from django.views.debug import ExceptionReporter

from anas.documents.models import Document
from anas.documents.signing import pades
from anas.documents.signing.passphrase import Passphrase
from anas.rounds import audit
from tests.documents import esign_server, keys
from tests.documents.esign_server import NIK

SECRETS = (keys.PASSPHRASE, esign_server.PASSPHRASE, "frasa yang salah 8264")


class Search:
    """Everything that a secret could be left in."""

    def __init__(self, caplog, capsys):
        self.caplog, self.capsys, self.told, self.reports = caplog, capsys, "", []

    def report(self, request, **_kwargs) -> None:
        """What would be mailed to ADMINS, as a page and as a text."""
        reporter = ExceptionReporter(request, *sys.exc_info())
        self.reports += [reporter.get_traceback_html(), reporter.get_traceback_text()]

    def hear(self, response) -> None:
        """An answer, with its headers and cookies."""
        self.told += f"{response.serialize_headers()}{response.cookies}{response.content.decode()}"

    def places(self, secret: str) -> set[str]:
        everything = {
            "database": rows(),
            "session": "".join(repr(session.get_decoded()) for session in Session.objects.all()),
            "cache": repr(cache._cache),
            "files": "".join(path.read_bytes().decode("latin-1") for path in files()),
            "log": "".join(f"{record.getMessage()}{record.__dict__}" for record in self.caplog.records),
            "output": "".join(self.capsys.readouterr()),
            "report": "".join(self.reports),
            "answer": self.told,
        }
        return {place for place, content in everything.items() if secret in content}


def rows() -> str:
    found = [row for model in apps.get_models() for row in model.objects.values_list()]
    return repr(
        [[bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else v for v in row] for row in found]
    )


def files() -> list[Path]:
    """But for the database itself."""
    return [path for path in project.DATA_DIR.rglob("*") if path.is_file() and "sqlite3" not in path.name]


@pytest.fixture
def search(caplog, capsys, settings):
    caplog.set_level("DEBUG")
    found = Search(caplog, capsys)
    got_request_exception.connect(found.report)
    yield found
    got_request_exception.disconnect(found.report)


def broken(request) -> None:
    words = request  # noqa: F841 - a report shows what stands in a variable
    raise ZeroDivisionError


def test_a_planted_secret_would_be_found(search, office, login, monkeypatch):
    secret = "rahasia yang ditanam 4417"
    assert search.places(secret) == set()

    audit.record(None, by=None, action="x", detail_of_it=secret)
    client = login(office.hadi)
    session = client.session
    session["x"] = secret
    session.save()
    cache.set("x", secret)
    planted = project.DATA_DIR / "tertinggal"
    planted.write_text(secret)
    logging.getLogger("anas").warning("Tried: %s", secret)
    print(secret)
    search.told = secret
    monkeypatch.setattr(debug, "get_exception_reporter_filter", lambda request: debug.SafeExceptionReporterFilter())
    try:
        broken(secret)
    except ZeroDivisionError:
        search.report(None)

    try:
        assert search.places(secret) == {"database", "session", "cache", "files", "log", "output", "report", "answer"}
    finally:
        planted.unlink()


def test_an_error_report_shows_the_value_of_no_variable(search, db):
    secret = "".join(reversed("0811 habuep malad aisahar"))  # a report shows lines of the source too
    try:
        broken(secret)
    except ZeroDivisionError:
        search.report(None)

    assert "words" in search.reports[0]
    assert search.places(secret) == set()


def crash(*args, **kwargs):
    raise RuntimeError("Something that nobody thought of.")


@pytest.fixture
def never_on_disk(monkeypatch):
    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", crash)


def test_no_passphrase_is_left_anywhere(search, office, decree, login, settings, monkeypatch, never_on_disk):
    client = login(office.hadi)
    client.raise_request_exception = False
    address = f"/periode/{decree.round.pk}/dokumen/{decree.pk}/tanda-tangan/"

    def send(way: str, **data) -> int:
        response = client.post(f"{address}?cara={way}", {"documents": [decree.pk], **data})
        search.hear(response)
        return response.status_code

    def file(content: bytes = b"") -> ContentFile:
        return ContentFile(content or keys.key_file(), name="hadi.p12")

    own, service, wrong = SECRETS
    with esign_server.running() as server:
        settings.BSRE_URL, settings.BSRE_USER = f"http://127.0.0.1:{server.server_port}", esign_server.USER
        settings.BSRE_PASSWORD = esign_server.PASSWORD
        answered = [
            send("p12", key_file=file(), passphrase=wrong),
            send("p12", key_file=file(b"x" * 3_000_000), passphrase=own),
            send("p12", passphrase=own),
            send("bsre", nik=NIK, passphrase=wrong),
            send("bsre", nik="123", passphrase=service),
        ]
        with monkeypatch.context() as broken:
            broken.setattr(pades.PdfSigner, "sign_pdf", crash)
            broken.setattr("http.client.HTTPConnection.request", crash)
            answered += [send("p12", key_file=file(), passphrase=own), send("bsre", nik=NIK, passphrase=service)]
        assert Document.objects.get(pk=decree.pk).state == "issued"
        answered.append(send("bsre", nik=NIK, passphrase=service))

    assert answered == [200] * 5 + [500] * 2 + [302]
    assert len(search.reports) == 4 and "Something that nobody thought of." in search.reports[0]
    assert {secret: search.places(secret) for secret in SECRETS} == dict.fromkeys(SECRETS, set())
    assert search.places(NIK) == {"answer"}  # what was typed into a form with an error stands in it again
    assert search.places(decree.number) >= {"database", "answer"}


def test_a_passphrase_does_not_show_itself():
    secret = Passphrase("rahasia")

    assert "rahasia" not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
