"""Sends what waits. Nothing is sent twice: whoever sends a message takes it first, in a transaction of its own. Where a
process ends between the two, that one message is lost, which is the smaller harm."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as Console
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from anas.mailing import recipients as finding
from anas.mailing import texts
from anas.mailing.models import Message, Notice
from anas.mailing.notices import before_deadlines
from anas.people.models import Employee

State = Message.State
AT_ONCE = 500  # rows per statement
PROBLEMS = {
    "refused": _("The mail server refused the address or the e-mail."),
    "address": _("This is no address that mail can be sent to."),
    "broken": _("The connection broke. It is not sent again, since it may have arrived."),
}


class Away(Exception):
    """The mail server cannot be reached; what waits is sent another time."""


@dataclass
class Tally:
    """What one run did, in numbers that tell nobody's name."""

    sent: int = 0
    failed: int = 0
    not_needed: int = 0


def prepare() -> list[Notice]:
    """Makes the notices of deadlines, and a message for everybody whom a new notice concerns. Answers the reminders to
    vote, for which nothing is written down."""
    before_deadlines()
    stale = Notice.objects.stale()
    Message.objects.filter(state=State.WAITING, notice__in=stale).update(state=State.NOT_NEEDED)
    Notice.objects.filter(pk__in=stale.filter(taken_at=None).values("pk")).update(taken_at=timezone.now())
    new = list(Notice.objects.new())
    for notice in new:
        if not notice.is_reminder_to_vote:
            _address(notice)
    return [notice for notice in new if notice.is_reminder_to_vote]


@transaction.atomic
def _address(notice: Notice) -> None:
    if _take(notice):
        people = finding.recipients(notice)
        Message.objects.bulk_create((Message(notice=notice, employee=one) for one in people), batch_size=AT_ONCE)


def _take(notice: Notice) -> bool:
    """Whether it is this process that deals with the notice."""
    return bool(Notice.objects.filter(pk=notice.pk, taken_at=None).update(taken_at=timezone.now()))


def waiting() -> list[Message]:
    chosen = Message.objects.filter(state=State.WAITING)
    return list(
        chosen.select_related("notice__round__scope", "notice__stage__round__scope", "employee__unit").order_by("pk")
    )


def deliver(tally: Tally, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Sends everything that waits. Raises Away where the server cannot be reached, before anything is taken.
    `progress`: told how many of how many e-mails and reminders are done."""
    reminders = prepare()
    messages = waiting()
    if not (reminders or messages):
        return
    connection = _opened()
    try:
        total = len(reminders) + len(messages)
        for done, notice in enumerate(reminders, start=1):
            _remind(notice, connection)
            progress(done, total)
        for done, message in enumerate(messages, start=len(reminders) + 1):
            _deliver(message, connection, tally)
            progress(done, total)
    finally:
        _quietly(connection.close)


def _opened() -> BaseEmailBackend:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise Away from error
    return connection


def _quietly(close: Callable[[], None]) -> None:
    with suppress(OSError, SMTPException):
        close()


def _deliver(message: Message, connection: BaseEmailBackend, tally: Tally) -> None:
    own = Message.objects.filter(pk=message.pk)
    if not own.filter(state=State.WAITING).update(state=State.TAKEN, at=timezone.now()):
        return
    with translation.override(message.employee.language):
        tasks = finding.tasks_of(message.notice, message.employee)
        if message.notice.stage and not tasks:
            own.update(state=State.NOT_NEEDED)
            tally.not_needed += 1
            return
        text = texts.text_for(message.notice, message.employee, tasks)
    try:
        problem = send(text, message.employee, connection)
    except Away:
        own.update(state=State.WAITING)
        raise
    own.update(state=State.FAILED if problem else State.SENT, problem=problem)
    tally.failed += bool(problem)
    tally.sent += not problem
    if problem == "broken":
        raise Away


def send(text: texts.Text, person: Employee, connection: BaseEmailBackend) -> str:
    """Sends one e-mail to one person. Answers what went wrong, a key of PROBLEMS, or nothing. Raises Away where the
    server takes none from us at all."""
    try:
        EmailMessage(text.subject, text.body, to=[person.email], connection=connection).send()
    except SMTPSenderRefused as error:
        raise Away from error
    except (SMTPRecipientsRefused, SMTPDataError):
        return "refused"
    except (SMTPException, OSError):
        return "broken"
    except ValueError:  # it cannot be written into the head of an e-mail
        return "address"
    return ""


def _remind(notice: Notice, connection: BaseEmailBackend) -> None:
    """To each who has not voted, alone. Who they are is written nowhere, not even where a server refuses an address;
    the console, which is somebody's screen, gets nothing."""
    people, reachable = finding.not_voted(notice.stage)
    own = Notice.objects.filter(pk=notice.pk)
    if not _take(notice) or isinstance(connection, Console):
        return
    sent = 0
    for person in people:
        try:
            sent += _reminded(notice, person, connection)
        except Away:
            if not sent:
                own.update(taken_at=None)
            raise
    own.update(reached=tellable(sent, of=reachable))


def _reminded(notice: Notice, person: Employee, connection: BaseEmailBackend) -> bool:
    with translation.override(person.language):
        text = texts.text_for(notice, person, finding.tasks_of(notice, person))
    problem = send(text, person, connection)
    if problem == "broken":
        _quietly(connection.close)
        _quietly(connection.open)  # for the others
    return not problem


def tellable(number: int, *, of: int) -> int | None:
    """The number of those who have not voted, where it and the number of the others are both too large to name
    anybody."""
    least = settings.TURNOUT_MINIMUM_UNIT
    return number if number >= least and of - number >= least else None
