"""Who owes what in a round: what it waits for, by whom, and a reminder that the committee sends with its own hands.
Of a poll there are numbers alone; who has not voted is told nobody (see `delivery`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from anas.documents import guards as paper_guards
from anas.documents import waiting
from anas.documents.models import Document
from anas.documents.signing import services as signing
from anas.mailing import texts
from anas.rounds import guards, rules
from anas.rounds.models import Round
from anas.rounds.stage import Owed


@dataclass(frozen=True)
class Row:
    """`text`: a reminder to copy; `mail`: the same as an e-mail that the visitor's own program opens, for whoever the
    committee writes in where there is no address."""

    owed: Owed
    text: str
    mail: str


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]


def sections(round: Round, site: str) -> list[Section]:
    """The present stage first; what has nothing to wait for is left out. `site`: the address that the visitor uses."""
    stage = round.current_stage
    owed_now = stage.what.owes(stage) if stage else []
    parts = [
        (str(stage), owed_now),
        (_("Next step"), list(_next_step(round, waits=bool(owed_now)))),
        (_("Objections"), list(_objections(round))),
        (_("Documents"), list(_papers(round))),
    ]
    return [Section(title, [_row(round, owed, site) for owed in found]) for title, found in parts if found]


def _role(role: str) -> str:
    return str(rules.ROLE_NAMES[role])


def _owed(round: Round, role: str, what: str, page: str) -> Owed:
    person = round.scope.head if role == rules.HEAD else None
    return Owed(_role(role), what, reverse(page, args=[round.pk]), person)


def _next_step(round: Round, *, waits: bool) -> Iterator[Owed]:
    """What moves the round on, where nothing else is in the way. `waits`: the stage does, for somebody."""
    stage = round.current_stage
    if round.is_draft:
        for reason in guards.reasons_not_to_open_round(round):
            yield _owed(round, rules.COMMITTEE, reason, "rounds:detail")
    elif stage and stage.is_open and (not waits or stage.is_past_deadline()):
        if not guards.reasons_not_to_close(stage):
            what = _("%(stage)s can be closed.") % {"stage": stage}
            yield _owed(round, stage.what.closed_by, what, "rounds:detail")
    elif stage and stage.is_settled and not any(guards.reasons_not_to_advance(stage)):
        what = _("%(stage)s can be opened.") % {"stage": stage.next} if stage.next else _("The parts can be combined.")
        yield _owed(round, rules.COMMITTEE, what, "rounds:advance")
    elif round.state == Round.State.RESULT and round.is_approved:
        yield _owed(round, rules.COMMITTEE, _("The decree has not been issued yet."), "documents:list")
    elif round.state == Round.State.RESULT and not any(guards.reasons_not_to_approve(round)):
        yield _owed(round, rules.HEAD, _("The result has not been approved yet."), "scoring:results")
    elif round.state == Round.State.DECREED:
        yield _owed(round, rules.COMMITTEE, _("The winners have not been announced yet."), "rounds:announce")


def _objections(round: Round) -> Iterator[Owed]:
    for objection in round.objections.all() if round.objections_until else []:
        objection.round = round
        words = {"classification": objection.classification_name}
        if not objection.is_answered:
            what = _("An objection in %(classification)s has not been answered yet.") % words
            yield _owed(round, rules.CHAIR, what, "scoring:objections")
        elif objection.is_waiting:
            what = _("Nothing is said yet of what follows from an upheld objection in %(classification)s.") % words
            yield _owed(round, rules.CHAIR, what, "scoring:objections")


def _papers(round: Round) -> Iterator[Owed]:
    """What waits for the committee to issue it, and what for the signature."""
    documents = list(Document.objects.published().light().filter(round=round))
    for paper in waiting.papers(round, documents):
        what = _("Not issued yet: %(paper)s.") % {"paper": paper.title}
        yield Owed(_role(rules.COMMITTEE), what, paper.url)
    decree = next((item for item in documents if item.is_decree and item.is_in_force), None)
    if decree and (missing := paper_guards.without_certificate(round, decree)):
        what = _("Certificates to issue: %(count)s.") % {"count": len(missing)}
        yield _owed(round, rules.COMMITTEE, what, "documents:certificates")
    if unsigned := [item for item in documents if not signing.reason_not_signable(item)]:
        what = _("Documents without an electronic signature: %(count)s.") % {"count": len(unsigned)}
        yield _owed(round, rules.HEAD, what, "documents:list")


def _row(round: Round, owed: Owed, site: str) -> Row:
    stage = round.current_stage
    until = _("Please do it until %(date)s.") % {"date": texts.when(stage)} if stage and stage.closes_at else ""
    lines = [f"*{round}*", f"{owed.who}: {owed.what} {until}".strip(), texts.at(reverse("rounds:tasks"), site)]
    text = "\n\n".join(lines)
    address = owed.person.email if owed.person else ""
    words = urlencode({"subject": str(round), "body": text.replace("*", "")}, quote_via=quote)
    return Row(owed, text, f"mailto:{quote(address, safe='@')}?{words}")
