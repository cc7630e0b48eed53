from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from anas.people.context import the_only_office
from anas.people.models import PeopleImport, Unit
from anas.progress import phases_on
from anas.refused import Refused
from anas.rounds.people import importing
from anas.rounds.people.plan import Plan, kind_names


class Command(BaseCommand):
    help = "Imports the people of an office from CSV or XLSX: all of them, or with any error none."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--unit", metavar="CODE", help="whose people are in it; default: the one office there is")
        parser.add_argument("--add-units", action="store_true", help="add units that are not there yet")
        parser.add_argument("--retire-missing", action="store_true", help="whoever is not in the file has left")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *, file: Path, unit: str | None, add_units: bool, retire_missing: bool, dry_run: bool, **_options):
        """Exit status 1, a line on standard error for each error and nothing written for a file that is wrong."""
        say = phases_on(self.stderr)
        try:
            say(_("Reading and checking %(file)s …") % {"file": file.name})
            content = file.read_bytes()
            job = importing.prepared(unit=find_unit(unit), content=content, file_name=file.name, by=None)
            job.adds_units, job.retires = add_units, retire_missing
            plan = importing.plan_of(job, by=None)
            if not (dry_run or plan.problems or plan.is_empty):
                say(_("Writing the changes …"))
                self.apply(job)
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from None
        except Refused as refused:
            raise CommandError("\n".join(refused.reasons)) from None
        self.report(plan)

    @transaction.atomic
    def apply(self, job: PeopleImport) -> None:
        job.save()
        importing.apply(job, by=None)

    def report(self, plan: Plan) -> None:
        if plan.problems:
            raise CommandError("\n".join(str(problem) for problem in plan.problems))
        for doubt in plan.doubts:
            self.stdout.write(_("Please look again: %(doubt)s") % {"doubt": doubt})
        for unit in plan.new_units:
            self.stdout.write(f"{_('new unit')}: {unit.name}")
        for kind, count in plan.counts.items():
            self.stdout.write(f"{kind_names()[kind]}: {count}")


def find_unit(code: str | None) -> Unit:
    """Raises CommandError where there is no such unit, or none was named and there are several offices."""
    found = Unit.objects.filter(code=code).first() if code else the_only_office()
    if found is None:
        known = ", ".join(Unit.objects.values_list("code", flat=True)[:20])
        raise CommandError(_("Name the unit with --unit CODE. There are: %(known)s.") % {"known": known})
    return found
