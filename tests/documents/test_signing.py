"""The head signs what was issued; what was issued stays."""

import hashlib
import zipfile

import pytest
from django.utils import timezone

from anas.documents import archive, compare, life
from anas.documents.compare import Fingerprint
from anas.documents.models import Document
from anas.documents.signature import Signature
from anas.documents.signing import services, ways
from anas.documents.signing.passphrase import Passphrase
from anas.people.models import Deputy, Employee
from anas.refused import Refused
from anas.rounds.models import AuditEntry, Round
from tests import cast
from tests.documents import keys
from tests.documents.keys import HADI

pytestmark = pytest.mark.once  # files and keys, not rows


def key() -> ways.Local:
    return ways.Local(keys.key_file(), Passphrase(keys.PASSPHRASE))


def reasons(document: Document, by, way=None) -> list[str]:
    with pytest.raises(Refused) as refused:
        services.sign(document, way=way or key(), by=cast.fresh(by))
    return refused.value.reasons


def again(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


class Seen:
    """A way that does something else before it signs, as somebody at another desk might."""

    def __init__(self, before):
        self.before, self.own = before, key()
        self.code, self.sentence = self.own.code, self.own.sentence

    def sign(self, paper):
        self.before()
        return self.own.sign(paper)


def test_the_signed_file_is_kept_beside_what_was_issued(office, decree, login):
    before = Document.objects.filter(pk=decree.pk).values("pdf", "sha256", "data", "number", "issued_at").get()

    signature = services.sign(decree, way=key(), by=cast.fresh(office.hadi))

    assert Document.objects.filter(pk=decree.pk).values(*before).get() == before
    assert (again(decree).state, signature.way, signature.signed_by) == ("signed", "p12", office.hadi)
    assert (signature.subject, signature.issuer, signature.serial) == (HADI, HADI, "2a")
    file = bytes(signature.pdf)
    assert file.startswith(bytes(before["pdf"])) and signature.sha256 == hashlib.sha256(file).hexdigest()
    assert b"".join(login(office.kartika).get(decree.get_absolute_url()).streaming_content) == file
    entry = AuditEntry.objects.get(action="document.signed")
    assert (entry.actor, entry.role, entry.subject) == (office.hadi, "head", decree.number)
    assert entry.detail == {
        "kind": "decree", "code": decree.short_code, "sha256": decree.sha256, "way": "p12",
        "signed_sha256": signature.sha256, "certificate": HADI, "issuer": HADI, "serial": "2a",
    }  # fmt: skip

    with zipfile.ZipFile(archive.hand_out(decree.round, by=cast.fresh(office.kartika))) as packed:
        assert packed.read(packed.namelist()[2]) == file
        assert signature.sha256 in packed.read("sha256.txt").decode()
        assert HADI in packed.read(packed.namelist()[0]).decode()

    assert {
        name: compare.verdict(again(decree), fingerprint)["verdict"]
        for name, fingerprint in {
            "signed": print_of(file),
            "as issued": print_of(bytes(before["pdf"])),
            "edited": print_of(file + b"%"),
            "another": print_of(b"%PDF-1.7"),
        }.items()
    } == {"signed": "same", "as issued": "unsigned", "edited": "altered", "another": "unknown"}
    assert reasons(decree, office.hadi) == ["It has already been signed."]


def print_of(content: bytes) -> Fingerprint:
    """As the reader of uploads leaves it, the file coming in small pieces."""
    reader = compare.Reader()
    reader.new_file("file", "x.pdf", "application/pdf", len(content))
    for start in range(0, len(content), 4096):
        reader.receive_data_chunk(content[start : start + 4096], start)
    found = reader.file_complete(len(content))
    assert found.is_signed == (b"/ByteRange" in content)
    return found


@pytest.fixture
def quick(quick_signing, decree):
    return decree


def test_who_signs(office, quick):
    only = ["Only the head of the office, or a deputy, can do this."]
    assert [reasons(quick, office.kartika), reasons(quick, office.lina), reasons(quick, office.ratna)] == [only] * 3
    today = timezone.localdate()
    Deputy.objects.create(unit=office.unit, employee=office.dedi, starts=today, ends=today)
    assert reasons(quick, office.dedi) == ["The papers of this round name Hadi Purnomo as the one who signs."]

    Round.objects.update(approved_by=office.dedi)
    assert services.waiting(cast.again(quick.round), cast.fresh(office.hadi)) == []
    other = "The certificate is that of Hadi Purnomo, and the paper is to be signed by Dedi Kurniawan."
    assert reasons(quick, office.dedi) == [other]
    Employee.objects.filter(pk=office.dedi.pk).update(name="Dedi Hadi Kurniawan")
    assert services.sign(quick, way=key(), by=cast.fresh(office.dedi)).signed_by == office.dedi


def test_what_is_not_signed(office, quick):
    draft = Document(state="draft")
    assert services.reason_not_signable(draft) == "A draft is not signed: it has to be issued first."
    Document.objects.filter(pk=quick.pk).update(state="revoked", remark="Salah.", ended_at=timezone.now())
    assert reasons(quick, office.hadi) == ["It is not in force: it is revoked."]
    minutes = Document(state="issued", kind="count")
    assert services.reason_not_signable(minutes) == "A document of this kind is signed on paper."


def test_whoever_comes_second_is_refused_and_nothing_is_half_signed(office, quick):
    first = Seen(lambda: services.sign(quick, way=key(), by=cast.fresh(office.hadi)))
    assert reasons(quick, office.hadi, first) == ["It has been signed, replaced or revoked in the meantime."]
    assert Signature.objects.count() == 1


def test_a_document_that_is_replaced_meanwhile_is_not_signed(office, quick):
    day = timezone.localdate()
    correct = lambda: life.supersede(  # noqa: E731
        quick, number="188/20", date=day, reason="Salah ketik.", by=cast.fresh(office.kartika)
    )
    assert reasons(quick, office.hadi, Seen(correct)) == ["It has been signed, replaced or revoked in the meantime."]
    assert (again(quick).state, Signature.objects.count()) == ("superseded", 0)


def test_a_file_that_is_too_large_is_not_kept(office, quick, monkeypatch):
    monkeypatch.setattr(services, "LARGEST", 0)
    assert reasons(quick, office.hadi) == ["The signed file is larger than 0 MB."]
    assert again(quick).state == "issued"


def test_a_signature_is_never_changed_or_deleted(office, quick):
    signature = services.sign(quick, way=key(), by=cast.fresh(office.hadi))
    for change in (
        signature.save,
        signature.delete,
        Signature.objects.all().delete,
        lambda: Signature.objects.update(subject="Lain"),
    ):
        with pytest.raises(Refused, match="A signature"):
            change()
    assert Signature.objects.get().subject == "Hadi"


def test_several_are_signed_until_the_time_is_over_or_one_is_refused(office, quick, monkeypatch):
    certificates = [quick] * 3
    hadi = cast.fresh(office.hadi)
    report = services.sign_some(certificates, way=key(), by=hadi, seconds=60)
    assert (report.signed, report.left) == (1, 2)
    assert report.reasons == [f"{quick}: It has already been signed."]

    monkeypatch.setattr(services, "sign", lambda document, way, by: None)
    report = services.sign_some(certificates, way=key(), by=hadi, seconds=-1)
    assert (report.signed, report.left, report.reasons) == (1, 2, [])


def test_without_the_extra_nothing_else_is_missing(office, decree, login, monkeypatch):
    monkeypatch.setattr(ways, "find_spec", lambda name: None)

    page = login(office.hadi).get(f"/periode/{decree.round.pk}/dokumen/tanda-tangan/").content.decode()

    assert "Electronic signing is not installed on this server." in page and ways.INSTALL in page
    assert reasons_of(lambda: ways.Local(b"", Passphrase(""))) == [
        f"Electronic signing is not installed on this server: {ways.INSTALL}"
    ]


def reasons_of(act) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reasons
