"""Electronic signatures in PDF files (PAdES). With `sameness` the only module that imports pyHanko, which is an extra:
`ways.tools` loads it where it is needed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asn1crypto import pkcs12, x509
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from anas.documents.signing import sameness, stamp, tagging
from anas.documents.signing.passphrase import Passphrase
from anas.people.names import masked
from anas.refused import Refused, require

FIELD, FIELD_IN_WORDS = "TandaTangan", "Tanda tangan elektronik"
OUTLINE = "Tanda tangan"  # the entry of the outline that leads to the name of who signs: templates/documents/paper.css
LONG_NUMBER = re.compile(r"\d{10,}")
MIDDLE = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID)


@dataclass(frozen=True)
class Certificate:
    """What a signer's certificate says of itself, personal numbers masked."""

    holder: str
    subject: str
    issuer: str
    serial: str


@sensitive_variables()
def open_key(file: bytes, passphrase: Passphrase) -> SimpleSigner:
    """Key and certificate of a PKCS#12 file. Raises Refused for a file that is none, for another passphrase and for a
    certificate that does not hold today."""
    try:
        pkcs12.Pfx.load(file, strict=True)["auth_safe"]["content_type"].native  # noqa: B018 - reads the file
    except Exception:  # whatever a parser makes of a foreign file
        raise Refused(_("This is no certificate file (PKCS#12: .p12 or .pfx), or it is damaged.")) from None
    try:
        signer = SimpleSigner.load_pkcs12_data(file, [], passphrase.reveal().encode())
    except ValueError:
        raise Refused(_("The passphrase does not open the certificate file.")) from None
    except Exception:  # a file without a key, or with one that pyHanko cannot use
        raise Refused(_("The certificate file holds no key that one can sign with.")) from None
    require(reason_not_valid(signer.signing_cert, timezone.now()))
    return signer


def reason_not_valid(certificate: x509.Certificate, at: Any) -> str | None:
    """Whether the certificate held at that time."""
    if at > certificate.not_valid_after:
        return _("The certificate has expired: it was valid until %(day)s.") % {
            "day": date_format(certificate.not_valid_after)
        }
    if at < certificate.not_valid_before:
        return _("The certificate is not valid yet: it begins on %(day)s.") % {
            "day": date_format(certificate.not_valid_before)
        }
    return None


def sign(
    pdf: bytes, *, signer: SimpleSigner, spot: stamp.Spot | None, block: Image.Image, reason: str, place: str
) -> bytes:
    """The file with a certifying signature appended (PAdES B-B; DocMDP: nothing may be changed any more). Without a
    spot the signature is there and not seen on the page."""
    box = {"on_page": spot.page, "box": spot.box} if spot else {}
    field = SigFieldSpec(FIELD, readable_field_name=FIELD_IN_WORDS, **box)
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=place,
    )
    style = StaticStampStyle(border_width=0, background=PdfImage(block), background_layout=MIDDLE)
    writer = tagging.Writer(BytesIO(pdf))
    append_signature_field(writer, field)
    tagging.tag(writer, writer.root["/AcroForm"]["/Fields"].raw_get(0))
    return PdfSigner(meta, signer=signer, stamp_style=style).sign_pdf(writer).getvalue()


def spot_in(pdf: bytes, kind: str) -> stamp.Spot | None:
    """Where the paper leaves room for the signature; None where it does not say."""
    reader = PdfFileReader(BytesIO(pdf))
    pages = {ref: (place, page) for place, (ref, page, _inherited) in enumerate(sameness.pages(reader))}
    for entry in _entries(sameness.at(reader.root, "/Outlines", {})):
        if sameness.at(entry, "/Title") == OUTLINE and "/Dest" in entry:
            target = entry["/Dest"]
            place, page = pages[target.raw_get(0).reference]
            height = float(page["/MediaBox"][3])
            return stamp.above(kind, page=place, left=float(target[2]), top=float(target[3]), page_height=height)
    return None


def _entries(outline: Any) -> Iterator[Any]:
    entry = sameness.at(outline, "/First")
    while entry is not None:
        yield entry
        yield from _entries(entry)
        entry = sameness.at(entry, "/Next")


def examine(original: bytes, signed: bytes) -> Certificate:
    """Who signed, where the file is the original with an intact signature and nothing else; raises Refused with what
    is wrong with it. Whether its issuer is to be trusted is not asked."""
    try:
        return _examined(PdfFileReader(BytesIO(original)), PdfFileReader(BytesIO(signed)))
    except Refused:
        raise
    except Exception:  # a foreign file may break its reader in any way
        raise Refused(_("The file cannot be read as a PDF, or it is damaged.")) from None


def _examined(original: PdfFileReader, signed: PdfFileReader) -> Certificate:
    if signed.encrypted:
        raise Refused(_("The file is locked with a password."))
    if not sameness.same(original, signed):
        raise Refused(_("The file shows something else than the document that was issued."))
    signatures = list(signed.embedded_regular_signatures)
    if not signatures:
        raise Refused(_("The file bears no electronic signature."))
    require(*dict.fromkeys(_reason_broken(signature) for signature in signatures))
    certificate = signatures[-1].signer_cert
    require(reason_not_valid(certificate, signatures[-1].self_reported_timestamp or timezone.now()))
    subject, issuer = _names(certificate.subject), _names(certificate.issuer)
    serial = f"{certificate.serial_number:x}"[:64]
    return Certificate(subject[0], ", ".join(subject)[:250], ", ".join(issuer)[:250], serial)


def _reason_broken(signature: EmbeddedPdfSignature) -> str | None:
    own = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, own)
    if not (status.intact and status.valid):
        return _("The signature is broken: the file is damaged, or was altered after it was signed.")
    covered = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (covered or (status.modification_level or ModificationLevel.OTHER) <= ModificationLevel.FORM_FILLING):
        return _("The file was altered after it was signed.")
    return None if status.docmdp_ok is not False else _("The file was altered after it was signed.")


def _names(name: x509.Name) -> list[str]:
    """["Hadi Purnomo", "Pemerintah Kota Batu"]: the person and the organisation, whatever else stands there."""
    parts = [name.native.get(key) for key in ("common_name", "organization_name")]
    words = [part if isinstance(part, str) else " ".join(part) for part in parts if part]
    return [LONG_NUMBER.sub(lambda found: masked(found[0]), told) for told in words or [name.human_friendly]]
