"""A visitor asks whether a file is a document of ours; and how often he may ask."""

import hashlib
from io import BytesIO

import pytest
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from anas.documents import compare, life
from anas.people import limits
from tests import cast

SAME, GONE = "Yes: the file is this document, to the last letter.", "But it is no longer in force."
ALTERED = "No: the file was made from this document, and has been altered since."
OTHER, OTHER_ALTERED = "another document of ours:", "made from another document of ours, and has been altered"
UNKNOWN = "Not known: the file is not this document, and bears no sign of ours."
SAID = {SAME, GONE, ALTERED, OTHER, OTHER_ALTERED, UNKNOWN}


def address(document) -> str:
    return reverse("documents:verify", args=[document.code])


def send(client, document, file: bytes, **how):
    return client.post(address(document), {"file": SimpleUploadedFile("x.pdf", file, "application/pdf")}, **how)


def said(client, document, file: bytes) -> set[str]:
    page = send(client, document, file).content.decode()
    return {words for words in SAID if words in page}


def edited(pdf: bytes, *, incremental: bool) -> bytes:
    """Saved again by another tool, with another title."""
    writer = PdfWriter(BytesIO(pdf), incremental=True) if incremental else PdfWriter(clone_from=BytesIO(pdf))
    writer.add_metadata({"/Title": "Keputusan palsu"})
    saved = BytesIO()
    writer.write(saved)
    return saved.getvalue()


def test_the_same_file_is_recognised(client, decree):
    assert said(client, decree, bytes(decree.pdf)) == {SAME}


@pytest.mark.usefixtures("no_paper")
def test_of_the_same_file_is_said_that_it_no_longer_holds(client, certificates, office):
    life.revoke(certificates[0], reason="Hilang.", by=cast.fresh(office.kartika))

    assert said(client, certificates[0], bytes(certificates[0].pdf)) == {SAME, GONE}


def test_one_other_byte_is_an_altered_document(client, decree):
    pdf = bytes(decree.pdf)
    flipped = pdf[:9000] + bytes([pdf[9000] ^ 1]) + pdf[9001:]

    for altered in (flipped, pdf + b" ", edited(pdf, incremental=True), edited(pdf, incremental=False)):
        assert said(client, decree, altered) == {ALTERED}


def test_a_file_without_our_identifier_is_unknown_and_its_hash_is_shown(client, decree):
    scan = bytes(decree.pdf).replace(decree.code.encode(), b"x" * 20)
    page = send(client, decree, scan).content.decode()

    assert UNKNOWN in page
    assert hashlib.sha256(scan).hexdigest() in page
    assert said(client, decree, b"no PDF at all, code " + decree.code.encode()) == {UNKNOWN}


@pytest.mark.usefixtures("no_paper")
def test_another_document_of_ours_is_named_whole_or_altered(client, certificates, decree):
    first = certificates[0]
    page = send(client, decree, bytes(first.pdf)).content.decode()

    assert (OTHER in page, first.number in page) == (True, True)
    assert said(client, decree, bytes(first.pdf) + b" ") == {OTHER_ALTERED}


@pytest.mark.usefixtures("no_paper")
def test_the_identifier_is_found_however_it_is_written(client, decree):
    code = decree.code.encode()

    for written in (b"(%b)" % code, b"<%b>" % code.hex().encode(), b"<%b>" % code.hex().upper().encode()):
        assert said(client, decree, b"x" * 99_999 + b"/ID [ %b <00> ]" % written) == {ALTERED}


@pytest.mark.parametrize("written", [b"(" + b"a" * 20 + b")", b"<" + b"61" * 20 + b">"])
def test_the_identifier_is_found_across_two_pieces(written):
    whole = b"%%PDF trailer << /ID [ %b <00> ] >>" % written
    for cut in range(len(whole)):
        reader = compare.Reader()
        reader.new_file("file", "x.pdf", "application/pdf", len(whole))
        reader.receive_data_chunk(whole[:cut], 0)
        reader.receive_data_chunk(whole[cut:], cut)
        read = reader.file_complete(len(whole))

        assert (read.codes, read.sha256) == ({"a" * 20}, hashlib.sha256(whole).hexdigest())


