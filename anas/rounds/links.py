"""The pages of a round that a person can use, as the round's own page lists them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Round, Stage


@dataclass(frozen=True)
class Link:
    label: str
    what: str
    url: str
    icon: str


def links(round: Round, employee: Employee) -> list[Link]:
    return list(_links(round, employee, rules.roles_in(employee, round)))


def _links(round: Round, employee: Employee, roles: frozenset[str]) -> Iterator[Link]:
    yield Link(_("The rules"), _("parts, weights, ties"), reverse("rounds:rules", args=[round.pk]), "book")
    for stage in round.stage_list:
        if stage.state != Stage.State.PENDING and stage.what.is_visible_to(stage, roles):
            yield Link(str(stage), stage.what.label, stage.what.url(stage), stage.what.icon)
        yield from (Link(*more) for more in stage.what.more_links(stage, roles))
    if round.objections_until:
        text = _("what employees have against the result, and the answers")
        yield Link(_("Objections"), text, reverse("scoring:objections", args=[round.pk]), "speech")
    reads_everything = rules.may_read_everything(employee, round) is None
    if round.state == Round.State.ANNOUNCED or (reads_everything and any(s.is_settled for s in round.stage_list)):
        yield Link(
            _("Result"), _("all numbers and where they come from"), reverse("scoring:results", args=[round.pk]), "medal"
        )
    if round.state in (Round.State.DECREED, Round.State.ANNOUNCED) or (
        reads_everything and (round.has_result or _has_closed_box(round))
    ):
        text = _("minutes, decree and certificates")
        yield Link(_("Documents"), text, reverse("documents:list", args=[round.pk]), "document")
    if rules.COMMITTEE in roles and not (round.is_over or round.is_draft):
        text = _("what the round waits for, with reminders")
        yield Link(_("Who owes what"), text, reverse("mailing:owed", args=[round.pk]), "clock")
    if rules.COMMITTEE in roles and not (round.is_draft or round.is_rehearsal):
        yield Link(
            _("Messages"), _("e-mails, and a text for your group"), reverse("mailing:messages", args=[round.pk]), "mail"
        )
    if reads_everything and not round.is_draft:
        text = _("how far it is, in large letters for the wall")
        yield Link(_("Meeting room"), text, reverse("rounds:screen", args=[round.pk]), "screen")
    if reads_everything:
        yield Link(_("Team and witnesses"), _("who has which role"), reverse("rounds:team", args=[round.pk]), "people")
        yield Link(_("Audit trail"), _("who did what and when"), reverse("rounds:audit", args=[round.pk]), "list")


def _has_closed_box(round: Round) -> bool:
    """Whether there is something to issue minutes of."""
    poll = round.stage_of_kind("poll")
    return poll is not None and poll.is_closed
