from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas import env
from anas.demo import making, office, play, registers, roles
from anas.mailing.models import Notice
from anas.progress import phases_on
from anas.rounds.models import Round


class Command(BaseCommand):
    help = "Creates the demo office with a round played up to a stage, once, and says how to look around."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=play.STEPS, help="where the round stands (default: usulan)")
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away and begin anew")

    def handle(self, *, stage: str | None, reset: bool, **options) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo: set DEMO=1 first.")
        if making.is_somebody_elses():
            raise CommandError("The database holds people who are no demo. Nothing was changed.")
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # the demo collects none, and whitenoise looks for it
        if reset and making.exists():
            making.clear()
        if making.exists():
            self._say_kept(stage)
        else:
            self._make(stage or "usulan")
        self._say_how()

    @transaction.atomic
    def _make(self, stage: str) -> None:
        say = phases_on(self.stderr)
        say(_("Making an office of invented people …"))
        making.create()
        registers.enter(timezone.localdate())
        say(_("Playing last quarter's round to its end, and this quarter's to its stage …"))
        play.play(stage, today=timezone.localdate(), site=self._address())
        Notice.objects.all().delete()  # what has been played is no news to anybody

    def _say_kept(self, stage: str | None) -> None:
        self.stdout.write(_("The demo goes on where it was; RESET=1 begins anew."))
        if stage:
            self.stdout.write(_("So STAGE=%(stage)s had no effect.") % {"stage": stage})
        stages = [round.current_stage for round in Round.objects.filter(state=Round.State.RUNNING)]
        if any(item.is_open and item.is_past_deadline() for item in stages):
            self.stdout.write(_("Its deadline has passed: the committee can extend it, or RESET=1 begins anew."))

    def _say_how(self) -> None:
        self.stdout.write("\n" + _("ANAS, the demo: %(address)s") % {"address": self._address() + "/"})
        self.stdout.write(_("Everybody's password: %(password)s") % {"password": office.PASSWORD} + "\n\n")
        for person in roles.people():
            self.stdout.write(f"  {person.role:24} {person.number:20} {person.name}")
        self.stdout.write(f"  {_('Administrator'):24} {office.ADMINISTRATOR:20} /admin/\n\n")

    def _address(self) -> str:
        return f"http://127.0.0.1:{env.number('PORT', 8000)}"
