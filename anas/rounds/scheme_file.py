"""A scheme as a TOML file: FORMATS section 1."""

import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from anas.rounds.scheme import Scheme, as_data, digest, freeze
from anas.rounds.tables import BadData, plain

KILOBYTES = 100  # a scheme takes two or three
WHERE = re.compile(r"line (\d+), column (\d+)")
DECIMALS = {"weight", "quorum"}


def read(content: bytes) -> dict[str, Any]:
    """The keys of a TOML file, whatever they say. Raises BadData where it is too large, no UTF-8 or no TOML."""
    if len(content) > KILOBYTES * 1024:
        raise BadData("file", _("is larger than %(limit)s KB") % {"limit": KILOBYTES})
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise BadData("file", _("is no text in UTF-8")) from None
    except RecursionError:
        raise BadData("file", _("is nested too deeply")) from None
    except ValueError as error:  # TOMLDecodeError, and what int() says of thousands of digits
        raise BadData(_line(str(error)), _("is not written as TOML asks for")) from None


def _line(message: str) -> str:
    if found := WHERE.search(message):
        return _("line %(line)s, column %(column)s") % {"line": found[1], "column": found[2]}
    return _("end of the file") if "end of document" in message else "file"


def write(scheme: Scheme) -> str:
    """The scheme with every default written out. Read again it has the same fingerprint."""
    data = as_data(scheme)
    tables = {key: data.pop(key) for key in ("classifications", "criteria", "stages")}
    rules = data.pop("eligibility", {})
    return "\n".join(
        [
            f"# SHA-256: {digest(freeze(scheme))}",
            *_lines(data),
            *(["", "[eligibility]", *_lines(rules)] if rules else []),
            *(line for key, rows in tables.items() for row in rows for line in ["", f"[[{key}]]", *_lines(row)]),
            "",
        ]
    )


def _lines(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key in DECIMALS:
            yield f"{key} = {plain(Decimal(value))}"
        else:
            yield f"{key} = {json.dumps(value, ensure_ascii=False)}"  # what JSON writes here, TOML reads
