"""What is kept of the messages to a person."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.mailing.models import Message, Notice
from anas.people import personal
from anas.people.models import Employee


def rows(employee: Employee) -> Iterator[dict[str, object]]:
    for message in Message.objects.filter(employee=employee).select_related("notice__round", "notice__stage__round"):
        notice = message.notice
        yield {
            _("Round"): str(notice.round),
            _("Occasion"): notice.get_occasion_display(),
            _("About"): notice.about,
            _("State"): message.get_state_display(),
            _("When"): message.at,
        }


def purge(before: datetime, really: bool) -> int:
    """Notices with their messages; of a stage that is still open none, or it would be told again."""
    old = Notice.objects.filter(made_at__lt=before).exclude(stage__state="open")
    number = Message.objects.filter(notice__in=old).count()
    if really:
        old.delete()
    return number


personal.register(
    parts=[personal.Part("messages", gettext_lazy("E-mails to you"), rows)],
    kept=[
        personal.Kept(
            "messages",
            gettext_lazy("Which e-mail was sent to whom and when, without its text. Of reminders to vote nothing."),
            gettext_lazy("So that nobody gets the same e-mail twice."),
            gettext_lazy("You; the committee sees numbers, and whom an e-mail could not reach."),
            purge=purge,
        )
    ],
)
