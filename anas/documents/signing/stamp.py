"""The visible block of a signature: a QR code that leads to the page of verification, beside the sentence that says who
signed, and by whose certificate. A picture, so that every way of signing shows the same block."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

import segno
from PIL import Image, ImageDraw, ImageFont

MM = 72 / 25.4  # points
DOTS = 600 / 25.4  # of the picture, per mm
WIDTH = 66  # mm
GAP = 2.5  # mm between code and words
QUIET = 2  # modules around the code


@dataclass(frozen=True)
class Place:
    """How high a block fits above the name of who signs, and how wide the column is in which that stands; mm."""

    height: float
    column: float = WIDTH


# As templates/documents/*.css leave it free.
PLACES = {"certificate": Place(13, 118), "decree": Place(18)}
USUAL = Place(13)


@dataclass(frozen=True)
class Spot:
    """A rectangle on a page, which counts from 0; in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    width: float
    height: float
    page_height: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        corners = (self.left, self.bottom, self.left + self.width, self.bottom + self.height)
        return tuple(round(value) for value in corners)


def above(kind: str, *, page: int, left: float, top: float, page_height: float) -> Spot:
    """Where the block of a document of this kind goes: above the line of the name, whose upper left corner is given."""
    place = PLACES.get(kind, USUAL)
    start = left + (place.column - WIDTH) / 2 * MM
    return Spot(page, start, top + MM / 2, WIDTH * MM, place.height * MM, page_height)


def picture(kind: str, *, link: str, lines: list[str]) -> Image.Image:
    """The block: black on white, without transparency, as PDF/A likes it. The first line is in larger letters."""
    width, height = round(WIDTH * DOTS), round(PLACES.get(kind, USUAL).height * DOTS)
    block = Image.new("L", (width, height), 255)
    block.paste(_code(link, height), (0, 0))
    start = height + round(GAP * DOTS)
    words = _fitted(lines, width - start, height)
    top = (height - sum(size * 1.25 for _line, size in words)) / 2
    for line, size in words:
        ImageDraw.Draw(block).text((start, top), line, fill=0, font=_font(size))
        top += size * 1.25
    return block


def png(block: Image.Image) -> bytes:
    file = BytesIO()
    block.save(file, "PNG", optimize=True)
    return file.getvalue()


def _code(link: str, size: int) -> Image.Image:
    modules = segno.make(link, error="m", boost_error=False).matrix_iter(border=QUIET)
    rows = [bytes(0 if dark else 255 for dark in row) for row in modules]
    drawn = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    return drawn.resize((size, size), Image.Resampling.NEAREST)


def _fitted(lines: list[str], width: int, height: int) -> list[tuple[str, int]]:
    """The lines, broken to the width, each with its size: the largest with which all fit, and the first unbroken."""
    for size in range(80, 30, -1):
        first, *rest = [(line, size + 12 if place == 0 else size) for place, line in enumerate(lines)]
        broken = [first, *((part, own) for line, own in rest for part in _broken(line, width, own))]
        is_narrow = _font(first[1]).getlength(first[0]) <= width
        if is_narrow and sum(own * 1.25 for _line, own in broken) <= height:
            break
    return broken


def _broken(line: str, width: int, size: int) -> list[str]:
    font, rows = _font(size), [""]
    for word in line.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and font.getlength(longer) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)
