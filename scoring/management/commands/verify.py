import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from scoring.verify import report


class Command(BaseCommand):
    help = "Checks an audit bundle (anas-audit/1) with nothing but the bundle: never the database."
    requires_system_checks = []  # a witness's computer need not be able to run the application

    def add_arguments(self, parser) -> None:
        parser.add_argument("bundle", type=Path, metavar="BUNDLE.zip")

    def handle(self, *, bundle: Path, **options) -> None:
        """Exit status 0 where every check holds, 1 where one does not, 2 for a file that is no bundle."""
        if status := report(bundle, self.stdout, self.stderr):
            sys.exit(status)
