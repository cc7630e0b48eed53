"""The little markup that texts of a paper may bear: **bold** and *italic*. Everything else is shown as it was typed.
Pure functions; the one place that turns a text into HTML."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# A star beside a blank, or in the middle of a word or a number ("2*3*4"), is a star.
MARKED = re.compile(
    r"(?<![\w*])\*\*(?=\S)(?P<bold>(?:(?!\*\*(?!\*)).)+)(?<=\S)\*\*(?!\w)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<italic>[^*]+)(?<=\S)\*(?![\w*])"
)


def to_html(text: str) -> SafeString:
    """ "**Satu** & *dua*" → "<strong>Satu</strong> &amp; <em>dua</em>". Italic may stand within bold; marks that are
    not closed stay as they are."""
    pieces, end = [], 0
    for found in MARKED.finditer(text):
        pieces += [escape(text[end : found.start()]), _marked(found)]
        end = found.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 - every piece has been escaped


def _marked(found: re.Match) -> str:
    if bold := found["bold"]:
        return f"<strong>{to_html(bold)}</strong>"
    return f"<em>{escape(found['italic'])}</em>"
