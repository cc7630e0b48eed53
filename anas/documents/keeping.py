"""Where issued documents come into being and where they go out of force; nothing else writes their state. To be called
inside the transaction of a service that has locked the round and checked everything."""

import datetime
import hashlib
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.documents import papers
from anas.documents.models import Document
from anas.documents.signature import Signature
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import Round
from nominations.models import Nominee


def keep(
    round: Round,
    kind: str,
    frozen: dict[str, Any],
    *,
    by: Employee,
    nominee: Nominee | None = None,
    replaces: Document | None = None,
    reason: str = "",
    pdf: bytes | None = None,
) -> Document:
    """Renders the paper and keeps it, with its hash in the audit trail. `replaces`: the document that it supersedes,
    for that reason. `pdf`: the paper, where it has been rendered already."""
    if round.is_rehearsal != ("rehearsal" in frozen):
        raise ValueError("A paper of a rehearsal bears its mark, and no other paper does.")
    pdf = pdf or papers.render(kind, frozen)
    document = Document(
        scope=round.scope,
        round=round,
        kind=kind,
        nominee=nominee,
        number=frozen["number"],
        title=frozen["title"],
        date=datetime.date.fromisoformat(frozen["iso_date"]),
        state=Document.State.ISSUED,
        code=frozen["code"],
        data=frozen,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        scheme_hash=round.scheme_hash,
        issued_by=by,
        issued_at=timezone.now(),
        supersedes=replaces,
    )
    if replaces:
        end(replaces, Document.State.SUPERSEDED, reason=reason, by=by, successor=document.number)
    _store(document)
    rounds.note(round, by, "document.issued", document.number, kind=kind, **_proof(document))
    return document


@transaction.atomic
def keep_signed(document: Document, signed: bytes, *, by: Employee, way: str, **certificate: str) -> Signature:
    """Keeps the signed file beside the one that was issued, in a transaction of its own; the trail says who signed,
    with which certificate. Raises Refused where the document has been signed or taken out of force in the meantime."""
    document.round = rounds.locked(document.round)
    state = Document.objects.values_list("state", flat=True).get(pk=document.pk)
    if state != Document.State.ISSUED:
        raise Refused(_("It has been signed, replaced or revoked in the meantime."))
    digest, now = hashlib.sha256(signed).hexdigest(), timezone.now()
    about = {"way": way, "sha256": digest, "signed_by": by, "signed_at": now, **certificate}
    signature = Signature.objects.create(document=document, pdf=signed, **about)
    document.state = Document.State.SIGNED
    document.save(update_fields=["state"])
    more = {"kind": document.kind, **_proof(document), "way": way, "signed_sha256": digest}
    more |= {"certificate": signature.subject, "issuer": signature.issuer, "serial": signature.serial}
    rounds.note(document.round, by, "document.signed", document.number, **more)
    return signature


def end(document: Document, state: str, *, reason: str, by: Employee, **detail: object) -> None:
    """Takes a document out of force: superseded or revoked. Its bytes and everything else of it stay."""
    document.state, document.remark, document.ended_at = state, reason, timezone.now()
    document.save(update_fields=["state", "remark", "ended_at"])
    more = {"kind": document.kind, **_proof(document), **detail, "reason": reason}
    rounds.note(document.round, by, f"document.{state}", document.number, **more)


def _proof(document: Document) -> dict[str, str]:
    return {"code": document.short_code, "sha256": document.sha256}


def _store(document: Document) -> None:
    """Two rounds of one office may reach for one number at the same time: the constraint lets one of them have it."""
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            _("The number %(number)s has already been given to another document.") % {"number": document.number}
        ) from None


def verification_link(code: str, site: str = "") -> str:
    """What the QR code says: a page of the installation's public address."""
    return (settings.SITE_URL or site.rstrip("/")) + reverse("documents:verify", args=[code])
