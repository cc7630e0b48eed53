from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from anas.keeping import services, terminal
from anas.progress import progress_on
from anas.refused import Refused


class Command(BaseCommand):
    """Never in a backup: keys of polls (KEY_DIR), SECRET_KEY and sessions; `anas.keeping.services` says why."""

    help = "Writes database and private files into one file, sealed with a passphrase."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--passphrase-file", type=Path, metavar="PATH", help="read the passphrase from there")
        how.add_argument("--plain", action="store_true", help="without a passphrase: anybody can read the file")

    def handle(self, *, file: Path, passphrase_file: Path | None, plain: bool, **options) -> None:
        try:
            passphrase = None if plain else terminal.new_passphrase(passphrase_file)
            report = services.backup(file, passphrase=passphrase, progress=progress_on(self.stderr))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        counted = {"file": file, "rows": report.rows, "files": report.files}
        self.stdout.write(_("%(file)s holds %(rows)s rows and %(files)s files.") % counted)
        self._say_what_is_missing(report)

    def _say_what_is_missing(self, report: services.Report) -> None:
        self.stdout.write(_("Not in it, on purpose: keys of polls, SECRET_KEY, log-ins. Please keep SECRET_KEY apart."))
        for name in report.gone:
            self.stderr.write(_("This file is not there any more: %(name)s") % {"name": name})
        for poll in report.simple_keys:
            self.stdout.write(
                _(
                    "The poll of “%(round)s” is not counted, and its key is not in the backup: with it the backup "
                    "would show votes. To count after a loss of this server, keep what lies in %(folder)s apart."
                )
                % {"round": poll, "folder": settings.KEY_DIR}
            )
        for poll in report.untaken_keys:
            self.stdout.write(
                _("The poll of “%(round)s” has keyholders who still have to take their parts; no backup holds them.")
                % {"round": poll}
            )
