from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from anas.keeping import services, terminal
from anas.progress import progress_on
from anas.refused import Refused


class Command(BaseCommand):
    help = "Fills an empty installation with a backup, wholly or not at all. Run migrate first."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--passphrase-file", type=Path, metavar="PATH", help="read the passphrase from there")

    def handle(self, *, file: Path, passphrase_file: Path | None, **options) -> None:
        try:
            made_at = services.restore(
                file,
                ask=lambda: terminal.passphrase(passphrase_file),
                progress=progress_on(self.stderr),
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        moment = date_format(localtime(parse_datetime(made_at)), "DATETIME_FORMAT")
        self.stdout.write(_("Everything is as it was: %(moment)s. Everybody has to log in again.") % {"moment": moment})
        self.stdout.write(_("Keys of polls and SECRET_KEY were not in it. Please run “manage.py verify_log” now."))
