"""The little markup that texts of a paper may bear: **bold** and *italic*. Everything else is shown as it was typed.
Pure functions; the one place that turns a text into HTML."""

import re
from collections.abc import Callable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# A star beside a blank, or in the middle of a word or a number ("2*3*4"), is a star.
BOLD = re.compile(r"(?<![\w*])\*\*(?=\S)((?:(?!\*\*(?!\*)).)+)(?<=\S)\*\*(?!\w)")
ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=\S)\*(?![\w*])")


def to_html(text: str) -> SafeString:
    """ "**Satu** & *dua*" → "<strong>Satu</strong> &amp; <em>dua</em>". Italic may stand within bold; marks that are
    not closed stay as they are."""
    return mark_safe(_marked(text, BOLD, "strong", _italic))  # noqa: S308 - every piece has been escaped


def _italic(text: str) -> str:
    return _marked(text, ITALIC, "em", escape)


def _marked(text: str, mark: re.Pattern, tag: str, others: Callable[[str], str]) -> str:
    """What is marked stands in the tag; `others` sees to what stands in and beside the marks."""
    pieces = mark.split(text)  # beside, within, beside, …
    return "".join(
        f"<{tag}>{others(piece)}</{tag}>" if place % 2 else others(piece) for place, piece in enumerate(pieces)
    )
