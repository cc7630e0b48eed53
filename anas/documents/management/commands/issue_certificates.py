import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from anas.documents import batches
from anas.documents.models import Batch
from anas.people.models import Employee
from anas.progress import progress_on
from anas.refused import Refused
from anas.rounds.models import Round


class Command(BaseCommand):
    help = "Issues the certificates that winners of a round still lack, and shows how far it is."

    def add_arguments(self, parser) -> None:
        parser.add_argument("round", type=int, help="its number, as in the address of its pages")
        parser.add_argument("--site", default=settings.SITE_URL, help="address in the QR codes; default SITE_URL")
        parser.add_argument("--by", required=True, metavar="NUMBER", help="the member of the committee who issues them")

    def handle(self, *, round: int, by: str, site: str, **options) -> None:
        if not site:
            raise CommandError(_("The QR codes need an address: please set SITE_URL or give --site."))
        try:
            person = Employee.objects.get(number=by)
            batch = batches.start(Round.objects.get(pk=round), by=person, site=site)
        except (Employee.DoesNotExist, Round.DoesNotExist):
            raise CommandError(_("There is no such person or round.")) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self._watch(batch)
        if batch.state != Batch.State.DONE:
            raise CommandError(batch.problem or batch.get_state_display())
        self.stdout.write(_("%(number)s certificates have been issued.") % {"number": batch.total})

    def _watch(self, batch: Batch) -> None:
        """Until it has ended; interrupted, it goes on in the background."""
        show = progress_on(self.stderr)
        while batch.is_running:
            show(batch.done, batch.total)
            time.sleep(0.2)
            batch.refresh_from_db()
        show(batch.done, batch.total)
