"""From frozen facts to the paper: which template, which code, and the bytes."""

from base64 import b64encode
from typing import Any

import segno
from django.template.loader import render_to_string

from anas.documents import pdf, words

TEMPLATES = {"decree": "documents/decree.html", "certificate": "documents/certificate.html"}
# Millimetres, for titles in balanced lines: a capital letter of 12 pt in the mean, a bold one of 16 pt, the crest.
CAPITAL, CAPITAL_OF_OFFICE, CREST = 3.1, 4.5, 24


def render(kind: str, facts: dict[str, Any], *, is_draft: bool = False) -> bytes:
    """The PDF of a document. The same facts give the same bytes. A draft bears KONSEP on every page and no code."""
    return pdf.write(html(kind, facts, is_draft=is_draft), identifier=facts["code"] or "konsep")


def html(kind: str, facts: dict[str, Any], *, is_draft: bool = False) -> str:
    """The paper as a page. In Indonesian whatever the language of the interface: its templates translate nothing."""
    return render_to_string(TEMPLATES[kind], {**facts, **_drawn(kind, facts), "is_draft": is_draft})


def _drawn(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """What is drawn from the facts: pictures as `data:`, titles in balanced lines, the code in readable groups."""
    crest, code = facts["letterhead"]["crest"], facts["code"]
    drawn = {
        "crest": f"data:image/png;base64,{crest}" if crest else "",
        "qr": segno.make(facts["link"], error="m", boost_error=False).svg_data_uri(border=0),
        "groups": [code[start : start + 4].upper() for start in range(0, len(code), 4)],
        "check_at": facts["link"].rpartition("://")[2].removesuffix(f"/{code}/"),
    }
    return {**drawn, **(_decree(facts) if kind == "decree" else _certificate())}


def _decree(facts: dict[str, Any]) -> dict[str, Any]:
    letterhead = facts["letterhead"]
    width = letterhead["paper"]["width"] - letterhead["margins"]["left"] - letterhead["margins"]["right"]
    head, room = letterhead["head_title"].upper(), width - (CREST if letterhead["crest"] else 0)
    return {
        "office_lines": words.balanced(letterhead["office"].upper(), int(room / CAPITAL_OF_OFFICE)),
        "heading": words.balanced(f"KEPUTUSAN {head}", int(width / CAPITAL)),
        "title_lines": words.balanced(facts["texts"]["title"].upper(), int(width / CAPITAL)),
        "head_lines": words.balanced(f"{head},", int(width / CAPITAL)),
        "rulings": [(words.ordinal(place), text) for place, text in enumerate(facts["texts"]["rulings"], 1)],
    }


def _certificate() -> dict[str, Any]:
    return {name: _picture(f"documents/{name}.svg") for name in ("kawung", "mark", "flower")}


def _picture(template: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(render_to_string(template).encode()).decode()
