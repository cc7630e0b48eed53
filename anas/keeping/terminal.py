"""Talking to whoever sits at the terminal, and working where nobody does."""

import getpass
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from anas.refused import Refused

SHORTEST = 12  # letters of a passphrase: the file can be tried without end by whoever has it


def new_passphrase(file: Path | None) -> str:
    """From the file, or typed twice. Raises Refused for one that protects nothing."""
    words = _from(file) if file else _typed(_("Passphrase: "))
    if len(words) < SHORTEST:
        raise Refused(_("A passphrase has at least %(count)s letters.") % {"count": SHORTEST})
    if not file and _typed(_("The same again: ")) != words:
        raise Refused(_("The two are not the same."))
    return words


def passphrase(file: Path | None) -> str:
    """From the file, or typed."""
    return _from(file) if file else _typed(_("Passphrase: "))


def _from(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(_("The passphrase cannot be read from %(file)s.") % {"file": file}) from None


def _typed(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise Refused(_("Nobody can type a passphrase here. Please name a file with --passphrase-file."))
    return getpass.getpass(prompt).strip()
