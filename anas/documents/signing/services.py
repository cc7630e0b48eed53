"""Signing issued documents: the last thing that is done to them. The head of the office signs, or who acted for the
head when the result was approved: the one whom the paper names. What was issued stays; the signed file is kept beside.

The making of a signature takes its time and may ask another server, so it happens before the transaction that keeps it:
whoever comes second then is refused, and nothing is half signed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from django.utils.translation import gettext as _

from anas.documents.keeping import keep_signed
from anas.documents.models import Document
from anas.documents.rules import visible_documents
from anas.documents.signature import Signature
from anas.documents.signing import stamp, ways
from anas.documents.signing.paper import Paper
from anas.people.models import Employee
from anas.refused import Refused, require
from anas.rounds import rules
from anas.rounds.models import Round

KINDS = {"decree", "certificate", "announcement"}  # that one person signs alone
LARGEST = 20  # megabytes of a signed file
# In the office's language, since they stand in the signature and on the paper.
REASON, HEADLINE = "Penandatanganan dokumen", "Ditandatangani secara elektronik"


@dataclass
class Report:
    """What became of several documents: how many were signed and are left, and why it ended before the last one."""

    signed: int = 0
    left: int = 0
    reasons: list[str] = field(default_factory=list)


def waiting(round: Round, by: Employee) -> list[Document]:
    """The documents of the round that this person can sign now."""
    return signable(visible_documents(by, round), round, by)


def signable(documents: Iterable[Document], round: Round, by: Employee) -> list[Document]:
    """Those of the round's documents that this person can sign now."""
    if reason_not_signatory(round, by):
        return []
    return [item for item in documents if not reason_not_signable(item)]


def reason_not_signatory(round: Round, by: Employee) -> str | None:
    """The head of the office or today's deputy, where the papers of the round name that person; nobody in a
    rehearsal."""
    if round.is_rehearsal:
        return _("The papers of a rehearsal are worth nothing, so nobody signs them with a certificate.")
    if reason := rules.must_be(rules.HEAD, by, round):
        return reason
    named = round.approved_by or round.scope.head
    if named and named != by:
        return _("The papers of this round name %(name)s as the one who signs.") % {"name": named}
    return None


def reason_not_signable(document: Document) -> str | None:
    """Why nobody can sign the document, whoever it is."""
    if document.is_draft:
        return _("A draft is not signed: it has to be issued first.")
    if document.state == Document.State.SIGNED:
        return _("It has already been signed.")
    if not document.is_in_force:
        return _("It is not in force: it is %(state)s.") % {"state": document.get_state_display()}
    if document.kind not in KINDS:
        return _("A document of this kind is signed on paper.")
    return None


def reason_other_name(holder: str, by: Employee) -> str | None:
    """The certificate of somebody else. Certificates write names in many ways, with titles or without, so one word of
    the name is enough."""
    if _words(holder) & _words(by.name):
        return None
    return _("The certificate is that of %(holder)s, and the paper is to be signed by %(name)s.") % {
        "holder": holder,
        "name": by,
    }


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w\w+", name.casefold()))


def sign(document: Document, *, way: ways.Way, by: Employee) -> Signature:
    """Signs one document, examines the signed file whoever made it, and keeps it."""
    document = Document.objects.get(pk=document.pk)
    require(reason_not_signatory(document.round, by), reason_not_signable(document))
    original = bytes(document.pdf)
    signed = way.sign(_paper(document, original, way))
    if len(signed) > LARGEST * 1024 * 1024:
        raise Refused(_("The signed file is larger than %(limit)s MB.") % {"limit": LARGEST})
    certificate = ways.tools().examine(original, signed)
    require(reason_other_name(certificate.holder, by))
    return keep_signed(
        document,
        signed,
        by=by,
        way=way.code,
        subject=certificate.subject,
        issuer=certificate.issuer,
        serial=certificate.serial,
    )


def sign_some(documents: Iterable[Document], *, way: ways.Way, by: Employee, seconds: float) -> Report:
    """Signs one after the other until the time is over, or until one is refused: a wrong passphrase is tried once and
    not with every document. Each that was signed stays signed."""
    report, latest, documents = Report(), monotonic() + seconds, list(documents)
    for document in documents:
        try:
            sign(document, way=way, by=by)
        except Refused as refused:
            report.reasons = [f"{document}: {reason}" for reason in refused.reasons]
            break
        report.signed += 1
        if monotonic() > latest:
            break
    report.left = len(documents) - report.signed
    return report


def _paper(document: Document, original: bytes, way: ways.Way) -> Paper:
    facts = document.data
    return Paper(
        pdf=original,
        spot=ways.tools().spot_in(original, document.kind),
        block=stamp.picture(document.kind, link=facts["link"], lines=[HEADLINE, way.sentence]),
        link=facts["link"],
        reason=REASON,
        place=facts["letterhead"]["place"],
    )
