"""Why a document cannot be issued, in words."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from anas.documents import assessment, numbers, wording, words
from anas.documents.letterheads import SMALLEST_HEIGHT, SMALLEST_WIDTH, room
from anas.documents.models import Document, DocumentQuerySet, Letterhead
from anas.rounds import guards
from anas.rounds.models import Round
from nominations.models import Nominee
from scoring import results
from voting.models import Poll

PLACE_LENGTH = 150
CHANNEL_LENGTH = 250
REASON_LENGTH = 500
PERSONAL_NUMBER = re.compile(r"\d(?:[ .\-]?\d){15,}")  # an NIP or NIK, in groups or not
NUMBER_LENGTH = Document._meta.get_field("number").max_length


def reasons_not_to_draft(round: Round) -> Iterator[str]:
    """A decree can be prepared as soon as there is a result, before the head has approved it."""
    if round.state != Round.State.RESULT:
        yield from guards.reasons_not_to_decree(round)
    elif not results.winners(round):
        yield _("Nobody has won, so there is nothing to decree.")


def reasons_not_to_issue_decree(round: Round) -> Iterator[str]:
    yield from guards.reasons_not_to_decree(round)
    if round.has_result and not results.winners(round):
        yield _("Nobody has won, so there is nothing to decree.")


def reasons_not_to_issue_certificates(
    round: Round, decree: Document | None, *, finalists: bool = True
) -> Iterator[str]:
    if decree is None:
        yield _("The decree has not been issued yet; the certificates refer to it.")
    elif not without_certificate(round, decree, finalists=finalists):
        yield _("Every winner's certificate has been issued.")


def without_certificate(round: Round, decree: Document, *, finalists: bool = False) -> list[results.Row]:
    """The winners who have none in force yet that rests on this decree; after them the finalists: those whose
    certificate rests on another decree, or all of them."""
    rests = dict(_certificates(round).values_list("nominee", "data__decree__number"))
    waiting = [row for row in results.finalists(round) if rests.get(row.nominee.pk) != decree.number]
    due = [row for row in waiting if row.standing.is_winner or finalists or row.nominee.pk in rests]
    return sorted(due, key=lambda row: not row.standing.is_winner)


def _certificates(round: Round) -> DocumentQuerySet:
    return Document.objects.in_force().filter(round=round, kind=Document.Kind.CERTIFICATE)


def has_certificate(round: Round, decree: Document, nominee: Nominee) -> bool:
    """Whether one that rests on this decree is in force."""
    return _certificates(round).filter(nominee=nominee, data__decree__number=decree.number).exists()


def minutes_to_issue(round: Round) -> list[str]:
    """The kinds of minutes that wait for the committee."""
    return [kind for kind in Document.MINUTES if not any(reasons_not_to_issue_minutes(round, kind))]


def reasons_not_to_issue_minutes(round: Round, kind: str) -> Iterator[str]:
    """Those of the assessment as soon as the team has closed it and no tie is open, those of the closing as soon as the
    box is closed, those of the count as soon as the votes are counted."""
    reason = _reason_not_assessed(round) if kind == Document.Kind.ASSESSMENT else _reason_box(round, kind)
    if reason:
        yield reason
    elif Document.objects.in_force().filter(round=round, kind=kind).exists():
        yield _("These minutes have already been issued.")


def _reason_not_assessed(round: Round) -> str | None:
    stages = assessment.stages(round)
    if not stages or not all(stage.is_settled for stage in stages):
        return _("The assessment by the team has not been closed yet.")
    if any(results.shortlist_ties(stage) for stage in stages):
        return _("A tie has still to be decided.")
    return None


def _reason_box(round: Round, kind: str) -> str | None:
    poll = Poll.objects.filter(stage__round=round).select_related("stage").first()
    if poll is None:
        return _("There is no ballot box in this round yet.")
    if not poll.envelope_root:
        return _("The ballot box has not been closed yet.")
    if kind == Document.Kind.COUNT and not (poll.is_counted and poll.stage.is_settled):
        return _("The votes have not been counted yet.")
    return None


def reasons_not_to_issue_announcement(round: Round, decree: Document | None) -> Iterator[str]:
    if decree is None:
        yield _("The decree has not been issued yet; the announcement refers to it.")
    elif Document.objects.in_force().filter(round=round, kind=Document.Kind.ANNOUNCEMENT).exists():
        yield _("This document has already been issued.")


def reasons_not_to_issue_poster(announcement: Document | None) -> Iterator[str]:
    if announcement is None:
        yield _("The announcement has not been issued yet; the poster bears its number.")


def reasons_not_to_issue_recap(round: Round) -> Iterator[str]:
    """Once the head has approved the result, its numbers cannot change any more."""
    if not round.has_result:
        yield _("There is no result yet.")
    elif not round.is_approved:
        yield _("The head of the office has not approved the result yet.")
    elif Document.objects.in_force().filter(round=round, kind=Document.Kind.RECAP).exists():
        yield _("This document has already been issued.")


def reason_not_in_force(document: Document) -> str | None:
    if document.is_in_force:
        return None
    return _("It is not in force: it is %(state)s.") % {"state": document.get_state_display()}


def reason_not_to_replace(document: Document) -> str | None:
    if document.kind == Document.Kind.POSTER:
        return _("A poster is issued anew from the announcement.")
    return reason_not_in_force(document)


def reason_not_to_revoke(document: Document) -> str | None:
    """A decree is what a round is decreed by: until the announcement it can only be replaced."""
    if document.is_decree and document.round.state != Round.State.ANNOUNCED:
        return _("The result has not been announced yet: replace the decree by a corrected one instead.")
    return reason_not_in_force(document)


def reason_bad_reason(reason: str) -> str | None:
    """Whoever checks the document reads the reason: no NIP or NIK in it."""
    if len(reason) > REASON_LENGTH:
        return _("The reason is longer than %(limit)s letters.") % {"limit": REASON_LENGTH}
    if PERSONAL_NUMBER.search(reason):
        return _("Everybody can read the reason: write it without personal numbers.")
    return guards.reason_missing(reason)


def reason_bad_day_of_minutes(happened: date, when: date) -> str | None:
    """Minutes are of the day itself or of a later one."""
    if when < happened:
        return _("The date lies before the act itself on %(day)s.") % {"day": date_format(happened)}
    return reason_far_ahead(when)


def reason_bad_number(round: Round, kind: str, number: str) -> str | None:
    """A number is registered once by an office for a kind of document; those of a rehearsal are in no register."""
    scope, mark = round.scope, numbers.mark(round)
    if not number or len(number) > NUMBER_LENGTH or not number.isprintable():
        return _("The number is missing, or longer than %(limit)s letters.") % {"limit": NUMBER_LENGTH}
    if mark and not number.startswith(mark):
        return _("The numbers of this rehearsal begin with “%(mark)s”, so that nobody takes them for real.") % {
            "mark": mark
        }
    if not mark and number.upper().startswith(Round.MARK):
        return _("Only the numbers of a rehearsal begin with %(mark)s.") % {"mark": Round.MARK}
    if Document.objects.in_force().filter(scope=scope, kind__in=numbers.register(kind), number=number).exists():
        return _("The number %(number)s has already been given to another document.") % {"number": number}
    return None


def reason_bad_date(round: Round, when: date) -> str | None:
    """A decree follows the approval; nobody dates it back, or far ahead."""
    approved = timezone.localdate(round.approved_at) if round.approved_at else None
    if approved and when < approved:
        return _("The date lies before the approval by the head of the office on %(day)s.") % {
            "day": date_format(approved)
        }
    return reason_far_ahead(when)


def reason_bad_day_of_announcement(decree: Document, when: date) -> str | None:
    if when < decree.date:
        return _("The date lies before the decree of %(day)s.") % {"day": date_format(decree.date)}
    return reason_far_ahead(when)


def reason_bad_objections(to: str, until: date | None, when: date) -> str | None:
    """Where one can object and until when belong together, and the announcement comes before the deadline."""
    if bool(to) != bool(until):
        return _("Say both where one can object and until when, or neither.")
    if len(to) > CHANNEL_LENGTH or not to.isprintable():
        return _("Where one can object is longer than %(limit)s letters.") % {"limit": CHANNEL_LENGTH}
    if until and until < when:
        return _("One can object until a day after the announcement, not before it.")
    return reason_far_ahead(until) if until else None


def reason_far_ahead(when: date) -> str | None:
    if when > timezone.localdate() + timedelta(days=366):
        return _("The date lies more than a year ahead.")
    return None


def reason_bad_place(place: str) -> str | None:
    if not place or len(place) > PLACE_LENGTH or not place.isprintable():
        return _("The place is missing, or longer than %(limit)s letters.") % {"limit": PLACE_LENGTH}
    return None


def reason_bad_template(template: str) -> str | None:
    """A form of numbers has the running number in it, and only fields that there are."""
    if reason := reason_unknown_field(template, words.NUMBER_FIELDS):
        return reason
    if "{nomor}" not in template:
        return _("The running number {nomor} is missing.")
    return None


def reason_bad_text(text: str) -> str | None:
    """A usual text of decrees has only fields that there are."""
    return reason_unknown_field(text, wording.FIELDS)


def reason_unknown_field(template: str, known: tuple[str, ...]) -> str | None:
    if unknown := words.unknown_fields(template, known):
        return _("There is no field %(field)s; there are %(fields)s.") % {
            "field": f"{{{unknown[0]}}}",
            "fields": ", ".join(f"{{{name}}}" for name in known),
        }
    return None


def reason_too_narrow(letterhead: Letterhead) -> str | None:
    """Left and right together, on the paper that is chosen."""
    width, _height = room(letterhead)
    if width >= SMALLEST_WIDTH:
        return None
    return _("Left and right leave a width of %(left)s mm on %(paper)s; the text needs at least %(needed)s mm.") % {
        "left": width,
        "paper": letterhead.get_paper_display(),
        "needed": SMALLEST_WIDTH,
    }


def reason_too_low(letterhead: Letterhead) -> str | None:
    """Top and bottom together, on the paper that is chosen."""
    _width, height = room(letterhead)
    if height >= SMALLEST_HEIGHT:
        return None
    return _("Top and bottom leave a height of %(left)s mm on %(paper)s; the text needs at least %(needed)s mm.") % {
        "left": height,
        "paper": letterhead.get_paper_display(),
        "needed": SMALLEST_HEIGHT,
    }
