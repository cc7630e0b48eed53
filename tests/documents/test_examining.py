"""What is said of a file that comes back signed: it is the document that was issued, or it is not."""

from base64 import b64encode
from io import BytesIO

import pytest
from page import validate_pdf_bytes
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import MDPPerm
from pypdf import PdfReader, PdfWriter
from pypdf import generic as pypdf

from anas.documents import pdf
from anas.documents.signing import pades, stamp, ways
from anas.documents.signing.paper import Paper
from anas.documents.signing.passphrase import Passphrase
from anas.refused import Refused
from tests.documents import keys
from tests.documents.keys import HADI

OF_AN_OUTPUT_INTENT = {"PDFA2A-DEVICE-GRAY-001"}  # that the paper has to bring
PAGE = """<html lang="id"><style>.name {{ margin: 50mm 0 0 60mm; bookmark-label: "Tanda tangan" }}</style>
<h1>{title}</h1><p>Menetapkan.<h2 class="name">Hadi</h2></html>"""


@pytest.fixture(scope="module")
def original() -> bytes:
    """With pictures that are packed in two ways."""
    return another(picture("PNG") + picture("JPEG"))


def another(pictures: str, *, title: str = "Keputusan") -> bytes:
    return pdf.write(PAGE.format(title=title) + pictures, identifier="k" * 20)


def picture(kind: str, *, turned: bool = False) -> str:
    file, drawn = BytesIO(), Image.linear_gradient("L").convert("RGB")
    drawn.rotate(180 if turned else 0).save(file, kind)
    return f'<img alt="" src="data:image/{kind.lower()};base64,{b64encode(file.getvalue()).decode()}">'


def paper_of(original: bytes) -> Paper:
    spot = pades.spot_in(original, "decree")
    return Paper(
        original, spot, stamp.picture("decree", link="https://anas.example/", lines=["a", "b"]), "-", "r", "Batu"
    )


def signed(file: bytes, **key) -> bytes:
    """As any other tool would sign it, with whatever certificate."""
    signer = SimpleSigner.load_pkcs12_data(keys.key_file(**key), [], keys.PASSPHRASE.encode())
    return sign_pdf(IncrementalPdfFileWriter(BytesIO(file)), PdfSignatureMetadata("Lain"), signer).getvalue()


def written_anew(file: bytes, change=lambda writer: None) -> bytes:
    """The same pages in a file of another make."""
    writer, out = PdfWriter(clone_from=BytesIO(file)), BytesIO()
    writer.compress_identical_objects()
    change(writer)
    writer.write(out)
    return out.getvalue()


