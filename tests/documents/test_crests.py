"""What a crest may be, and what becomes of it."""

from functools import cache
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from anas.documents import crests
from anas.refused import Refused


def picture(size=(30, 40), form="PNG", mode="RGBA", color="navy", **more) -> bytes:
    file = BytesIO()
    Image.new(mode, size, color).save(file, form, **more)
    return file.getvalue()


@cache
def noise() -> bytes:
    file = BytesIO()
    Image.effect_noise((64, 64), 50).save(file, "PNG")
    return file.getvalue()


@cache
def moving() -> bytes:
    return picture(save_all=True, append_images=[Image.new("RGBA", (30, 40), "red")])


@cache
def bomb() -> bytes:
    return picture((10_000, 10_000), mode="1", color=0)


def upload(content: bytes, name: str = "lambang.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def test_a_crest_is_written_anew_and_small():
    clean = Image.open(BytesIO(crests.clean(upload(picture((2000, 3000), "JPEG", "RGB")))))

    assert (clean.format, clean.size, clean.mode) == ("PNG", (373, 560), "RGBA")


def test_what_hides_behind_the_picture_does_not_stay():
    hidden = picture() + b"<script>alert(1)</script>"

    assert b"script" not in crests.clean(upload(hidden))


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (picture(form="JPEG", mode="CMYK", color=(0, 255, 255, 0)), (254, 0, 0, 255)),
        (picture(mode="I;16", color=32768), (128, 128, 128, 255)),
        (picture(mode="P", color=0), (0, 0, 0, 255)),
        (picture(mode="LA", color=(200, 100)), (200, 200, 200, 100)),
        (picture(mode="1", color=1), (255, 255, 255, 255)),
    ],
    ids=["cmyk", "grey in 16 bits", "palette", "grey and transparent", "one bit"],
)
def test_colours_of_every_kind_come_out_right_whatever_the_name_of_the_file(content, colour):
    clean = Image.open(BytesIO(crests.clean(upload(content, "lambang.gif"))))
    found = clean.getpixel((15, 20))

    assert max(abs(one - other) for one, other in zip(found, colour, strict=True)) <= 2


def test_cleaning_twice_changes_nothing():
    once = crests.clean(upload(noise()))

    assert crests.from_text(crests.as_text(once)) == once


NO_CRESTS = {
    "empty": (b"", "lambang.png is not a PNG or JPEG picture."),
    "pdf": (b"%PDF-1.7", "lambang.png is not a PNG or JPEG picture."),
    "gif": (picture(form="GIF", mode="P", color=0), "lambang.png is not a PNG or JPEG picture."),
    "torn": (noise()[: len(noise()) // 2], "lambang.png is damaged or not complete."),
    "no pixels": (noise()[:60], "lambang.png is damaged or not complete."),
    "svg": (
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script/><a href='http://x'/></svg>",
        "lambang.png is an SVG drawing. Save it as a PNG picture first.",
    ),
    "moving": (moving(), "lambang.png is a moving picture. Choose one that stands still."),
    "bomb": (bomb(), "lambang.png has more than 25 million pixels. Make it smaller: 480 × 560 pixels are enough."),
}


@pytest.mark.parametrize(("content", "said"), NO_CRESTS.values(), ids=NO_CRESTS)
def test_what_is_no_crest_is_refused_in_words(content, said):
    with pytest.raises(Refused) as refused:
        crests.clean(upload(content))
    assert refused.value.reasons == [said]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(Refused):
        crests.clean(upload(bomb()))


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(crests, "MEGABYTES", 0)
    with pytest.raises(Refused, match="larger than 0 MB"):
        crests.clean(upload(picture()))


@pytest.mark.parametrize("text", ["kein Base64!", "ä", "YQ==", "A" * 5])
def test_a_hidden_field_that_bears_no_picture_is_refused(text):
    with pytest.raises(Refused):
        crests.from_text(text)
