"""The pages on which the head of the office signs."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from anas.documents.models import Document
from anas.documents.signing import forms, services, views
from anas.documents.signing.uploads import InMemory
from anas.refused import Refused
from tests import cast
from tests.documents import keys
from tests.documents.conftest import text_of
from tests.documents.test_examining import signed

CHOICES = re.compile(r'name="documents" value="(\d+)"[^>]*?( checked)?>')


@pytest.fixture
def papers(decree, certificates) -> list[Document]:
    return [decree, *certificates]


@pytest.fixture
def address(decree) -> str:
    return f"/periode/{decree.round.pk}/dokumen/tanda-tangan/"


@pytest.fixture
def head(office, login) -> Client:
    return login(office.hadi)


def file(content: bytes, name: str = "x") -> ContentFile:
    return ContentFile(content, name=name)


def with_key(*documents: Document, **more) -> dict:
    chosen = [document.pk for document in documents]
    return {"documents": chosen, "key_file": file(keys.key_file()), "passphrase": keys.PASSPHRASE, **more}


def states() -> list[str]:
    return list(Document.objects.order_by("pk").values_list("state", flat=True))


def test_all_that_waits_is_signed_in_one_go(head, papers, address, django_assert_num_queries):
    with django_assert_num_queries(12):
        page = head.get(f"{address}?cara=p12").content.decode()
    assert CHOICES.findall(page) == [(str(document.pk), " checked") for document in papers]
    listed = head.get(f"/periode/{papers[0].round.pk}/dokumen/").content.decode()
    assert "4 documents can be signed electronically." in listed

    answer = head.post(f"{address}?cara=p12", with_key(*papers), follow=True)

    assert answer.redirect_chain == [(f"/periode/{papers[0].round.pk}/dokumen/", 302)]
    page = answer.content.decode()
    assert states() == ["signed"] * 4
    assert "4 documents are signed." in page and page.count("Signed electronically on") == 4
    assert "Your signature" not in page
    assert "Nothing waits for your signature" in head.get(address).content.decode()


def test_a_step_signs_some_and_the_next_one_goes_on(quick_signing, head, papers, address, monkeypatch):
    monkeypatch.setattr(views, "SECONDS_OF_A_STEP", -1)
    done = []
    for _step in papers:
        answer = head.post(f"{address}?cara=p12", with_key(*papers, step="1"))
        done.append((answer.status_code, answer.url, states().count("signed")))

    again, listed = f"{address}?cara=p12", f"/periode/{papers[0].round.pk}/dokumen/"
    assert done == [(302, again, 1), (302, again, 2), (302, again, 3), (302, listed, 4)]


def test_what_is_refused_is_said_and_nothing_is_signed(head, papers, address, monkeypatch):
    def said(way: str, data: dict) -> list[str]:
        page = head.post(f"{address}?cara={way}", data).content.decode()
        errors = re.findall(r'<div class="alert alert-danger".*?<p>(.*?)</p>|invalid-feedback[^>]*>(.*?)</', page, re.S)
        return [re.sub("<.*?>", "", one or other).strip() for one, other in errors]

    decree, *_rest = papers
    assert said("p12", with_key(passphrase="salah")) == [
        "The passphrase does not open the certificate file.",
        "Choose at least one document.",
    ]
    large = file(b"x" * (forms.KEY_KILOBYTES * 1024 + 1))
    assert said("p12", with_key(decree, key_file=large)) == ["The file is larger than 200 kB."]
    assert said("unggah", {"documents": [decree.pk], "file": file(b"%PDF-1.7")}) == [
        f"{decree}: The file cannot be read as a PDF, or it is damaged."
    ]
    monkeypatch.setattr(services, "LARGEST", 0)
    assert said("unggah", {"documents": [decree.pk], "file": file(b"%PDF-1.7")}) == ["The file is larger than 0 MB."]
    both = {"documents": [item.pk for item in papers[:2]], "file": file(b"")}
    assert said("unggah", both)[0] == "A signed file is of one document: choose which."
    assert states() == ["issued"] * 4


def test_a_signed_file_comes_back_for_its_own_document_alone(head, papers):
    decree, certificate, *_rest = papers
    pdf = head.get(decree.get_absolute_url()).getvalue()
    back = signed(pdf)
    at = "/periode/{}/dokumen/{}/tanda-tangan/?cara=unggah"
    other, own = (at.format(decree.round.pk, document.pk) for document in (certificate, decree))

    page = head.post(other, {"documents": [certificate.pk], "file": file(back)}).content.decode()
    assert "The file shows something else than the document that was issued." in page
    assert head.post(own, {"documents": [decree.pk], "file": file(back)}).status_code == 302

    assert head.get(decree.get_absolute_url()).getvalue() == back and text_of(back) == text_of(pdf)
    assert states() == ["signed", "issued", "issued", "issued"]
    assert "It has already been signed." in head.get(own).content.decode()
    assert head.post(own, {"documents": [decree.pk], "file": file(back)}).status_code == 200
    verified = Client().post(f"/verifikasi/{decree.code}/", {"file": BytesIO(back + b"\n%")}).content.decode()
    assert "bears an electronic signature, but it is not the signed file that is kept here" in verified
    verified = Client().post(f"/verifikasi/{decree.code}/", {"file": BytesIO(pdf)}).content.decode()
    assert "the electronic signature is missing" in verified


def test_what_is_sent_takes_no_more_memory_than_one_file_may_have(monkeypatch):
    monkeypatch.setattr(InMemory, "room", 10)
    reader, files = InMemory(), []
    for _place in range(3):
        reader.new_file("file", "x.pdf", "application/pdf", 0)
        for start in range(0, 8, 4):
            reader.receive_data_chunk(b"abcd", start)
        files.append(reader.file_complete(8))

    assert [(kept.size, kept.read()) for kept in files] == [(8, b"abcdabcd"), (8, b"ab"), (8, b"")]


def test_ways_that_are_not_there_are_not_offered(quick_signing, head, decree, address, settings):
    assert 'href="?cara=bsre"' not in head.get(f"{address}?cara=bsre").content.decode()
    settings.BSRE_URL = "http://127.0.0.1:9"
    page = head.get(address).content.decode()
    assert 'action="?cara=bsre"' in page and page.count('href="?cara=') == 3


def test_the_key_of_a_deputy_whom_the_papers_do_not_name_is_not_asked_for(
    quick_signing, office, papers, login, address
):
    office.unit.deputies.create(employee=office.dedi, starts="2020-01-01", ends="2099-01-01")
    page = login(cast.fresh(office.dedi)).get(address).content.decode()

    assert "The papers of this round name Hadi Purnomo as the one who signs." in page and "passphrase" not in page


def test_an_unforeseen_end_of_a_batch_leaves_what_was_signed(quick_signing, head, papers, address, monkeypatch):
    real, count = services.keep_signed, []

    def only_two(*args, **kwargs):
        count.append(1)
        if len(count) > 2:
            raise Refused("The service has gone home.")
        return real(*args, **kwargs)

    monkeypatch.setattr(services, "keep_signed", only_two)
    page = head.post(f"{address}?cara=p12", with_key(*papers)).content.decode()

    assert states() == ["signed", "signed", "issued", "issued"]
    assert "2 documents are signed." in page and f"{papers[2]}: The service has gone home." in page
    assert [int(pk) for pk, _checked in CHOICES.findall(page)] == [papers[2].pk, papers[3].pk]
