from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anas.mailing import delivery, texts
from anas.mailing import recipients as finding
from anas.mailing.models import Message, Notice
from anas.progress import progress_on
from anas.rounds.models import Round, Stage
from voting import history
from voting.models import Poll

NONE = "django.core.mail.backends.dummy.EmailBackend"


class Command(BaseCommand):
    help = "Sends the e-mails that wait, and reminds of deadlines that come near. For cron; sends nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show what it would send, and send nothing")

    def handle(self, *, dry_run: bool, **options) -> None:
        if dry_run:
            return self._show()
        for poll in Poll.objects.filter(stage__state=Stage.State.OPEN, stage__round__state=Round.State.RUNNING):
            history.note(poll)
        if settings.EMAIL_BACKEND == NONE:
            return self.stdout.write(_("No mail server is set (EMAIL_HOST), so nothing is sent."))
        tally = delivery.Tally()
        try:
            delivery.deliver(tally, progress_on(self.stderr))
        except delivery.Away:
            raise CommandError(
                _("The mail server cannot be reached. What waits is sent with the next remind.")
            ) from None
        finally:
            self._say(tally)

    def _say(self, tally: delivery.Tally) -> None:
        facts = {"sent": tally.sent, "failed": tally.failed, "not_needed": tally.not_needed}
        if any(facts.values()):
            self.stdout.write(_("Sent: %(sent)s. Not delivered: %(failed)s. No longer needed: %(not_needed)s.") % facts)

    def _show(self) -> None:
        """Does everything but the sending, and takes it back."""
        with transaction.atomic():
            reminders, messages = delivery.prepare(), delivery.waiting()
            for notice in reminders:
                self._show_reminder(notice)
            shown: set[int] = set()
            for message in messages:
                self._show_message(message, whole=message.notice_id not in shown)
                shown.add(message.notice_id)
            transaction.set_rollback(True)
        if not (reminders or messages):
            self.stdout.write(_("Nothing waits."))

    def _show_message(self, message: Message, *, whole: bool) -> None:
        """Whom it would go to; the whole text for one person of each notice."""
        with translation.override(message.employee.language):
            tasks = finding.tasks_of(message.notice, message.employee)
            text = texts.text_for(message.notice, message.employee, tasks)
        if message.notice.stage is None or tasks:
            self.stdout.write(f"→ {message.employee}: {text.subject}" + (f"\n\n{text.body}" if whole else ""))

    def _show_reminder(self, notice: Notice) -> None:
        """The text, and whom it would go to in words; a number only where it names nobody."""
        people, reachable = finding.not_voted(notice.stage)
        number = delivery.tellable(people.count(), of=reachable)
        text = texts.text_for(notice, None, finding.tasks_of(notice, None))
        whom = _("everybody who has not voted yet") + (f" ({number})" if number else "")
        self.stdout.write(f"→ {whom}: {text.subject}\n\n{text.body}\n")