def test_what_only_looks_like_an_identifier_is_no_code():
    assert compare.codes_in(b"/ID [<" + b"ff" * 20 + b">] /ID [(short)] /ID [(" + b"A" * 20 + b")]") == set()


@pytest.mark.usefixtures("no_paper")
def test_no_file_and_an_empty_one_are_said_beside_the_field(client, decree):
    assert "This field is required." in client.post(address(decree)).content.decode()
    assert "The submitted file is empty." in send(client, decree, b"").content.decode()


@pytest.mark.usefixtures("no_paper")
def test_a_file_that_is_too_large_is_not_read_to_its_end(client, decree, monkeypatch):
    monkeypatch.setattr(compare, "MEGABYTES", 0)
    page = send(client, decree, b"x" * 200_000).content.decode()

    assert "larger than 0 MB" in page
    assert not {words for words in SAID if words in page}


@pytest.mark.usefixtures("no_paper")
def test_a_file_is_kept_nowhere_not_even_for_a_moment(client, decree, monkeypatch):
    def kept(*args, **kwargs):
        raise AssertionError("the file is written to the disk")

    monkeypatch.setattr(uploadedfile, "TemporaryUploadedFile", kept)
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", kept)

    assert said(client, decree, b"%PDF-" + b"x" * 3_000_000) == {UNKNOWN}


@pytest.mark.usefixtures("no_paper")
def test_a_file_comes_from_our_own_form(decree):
    assert send(Client(enforce_csrf_checks=True), decree, b"x").status_code == 403


@pytest.fixture
def clock(monkeypatch):
    """Stands still, ten seconds before a minute ends."""
    monkeypatch.setattr(limits, "time", lambda: 1_800_000_050.5)


def statuses(ask, times: int) -> list[int]:
    return [ask().status_code for _time in range(times)]


def test_codes_can_be_looked_up_thirty_times_a_minute(client, db, clock, monkeypatch):
    def ask(**how):
        return client.get("/verifikasi/xxxx/", **how)

    assert statuses(ask, 31) == [404] * 30 + [429]
    response = ask()
    assert response.headers["Retry-After"] == "10"
    assert "Wait 10 seconds, then try again." in response.content.decode()
    assert 'href="/verifikasi/xxxx/"' in response.content.decode()
    assert ask(REMOTE_ADDR="203.0.113.9").status_code == 404
    monkeypatch.setattr(limits, "time", lambda: 1_800_000_060)
    assert ask().status_code == 404


@pytest.mark.usefixtures("no_paper")
def test_files_can_be_compared_ten_times_a_minute_and_are_not_read_after_that(client, decree, clock, monkeypatch):
    assert statuses(lambda: send(client, decree, b"x"), 10) == [200] * 10
    monkeypatch.setattr(compare.Reader, "new_file", lambda *args, **kwargs: 1 / 0)
    assert send(client, decree, b"x").status_code == 429
    assert client.get(address(decree)).status_code == 200


def test_who_owns_a_network_is_one_visitor(client, db, clock):
    def ask(number: int, network: str = "2001:db8:0:1"):
        return client.get("/verifikasi/xxxx/", REMOTE_ADDR=f"{network}::{number:x}").status_code

    assert [ask(number) for number in range(1, 32)] == [404] * 30 + [429]
    assert ask(1, "2001:db8:0:2") == 404
    mapped = [client.get("/verifikasi/x/", REMOTE_ADDR=f"::ffff:192.0.2.{number}").status_code for number in range(31)]
    assert mapped == [404] * 31


def test_an_address_that_is_none_is_counted_too(client, db, clock, settings):
    settings.BEHIND_PROXY = True

    assert statuses(lambda: client.get("/verifikasi/x/", headers={"x-forwarded-for": "a\0b"}), 31)[-2:] == [404, 429]
