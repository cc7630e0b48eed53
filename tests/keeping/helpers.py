"""Backups of the cast's rounds, in a database that is empty again afterwards."""

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from anas.keeping.container import Reader
from nominations.models import Nominee
from nominations.uploads import checked_evidence
from tests import album, cast
from tests.nominations.helpers import pdf

PASSPHRASE = "empat kata yang mudah diingat"


def run(command: str, *arguments: object) -> str:
    """What the command says."""
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def refusal(command: str, *arguments: object) -> str:
    """Why the command does not do it; empty where it does."""
    try:
        run(command, *arguments)
    except CommandError as error:
        return str(error)
    return ""


def rows() -> dict[str, list[str]]:
    """What the tables hold, in no order."""
    return {table: sorted(map(repr, some)) for table, some in album.rows().items()}


def files() -> dict[str, bytes]:
    """What lies in the folder of the private files."""
    folder = settings.MEDIA_ROOT
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(path: Path, passphrase: str = PASSPHRASE) -> list[Any]:
    """The lines of a backup."""
    with path.open("rb") as file:
        reader = Reader(file)
        if reader.is_sealed:
            reader.unseal(passphrase)
        return [json.loads(line) for line in gzip.GzipFile(fileobj=io.BufferedReader(reader))]


def table(lines: list[Any], label: str) -> list[dict[str, Any]]:
    """The rows of one table in a backup, in the order in which they stand there."""
    place = next(place for place, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == label)
    head = lines[place]
    return [dict(zip(head["fields"], row, strict=True)) for row in lines[place + 1 : place + 1 + head["rows"]]]


@dataclass
class Keeper:
    """Plays a round, backs it up, remembers what there was, and takes rows and files away again."""

    folder: Path
    passphrase_file: Path
    path: Path = field(init=False)
    said: str = field(init=False)
    rows: dict[str, list[str]] = field(init=False)
    files: dict[str, bytes] = field(init=False)

    def backup(
        self, *, to: str, more: Callable[[cast.Office], None] = lambda office: None, plain: bool = False
    ) -> Path:
        self.path = self.folder / "anas.backup"
        with transaction.atomic():
            office = cast.make_office()
            cast.play(office, to=to)
            add_files()
            more(office)
            self.said = run("backup", self.path, *(["--plain"] if plain else self.sealed))
            self.rows, self.files = rows(), files()
            transaction.set_rollback(True)
        if self.files:
            settings.MEDIA_ROOT.rename(self.folder / "files-before")
        begin_numbers_anew()
        return self.path

    @property
    def sealed(self) -> list[object]:
        return ["--passphrase-file", self.passphrase_file]

    def restore(self) -> str:
        return run("restore", self.path, *self.sealed)

    def refusal(self) -> str:
        return refusal("restore", self.path, *self.sealed)


def begin_numbers_anew() -> None:
    """As in a database that never held anything; on PostgreSQL a rollback does not do that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences")


def add_files() -> None:
    """A photo and a piece of evidence."""
    nominee = Nominee.objects.order_by("pk").first()
    if nominee:
        nominee.photo.save("photo.jpg", ContentFile(b"a picture"))
        checked_evidence(nominee, pdf("Surat tugas.pdf")).save()
