import gc

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from anas.documents import batches
from anas.documents.models import Batch


class Command(BaseCommand):
    help = "Works on a batch of certificates in the background; started by the application itself."

    def add_arguments(self, parser) -> None:
        parser.add_argument("batch", type=int)
        parser.add_argument("share", type=int, help="which process of how many this is, counted from 0")

    def handle(self, *, batch: int, share: int, **options) -> None:
        gc.freeze()  # as in wsgi.py: to look for cycles takes a tenth of the time
        gc.set_threshold(50_000, 20, 20)
        with translation.override(settings.LANGUAGE_CODE):  # in which it says why it stopped
            batches.work(Batch.objects.select_related("round__scope", "decree", "by").get(pk=batch), share=share)
