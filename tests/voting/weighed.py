"""Inside of our application (tests/bench/inside.py): a ballot as heavy as they come. Twelve finalists with a photo each
that no camera makes worse, a long reason and a file, in an office with a crest."""

from io import BytesIO

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from PIL import Image

from anas.documents import services as documents
from anas.rounds import scheme as schemes
from nominations import uploads
from nominations.models import Nominee
from tests import cast
from tests.bench.sessions import session_of


def main() -> dict[str, str]:
    settings.MIGRATION_MODULES = dict.fromkeys(app.label for app in apps.get_app_configs())
    call_command("migrate", run_syncdb=True, verbosity=0)  # the tables alone, which takes a third of the time
    photo = noise((900, 1200), "JPEG")
    with transaction.atomic():
        office = cast.make_office()
        documents.set_letterhead(office.unit, values={"crest": noise((480, 560), "PNG")}, by=office.kartika)
        data = schemes.as_data(schemes.preset("anas"))
        data["stages"] = [{**stage, "advance": 4} if stage["kind"] == "panel" else stage for stage in data["stages"]]
        round = cast.play(office, to="polling", scheme=schemes.parse(data))
        for nominee in Nominee.objects.in_play(round):
            nominee.photo = uploads.clean_photo(SimpleUploadedFile("a.jpg", photo))
            nominee.reason = f"{nominee.name} melayani dengan ramah, cepat dan jujur setiap hari. " * 8
            nominee.save()
            evidence = uploads.checked_evidence(nominee, SimpleUploadedFile("Surat tugas.pdf", b"%PDF-1.7 %%EOF"))
            evidence.save()
    return {"path": f"/periode/{round.pk}/suara/", "session": session_of(office.ratna)}


def noise(size: tuple[int, int], form: str) -> bytes:
    written = BytesIO()
    colours = [Image.effect_noise(size, 80) for _channel in "rgb"]
    Image.merge("RGB", colours).save(written, form)
    return written.getvalue()
