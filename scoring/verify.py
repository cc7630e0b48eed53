"""Checks an audit bundle, `anas-audit/1` (`FORMATS.md` section 4), with nothing but the bundle.

Needs no Django and no database: `python -m scoring.verify BUNDLE.zip` runs wherever Python does.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from scoring.verifying import record, scores
from scoring.verifying.opened import Opened
from scoring.verifying.recount import Fault
from scoring.verifying.unzip import NoBundle, read

CHECKS: dict[str, Callable[[Opened], str]] = {
    "files": record.files,
    "scheme": record.scheme,
    "log": record.log,
    "opening": record.opening,
    "envelopes": record.envelopes,
    "count": record.count,
    "turnout": record.turnout,
    "nominees": scores.nominees,
    "sheets": scores.sheets,
    "scores": scores.stages,
    "shortlists": scores.shortlists,
    "decisions": scores.decisions,
    "ranking": scores.ranking,
}
LONGEST = 1000


def verify(files: dict[str, bytes | None]) -> Iterator[tuple[bool, str]]:
    """For each check whether it holds, and a line that says what of. Raises NoBundle for files without a manifest."""
    bundle = Opened(files)
    for name, check in CHECKS.items():
        try:
            yield True, f"{name}: {check(bundle)}"
        except Fault as fault:
            yield False, f"{name}: {fault}"
        except Exception as stumbled:  # whatever a forged file makes a check stumble over, it does not hold
            yield False, f"{name}: cannot be checked ({type(stumbled).__name__}: {stumbled})"


def report(path: Path, out: TextIO, err: TextIO) -> int:
    """Writes a line per check. 0 where all hold, 1 where one does not, 2 with one line on `err` for what is no
    bundle."""
    try:
        found = list(verify(read(path)))
    except NoBundle as no:
        err.write(f"{_harmless(f'{path}: {no}')}\n")
        return 2
    for holds, line in found:
        out.write(f"{'ok  ' if holds else 'FAIL'} {_harmless(line)}\n")
    return 0 if all(holds for holds, _line in found) else 1


def _harmless(line: str) -> str:
    """One line without what would steer a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)[:LONGEST]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m scoring.verify BUNDLE.zip")
    sys.exit(report(Path(sys.argv[1]), sys.stdout, sys.stderr))
