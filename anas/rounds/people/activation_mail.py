"""Activation codes by mail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from anas.people.codes import PrintedCard
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds.people import activation

MOST = 200  # in one go: each takes the mail server a moment


@dataclass
class Report:
    sent: int = 0
    without_address: list[Employee] = field(default_factory=list)
    failed: list[Employee] = field(default_factory=list)  # their codes of before still hold


def is_possible() -> bool:
    """Whether mail leaves the house. Printed to a log, as without a mail server, a code would be for everybody who
    reads the log; the demo shows it on purpose."""
    return settings.DEMO or not settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".dummy.EmailBackend"))


@sensitive_variables()
def send(people: Iterable[Employee], *, until: date, by: Employee, site: str = "") -> Report:
    """A new code to each of these people who has an address, one mail per person. Raises Refused where no mail can be
    sent at all, or not so many."""
    people = list(people)
    report, reached = Report(), [employee for employee in people if employee.email]
    report.without_address = [employee for employee in people if not employee.email]
    if not is_possible() or not reached:
        raise Refused(_("None of these people has an e-mail address.") if is_possible() else _("No mail can be sent."))
    if len(reached) > MOST:
        raise Refused(_("At most %(most)s mails at a time. Send them unit by unit.") % {"most": MOST})
    address, connection = activation.address(site), mail.get_connection()
    for employee in reached:
        try:
            with transaction.atomic():
                [card] = activation.issue([employee], until=until, by=by, by_mail=True)
                _mail(card, address, until, connection).send()
            report.sent += 1
        except (SMTPException, OSError):
            report.failed.append(employee)
    return report


def _mail(card: PrintedCard, address: str, until: date, connection: object) -> mail.EmailMessage:
    """In the language of the office: which one the person reads in, nobody knows yet."""
    words = {"card": card, "address": address, "link": f"{address}#{card.code}", "until": until}
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string("people/activation_mail.txt", words)
        subject = _("ANAS: your account")
    return mail.EmailMessage(subject, text, to=[card.employee.email], connection=connection)