def appended(file: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(file))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def other_words(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(page)


def other_order_of_tabs(writer: IncrementalPdfFileWriter) -> None:
    """Something that is not seen."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Tabs"] = generic.NameObject("/C")
    writer.update_container(page)


def text_field(writer: PdfWriter) -> None:
    name, form = pypdf.NameObject, pypdf.DictionaryObject()
    field = pypdf.DictionaryObject({name("/FT"): name("/Tx"), name("/T"): pypdf.TextStringObject("isi")})
    form[name("/Fields")] = pypdf.ArrayObject([writer._add_object(field)])
    writer.root_object[name("/AcroForm")] = form


def test_the_own_signature_certifies_the_file_and_leaves_the_original_as_it_was(original):
    way = ways.Local(keys.key_file(), Passphrase(keys.PASSPHRASE))

    file = way.sign(paper_of(original))

    assert pades.examine(original, file) == pades.Certificate(HADI.partition(",")[0], HADI, HADI, "2a")
    assert file.startswith(original)
    signature = pades.PdfFileReader(BytesIO(file)).embedded_signatures[0]
    assert (signature.docmdp_level, signature.sig_object["/SubFilter"]) == (MDPPerm.NO_CHANGES, "/ETSI.CAdES.detached")
    left, bottom, right, top = (float(value) for value in PdfReader(BytesIO(file)).pages[0]["/Annots"][0]["/Rect"])
    assert (round((right - left) / stamp.MM), round((top - bottom) / stamp.MM)) == (stamp.WIDTH, 18)


@pytest.mark.parametrize("profile", ["pdfa-2a", "pdfua-1"])
def test_what_is_true_of_the_issued_file_stays_true_of_the_signed_one(original, profile):
    """Tried: without `tagging` both are red."""
    file = ways.Local(keys.key_file(), Passphrase(keys.PASSPHRASE)).sign(paper_of(original))

    before, after = (
        {fault.rule_id for fault in validate_pdf_bytes(each, profile=profile).failures} for each in (original, file)
    )
    assert after - before - OF_AN_OUTPUT_INTENT == set()


def test_a_paper_that_leaves_no_room_is_signed_without_a_block():
    plain = pdf.write("<html lang=id><p>Lama</p></html>", identifier="l" * 20)

    file = ways.Local(keys.key_file(), Passphrase(keys.PASSPHRASE)).sign(paper_of(plain))

    assert pades.spot_in(plain, "decree") is None
    assert pades.examine(plain, file).subject == HADI


def test_a_tool_may_write_the_file_anew_before_it_signs(original):
    anew = written_anew(original)
    assert not anew.startswith(original)

    assert pades.examine(original, signed(anew)).subject == HADI


def test_a_second_signature_may_follow(original):
    twice = sign_pdf(
        IncrementalPdfFileWriter(BytesIO(signed(original))),
        PdfSignatureMetadata("Kedua"),
        SimpleSigner.load_pkcs12_data(keys.key_file(), [], keys.PASSPHRASE.encode()),
    ).getvalue()

    assert pades.examine(original, twice).subject == HADI


@pytest.mark.parametrize(
    "made, reason",
    [
        (lambda original: original, "The file bears no electronic signature."),
        (lambda original: b"", "The file cannot be read as a PDF, or it is damaged."),
        (lambda original: b"PK\3\4 not a PDF", "The file cannot be read as a PDF, or it is damaged."),
        (lambda original: signed(original)[:-900], "The file cannot be read as a PDF, or it is damaged."),
        (
            lambda original: written_anew(original, lambda writer: writer.encrypt("x")),
            "The file is locked with a password.",
        ),
        (
            lambda original: signed(another(picture("PNG") + picture("JPEG"), title="Keputusam")),
            "The file shows something else than the document that was issued.",
        ),
        (
            lambda original: signed(another(picture("PNG") + picture("JPEG", turned=True))),
            "The file shows something else than the document that was issued.",
        ),
        (
            lambda original: signed(another(picture("PNG", turned=True) + picture("JPEG"))),
            "The file shows something else than the document that was issued.",
        ),
        # The original stands at the beginning, and what follows puts another page in its place.
        (
            lambda original: signed(appended(original, other_words)),
            "The file shows something else than the document that was issued.",
        ),
        (
            lambda original: appended(signed(original), other_words),
            "The file shows something else than the document that was issued.",
        ),
        (
            lambda original: signed(written_anew(original, lambda writer: writer.add_blank_page(99, 99))),
            "The file shows something else than the document that was issued.",
        ),
        (
            lambda original: signed(written_anew(original, text_field)),
            "The file shows something else than the document that was issued.",
        ),
        (
            lambda original: signed(original).replace(b"(WeasyPrint", b"(Weasyprint", 1),
            "The signature is broken: the file is damaged, or was altered after it was signed.",
        ),
        (lambda original: appended(signed(original), other_order_of_tabs), "The file was altered after it was signed."),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_words(original, made, reason):
    with pytest.raises(Refused) as refused:
        pades.examine(original, made(original))

    assert refused.value.reasons == [reason]


def test_a_certificate_has_to_be_in_force_when_it_signs(original):
    with pytest.raises(Refused, match="The certificate has expired: it was valid until"):
        pades.examine(original, signed(original, begins=-90, ends=-1))


@pytest.mark.parametrize(
    "file, passphrase, reason",
    [
        (b"", keys.PASSPHRASE, "This is no certificate file (PKCS#12: .p12 or .pfx), or it is damaged."),
        (b"%PDF-1.7", keys.PASSPHRASE, "This is no certificate file (PKCS#12: .p12 or .pfx), or it is damaged."),
        (
            keys.key_file()[:-40],
            keys.PASSPHRASE,
            "This is no certificate file (PKCS#12: .p12 or .pfx), or it is damaged.",
        ),
        (keys.key_file(), "salah", "The passphrase does not open the certificate file."),
        (keys.key_file(), "", "The passphrase does not open the certificate file."),
        (keys.certificate_alone(), keys.PASSPHRASE, "The certificate file holds no key that one can sign with."),
    ],
)
def test_a_key_that_does_not_open_is_refused_in_words(file, passphrase, reason):
    with pytest.raises(Refused) as refused:
        ways.Local(file, Passphrase(passphrase))

    assert refused.value.reasons == [reason]


@pytest.mark.parametrize("days, words", [((-90, -1), "has expired: it was valid until"), ((1, 90), "is not valid yet")])
def test_a_key_signs_while_its_certificate_is_in_force(days, words):
    begins, ends = days

    with pytest.raises(Refused, match=words):
        ways.Local(keys.key_file(begins=begins, ends=ends), Passphrase(keys.PASSPHRASE))
