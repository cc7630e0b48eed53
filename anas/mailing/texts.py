"""What the e-mails say, and the text for a group of colleagues. In the language of the moment."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from anas.mailing.models import Notice
from anas.people.models import Employee
from anas.rounds.models import Round, Stage
from anas.rounds.stage import Task

Occasion = Notice.Occasion


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


def text_for(notice: Notice, person: Employee | None, tasks: list[Task]) -> Text:
    """The e-mail about a notice. `person` None: for a look at it before it is sent."""
    page = {
        "person": person,
        "notice": notice,
        "round": notice.round,
        "opening": _opening(notice),
        "tasks": [(task, address(task.url)) for task in tasks],
        "url": address(_page(notice)),
    }
    body = render_to_string("mailing/mail.txt", page)
    return Text(" ".join(_subject(notice).split()), body.strip() + "\n")


def _subject(notice: Notice) -> str:
    return f"{notice.round}: {_headline(notice)}"


def _headline(notice: Notice) -> str:
    if notice.occasion == Occasion.ANNOUNCEMENT:
        return _("the winners are announced")
    facts = {"stage": notice.stage, "subject": notice.subject}
    return {
        Occasion.OPENING: _("%(stage)s is open") % facts,
        Occasion.DEADLINE: _("%(stage)s closes soon") % facts,
        Occasion.RETURN: _("the proposal of %(subject)s needs repair") % facts,
    }[notice.occasion]


def _opening(notice: Notice) -> str:
    if notice.occasion == Occasion.ANNOUNCEMENT:
        return _("The winners are announced. Congratulations to them, and thank you for taking part.")
    return {
        Occasion.OPENING: _("A stage has been opened in which something is asked of you."),
        Occasion.DEADLINE: _("The deadline comes near, and something is still to be done."),
        Occasion.RETURN: _("The committee has returned the proposal, with a reason."),
    }[notice.occasion]


def _page(notice: Notice) -> str:
    if notice.occasion == Occasion.ANNOUNCEMENT:
        return reverse("documents:announcement", args=[notice.round_id])
    return notice.round.get_absolute_url()


def address(path: str) -> str:
    """With the site's name, where the installation knows it; else empty: an e-mail has no page to start from."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else ""


def at(path: str, site: str) -> str:
    """The whole address; `site`: the one that the visitor uses, where the installation does not know its own."""
    return (settings.SITE_URL or site) + path


def for_a_group(round: Round, site: str) -> str:
    """What the committee can send to all colleagues at once, about where the round is now. It says nothing about any
    one of them. `site`: the address that the visitor uses, where the installation does not know its own."""
    stage = round.current_stage
    if round.state == Round.State.ANNOUNCED:
        page = at(reverse("documents:announcement", args=[round.pk]), site)
        return f"*{round}*\n\n" + _("The winners are announced. Have a look: %(url)s") % {"url": page}
    if stage is None or not stage.is_open:
        return ""
    return f"*{round}*\n\n{_call(stage)}\n\n" + _("Log in here: %(url)s") % {"url": at(reverse("rounds:tasks"), site)}


def _call(stage: Stage) -> str:
    now = _("%(stage)s is open. Now it is the turn of: %(who)s.") % {"stage": stage, "who": stage.what.who}
    if stage.kind == "poll":
        now += " " + _("Your vote is secret: the envelope does not carry your name.")
        now += " " + _("Whoever has voted already need do nothing more.")
    if not stage.closes_at:
        return now
    return now + " " + _("Please do it until %(date)s.") % {"date": when(stage)}


def when(stage: Stage) -> str:
    return date_format(localtime(stage.closes_at), "DATETIME_FORMAT")
