"""An installation in one file, and back. The file holds the rows of the database and the private files that they name;
it does not depend on which database that is.

What is not in it, on purpose: sessions, failed log-ins and second factors; SECRET_KEY, which signs what the server
trusts; and whatever lies in KEY_DIR, at any time and not only while a poll is open. With the key of a poll and its
envelopes a backup would show votes, and those of a backup from during the poll even before the count. Envelopes go in
as they are, sealed; a NIK goes in as it is, since the file is sealed, and is sealed anew where it is restored. Roll and
envelopes stand in the order of their keys, which are random: no backup shows who came when, or which envelope came with
whom.
"""

import base64
import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.keeping import container, files, rows
from anas.people import niks
from anas.refused import Refused
from anas.rounds import audit
from anas.rounds.models import Round
from voting.models import Poll

COMPRESSION = 5
Progress = Callable[[int, int], None]  # rows and files that are done, and all of them
# What a file that is whole, but was not written by `backup`, may run into.
DAMAGED = (ValueError, LookupError, TypeError, AttributeError, StopIteration, EOFError, zlib.error, gzip.BadGzipFile)
DAMAGED += (SuspiciousFileOperation, ValidationError)


@dataclass
class Report:
    """What a backup holds and what it does not."""

    rows: int = 0
    files: int = 0
    gone: list[str] = field(default_factory=list)  # files that a row names and that are not there
    simple_keys: list[Poll] = field(default_factory=list)  # uncounted polls whose key is a file of this server
    untaken_keys: list[Poll] = field(default_factory=list)  # polls whose keyholders do not have their parts yet


# --- Backup -----------------------------------------------------------------------------------------------------------


def backup(path: Path, *, passphrase: str | None, progress: Progress) -> Report:
    """Writes the file as the installation is at one moment. Raises Refused where it cannot; then there is none."""
    if path.exists():
        raise Refused(_("%(file)s exists already. Please name another file.") % {"file": path})
    applied = rows.migrations()
    with _new_file(path) as file, _one_moment():
        writer = container.Writer(file, passphrase)
        with gzip.GzipFile(fileobj=writer, mode="wb", compresslevel=COMPRESSION, mtime=0) as packed:
            report = _write(packed, applied, progress)
        writer.finish()
    return report


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file for this user alone, which has its name only when it is complete."""
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as error:
        raise Refused(_said_by_system(error, path)) from None
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything is read as it is now, whatever others write meanwhile. On SQLite they wait."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write(packed: BinaryIO, applied: list[str], progress: Progress) -> Report:
    named, counts = list(files.names()), {model: rows.count(model) for model in rows.kept_models()}
    report, total = Report(), sum(counts.values()) + len(named)

    def put(line: object) -> None:
        packed.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    put({"made_at": timezone.now().isoformat(timespec="seconds"), "migrations": applied, "total": total})
    for model, number in counts.items():
        put({"table": model._meta.label, "fields": [item.name for item in rows.fields(model)], "rows": number})
        for row in rows.dump(model):
            put(row)
            report.rows += 1
            progress(report.rows, total)
    for name in named:
        if (content := files.content(name)) is None:
            report.gone.append(name)
            continue
        put({"file": name, "content": base64.b64encode(content).decode()})
        report.files += 1
        progress(report.rows + report.files, total)
    progress(total, total)
    _add_polls(report)
    return report


def _add_polls(report: Report) -> None:
    polls = Poll.objects.filter(counted_at=None, stage__round__state=Round.State.RUNNING)
    polls = polls.select_related("stage__round").order_by("pk")
    report.simple_keys = [poll for poll in polls if not poll.threshold]
    report.untaken_keys = [poll for poll in polls if poll.threshold and not poll.is_started]


# --- Restore ----------------------------------------------------------------------------------------------------------


def restore(path: Path, *, ask: Callable[[], str], progress: Progress) -> str:
    """Fills an empty installation with a backup, wholly or not at all, and says when the backup was made.

    `ask` answers with the passphrase, where there is one. Raises Refused before anything is written for a file that is
    damaged, of another version, or sealed with another passphrase, and for an installation that is not empty.
    """
    try:
        with path.open("rb") as file, _damage_in_words():
            reader = container.Reader(file)
            if reader.is_sealed:
                reader.unseal(ask())
            with gzip.GzipFile(fileobj=io.BufferedReader(reader)) as packed:
                return _read((json.loads(line) for line in packed), progress)
    except OSError as error:
        raise Refused(_said_by_system(error, path)) from None


def _said_by_system(error: OSError, path: Path) -> str:
    return f"{error.filename or path}: {error.strerror or error}."


@contextmanager
def _damage_in_words() -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        raise Refused(container.UNFIT) from error
    except DatabaseError as error:
        raise Refused(_("The database does not take the rows: %(reason)s") % {"reason": error}) from error


def _read(lines: Iterator[Any], progress: Progress) -> str:
    about = next(lines)
    _require_same_version(about["migrations"], rows.migrations())
    with files.all_or_none() as write_file, transaction.atomic():
        rows.require_empty()
        files.require_empty()
        rows.clear_what_migrate_made()
        done = 0
        for head in lines:
            done += _read_rows(head, lines) if "table" in head else _read_file(head, write_file)
            progress(done, about["total"])
        progress(about["total"], about["total"])
        rows.finish()
        niks.rekey()
        audit.record(None, by=None, action="backup.restored", made_at=about["made_at"])
    return about["made_at"]


def _read_rows(head: dict[str, Any], lines: Iterator[Any]) -> int:
    model = next(model for model in rows.kept_models() if model._meta.label == head["table"])
    rows.load(model, islice(lines, head["rows"]), head["fields"])
    return head["rows"]


def _read_file(head: dict[str, Any], write_file: Callable[[str, bytes], None]) -> int:
    write_file(head["file"], base64.b64decode(head["content"]))
    return 1


def _require_same_version(theirs: Iterable[str], ours: Iterable[str]) -> None:
    """Raises Refused where the tables that the file was written from had other columns than those here."""
    if unknown := sorted(set(theirs) - set(ours)):
        reason = _("The file was written by a newer version of ANAS (%(what)s). Please install that version first.")
        raise Refused(reason % {"what": ", ".join(unknown)})
    if missing := sorted(set(ours) - set(theirs)):
        reason = _(
            "The file was written by an older version of ANAS, without %(what)s. Please restore it with that version "
            "and update afterwards."
        )
        raise Refused(reason % {"what": ", ".join(missing)})
