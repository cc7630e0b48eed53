from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from anas.privacy import retention


class Command(BaseCommand):
    help = "Shows which personal data are older than they should become; deletes them with --yes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="delete it")

    def handle(self, *, yes: bool, **options) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            found = retention.purge() if yes else retention.due()
            for one in found:
                before = _("before %(day)s") % {"day": date_format(localtime(one.before), "DATE_FORMAT")}
                self.stdout.write(f"{one.number:6}  {one.kept.what} ({before})")
            if yes:
                self.stdout.write(_("Deleted."))
            elif any(one.number for one in found):
                self.stdout.write(_("Nothing has been deleted. Do it with: manage.py purge --yes"))
            else:
                self.stdout.write(_("There is nothing to delete."))
