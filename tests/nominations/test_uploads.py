"""Files are told by their content, never by their name."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from anas.rounds.models import AuditEntry
from nominations import services, uploads
from nominations.models import Evidence, Nominee
from tests.nominations.helpers import assessed, pass_deadline, pdf, picture, refusal, sent

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def nominee(office, proposal):
    return assessed(proposal, office.bayu)


def attach(nominee, upload) -> Evidence:
    return services.attach(nominee, upload=upload, by=nominee.proposal.unit.head)


def set_photo(nominee, upload) -> Nominee:
    return services.set_photo(nominee, upload=upload, by=nominee.proposal.unit.head)


def said(act, *args) -> str:
    """The one reason of a refusal."""
    (reason,) = refusal(act, *args)
    return reason


def photo_with_place() -> object:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x8825] = {1: "S", 2: (7.0, 52.0, 0.0), 3: "E", 4: (112.0, 31.0, 0.0)}
    return picture("wajah.jpg", size=(1200, 600), exif=exif)


def test_a_pdf_is_kept_as_it_is_with_its_fingerprint(nominee):
    evidence = attach(nominee, pdf("Surat  Tugas (1).PDF"))

    assert (evidence.name, evidence.content_type) == ("Surat Tugas (1).pdf", "application/pdf")
    assert evidence.file.read() == b"%PDF-1.4\nsurat\n%%EOF\n"
    assert evidence.sha256 == sha256(b"%PDF-1.4\nsurat\n%%EOF\n").hexdigest()
    assert AuditEntry.objects.get(action="evidence.attached").detail["sha256"] == evidence.sha256


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("surat.pdf", HTML),
        ("surat.pdf", HTML + b"%PDF-1.4 %%EOF"),
        ("surat.pdf", b"%PDF-1.4 cut off in the middle"),
        ("gambar.png", SVG),
        ("gambar.svg", SVG),
        ("gambar.jpg", b"\xff\xd8\xff\xe0 begins like one"),
        ("arsip.zip", b"PK\x03\x04" + b"\0" * 60),
        ("catatan.txt", b"halo"),
    ],
)
def test_what_is_no_pdf_or_picture_is_refused_whatever_its_name_says(nominee, name, content):
    assert said(attach, nominee, sent(name, content)) == (
        f"{name} is not a PDF, JPEG or PNG file, whatever its name says."
    )
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_was_cut_off_on_the_way_is_refused(nominee, kind):
    content = picture("a", kind, size=(400, 400)).read()
    cut = sent("gambar", content[: len(content) * 2 // 3])

    assert "is not a PDF" in said(attach, nominee, cut)
    assert "is not a photo" in said(set_photo, nominee, cut)


def test_a_gif_is_no_evidence(nominee):
    assert "is not a PDF" in said(attach, nominee, picture("a.gif", "GIF"))


def test_a_png_named_jpg_gets_its_right_name(nominee):
    evidence = attach(nominee, picture("Foto kegiatan.jpg", "PNG"))

    assert (evidence.name, evidence.content_type) == ("Foto kegiatan.png", "image/png")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\surat\\tugas.pdf", "tugas.pdf"),
        ("???.pdf", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("laporan\u202efdp.exe.pdf", "laporan fdp.exe.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a b Set-Cookie x.pdf"),
        ("surat" * 60 + ".pdf", "surat" * 20 + ".pdf"),
        ("Évaluasi 测试.pdf", "Évaluasi 测试.pdf"),
    ],
)
def test_a_name_holds_nothing_but_letters_digits_and_a_few_signs(name, kept):
    assert uploads.safe_name(name) + ".pdf" == kept


def test_a_file_of_six_megabytes_is_refused(nominee):
    assert said(attach, nominee, pdf(text=b"x" * 6 * 1024 * 1024)) == "surat.pdf is larger than 5 MB."
    assert said(set_photo, nominee, sent("a.jpg", b"x" * 6 * 1024 * 1024)) == "a.jpg is larger than 5 MB."


def test_an_empty_file_is_refused(nominee):
    assert said(attach, nominee, sent("a.pdf", b"")) == "a.pdf is empty."
    assert said(set_photo, nominee, sent("a.jpg", b"")) == "a.jpg is empty."


def test_a_sixth_file_is_refused(nominee):
    for number in range(5):
        attach(nominee, pdf(text=f"{number}".encode()))

    assert said(attach, nominee, pdf(text=b"6")) == "At most 5 files can be attached."
    assert Evidence.objects.count() == 5


def test_the_same_file_is_attached_once(nominee):
    attach(nominee, pdf("a.pdf"))

    assert said(attach, nominee, pdf("b.pdf")) == "b.pdf is attached already."


def test_a_file_that_comes_too_late_leaves_nothing_on_the_disk(nominee, round):
    attach(nominee, pdf(text=b"in time"))
    pass_deadline(round)

    before = default_storage.listdir("evidence")
    assert said(attach, nominee, pdf()) == "The deadline of Usulan bidang has passed."
    assert default_storage.listdir("evidence") == before


def test_a_removed_file_is_gone_from_the_disk_after_the_commit(nominee, django_capture_on_commit_callbacks):
    evidence = attach(nominee, pdf())
    stored = evidence.file.name

    with django_capture_on_commit_callbacks(execute=True):
        services.detach(evidence, by=nominee.proposal.unit.head)
        assert default_storage.exists(stored)

    assert not default_storage.exists(stored)
    assert not Evidence.objects.exists()


def test_discarding_takes_photo_and_evidence_along(nominee, django_capture_on_commit_callbacks):
    evidence = attach(nominee, pdf())
    photo = set_photo(nominee, picture("a.jpg")).photo

    with django_capture_on_commit_callbacks(execute=True):
        services.discard(nominee, by=nominee.proposal.unit.head)

    assert not default_storage.exists(evidence.file.name)
    assert not default_storage.exists(photo.name)


def test_a_photo_loses_place_and_time_stands_upright_and_is_small(nominee):
    before = photo_with_place()
    assert Image.open(before).getexif().get_ifd(0x8825)[1] == "S"

    photo = Image.open(set_photo(nominee, before).photo)

    assert (photo.format, photo.size) == ("JPEG", (450, 900))
    assert dict(photo.getexif()) == {}
    assert "exif" not in photo.info


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("PNG", "1"), ("WEBP", "RGB"), ("JPEG", "CMYK")]
)
def test_every_kind_of_picture_becomes_a_jpeg(nominee, kind, mode):
    photo = Image.open(set_photo(nominee, picture("a", kind, mode=mode)).photo)

    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (40, 30))


def test_what_was_transparent_becomes_white(nominee):
    photo = Image.open(set_photo(nominee, picture("a.png", "PNG", mode="RGBA")).photo)

    assert photo.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("content", [HTML, SVG, b"GIF89a" + b"\0" * 30, b"%PDF-1.4\n%%EOF"])
def test_what_is_no_photo_is_refused(nominee, content):
    assert said(set_photo, nominee, sent("wajah.jpg", content)) == (
        "wajah.jpg is not a photo that can be read: please send a JPEG, PNG or WebP file."
    )


def test_a_small_file_that_unfolds_to_a_giant_picture_is_refused(nominee):
    content = BytesIO()
    Image.new("1", (8_000, 8_000)).save(content, "PNG")
    assert len(content.getvalue()) < 100_000

    assert "is not a photo" in said(set_photo, nominee, sent("bom.png", content.getvalue()))
    assert "is not a PDF" in said(attach, nominee, sent("bom.png", content.getvalue()))


def test_the_old_photo_goes_when_a_new_one_comes(nominee, django_capture_on_commit_callbacks):
    old = set_photo(nominee, picture("a.jpg")).photo.name

    with django_capture_on_commit_callbacks(execute=True):
        nominee = set_photo(nominee, picture("b.jpg", size=(50, 50)))

    assert not default_storage.exists(old)
    assert default_storage.exists(nominee.photo.name)


def test_a_photo_can_be_taken_away(nominee):
    set_photo(nominee, picture("a.jpg"))

    assert set_photo(nominee, None).photo_url == ""
    assert list(AuditEntry.objects.values_list("action", flat=True))[-2:] == ["photo.set", "photo.removed"]
