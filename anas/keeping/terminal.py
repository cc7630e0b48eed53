"""Talking to whoever sits at the terminal, and working where nobody does."""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from anas.refused import Refused

SHORTEST = 12  # letters of a passphrase: the file can be tried without end by whoever has it


def progress_on(stream: OutputWrapper) -> Callable[[int, int], None]:
    """Shows each new percent on one line, where the stream is a terminal."""
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = done * 100 // total if total else 100
        if percent != shown:
            shown = percent
            stream.write(f"\r{percent:3} %", style_func=str, ending="\n" if percent == 100 else "")
            stream.flush()

    return show if stream.isatty() else lambda done, total: None


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
