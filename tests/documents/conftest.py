import re
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone, translation
from pypdf import PdfReader

from anas.documents import facts, papers, services
from anas.documents.models import Document
from anas.documents.signing import stamp, ways
from tests import cast
from tests.documents import whole_set
from tests.documents.short import round_with_result

SITE = "https://anas.example"


def text_of(pdf: bytes) -> str:
    """What can be read in a PDF, every run of blanks and line ends as one blank."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(bytes(pdf))).pages))


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(bytes(pdf))).pages]


def fonts_of(page) -> list:
    return [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]


def issue(office, round, *, number: str = "188/19/DPMPTSP/2026", **more) -> Document:
    return services.issue_decree(
        round, number=number, date=timezone.localdate(), by=cast.fresh(office.kartika), site=SITE, **more
    )


@pytest.fixture
def no_paper(monkeypatch):
    """For tests that do not look at the paper: bytes that bear the code as a PDF of ours does, quickly made."""
    monkeypatch.setattr(papers, "render", lambda kind, facts, **how: b"%%PDF /ID [(%b) (x)]" % facts["code"].encode())


class QuickTools:
    """Stands in for `pades` where nobody looks at the file."""

    @staticmethod
    def open_key(file, passphrase):
        return None

    @staticmethod
    def spot_in(pdf, kind):
        return None

    @staticmethod
    def sign(pdf, **about):
        return pdf + b"/ByteRange"

    @staticmethod
    def examine(original, signed):
        return SimpleNamespace(holder="Hadi Purnomo", subject="Hadi", issuer="BSrE", serial="1")


@pytest.fixture
def quick_signing(no_paper, monkeypatch):
    """Neither the paper nor the signature takes time."""
    monkeypatch.setattr(ways, "tools", lambda: QuickTools)
    monkeypatch.setattr(stamp, "picture", lambda *args, **kwargs: None)


@pytest.fixture(autouse=True)
def in_english(settings):
    """Pages and reasons in the language of the source; documents are in Indonesian all the same."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def approved(office):
    return round_with_result(office)


@pytest.fixture
def decree(office, approved) -> Document:
    return issue(office, approved)


@pytest.fixture
def certificates(office, decree) -> list[Document]:
    return services.issue_certificates(cast.again(decree.round), by=cast.fresh(office.kartika), site=SITE)


@pytest.fixture(scope="session")
def papers_of_a_round(album, django_db_blocker) -> dict[str, whole_set.Paper]:
    """Every kind of paper of one round, issued through the services and kept in memory."""
    with (
        django_db_blocker.unblock(),
        override_settings(LANGUAGE_CODE="en", PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
        translation.override("en"),
        transaction.atomic(),
    ):
        made = whole_set.make()
        transaction.set_rollback(True)
    return made


@pytest.fixture
def sample(office) -> dict:
    """The facts of a decree, to render without playing a round."""
    return facts.sample(office.unit, date(2026, 11, 22))
