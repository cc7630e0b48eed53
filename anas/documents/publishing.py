"""The papers that tell others of the result: Pengumuman, its poster, Rekapitulasi. As in `services`, every function
takes `by`, runs in one transaction, and raises Refused with the reasons where the act cannot be done."""

import datetime

from django.db import transaction

from anas.documents import guards, outcome
from anas.documents.keeping import keep, verification_link
from anas.documents.models import Document, new_code
from anas.documents.services import decree_of, in_force
from anas.people.models import Employee
from anas.refused import refuse_for, require
from anas.rounds import rules
from anas.rounds import services as rounds
from anas.rounds.models import Round

Kind = Document.Kind
# Kept and printed, so in the office's language.
MADE_ANEW = "Poster dibuat ulang."


@transaction.atomic
def issue_announcement(
    round: Round,
    *,
    number: str,
    date: datetime.date,
    objections_to: str = "",
    objections_until: datetime.date | None = None,
    by: Employee,
    site: str = "",
) -> Document:
    """Issues the Pengumuman of the winners of the decree in force, once. Where one can object: to whom, and the last
    day of it."""
    round, number, objections_to = rounds.locked(round), number.strip(), objections_to.strip()
    require(rules.must_be(rules.COMMITTEE, by, round))
    decree = decree_of(round)
    refuse_for(guards.reasons_not_to_issue_announcement(round, decree))
    require(
        guards.reason_bad_number(round, Kind.ANNOUNCEMENT, number),
        guards.reason_bad_day_of_announcement(decree, date),
        guards.reason_bad_objections(objections_to, objections_until, date),
    )
    code = new_code()
    frozen = outcome.announcement(
        round,
        decree,
        number=number,
        when=date,
        objections_to=objections_to,
        objections_until=objections_until,
        code=code,
        link=verification_link(code, site),
    )
    return keep(round, Kind.ANNOUNCEMENT, frozen, by=by)


@transaction.atomic
def issue_poster(round: Round, *, with_photos: bool = True, by: Employee, site: str = "") -> Document:
    """Issues the poster of the announcement in force, under its number and date. One that was issued before is
    superseded by it."""
    round = rounds.locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    announcement = in_force(round, Kind.ANNOUNCEMENT)
    refuse_for(guards.reasons_not_to_issue_poster(announcement))
    code = new_code()
    link = verification_link(code, site)
    frozen = outcome.poster(round, announcement, with_photos=with_photos, code=code, link=link)
    return keep(round, Kind.POSTER, frozen, by=by, replaces=in_force(round, Kind.POSTER), reason=MADE_ANEW)


@transaction.atomic
def issue_recap(round: Round, *, number: str, date: datetime.date, by: Employee, site: str = "") -> Document:
    """Issues the Rekapitulasi of an approved result, once: all parts of the score of every finalist."""
    round, number = rounds.locked(round), number.strip()
    require(rules.must_be(rules.COMMITTEE, by, round))
    refuse_for(guards.reasons_not_to_issue_recap(round))
    require(guards.reason_bad_number(round, Kind.RECAP, number), guards.reason_bad_date(round, date))
    code = new_code()
    frozen = outcome.recap(round, number=number, when=date, code=code, link=verification_link(code, site))
    return keep(round, Kind.RECAP, frozen, by=by)
