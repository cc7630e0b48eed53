"""What becomes of issued documents: a corrected one takes their place, or they are revoked. They stay, with the reason.

Both are acts of the committee that issued them, for documents in force alone, and final."""

import datetime
from typing import Any

from django.db import transaction

from anas.documents import facts, guards, minutes, outcome, words
from anas.documents.keeping import end, keep, verification_link
from anas.documents.models import Document, new_code
from anas.documents.services import decree_of
from anas.documents.texts import DecreeTexts
from anas.people.models import Employee
from anas.refused import require
from anas.rounds import rules
from anas.rounds import services as rounds
from scoring import results

Kind, State = Document.Kind, Document.State
# What rests on what, and the reason of the application's own, in the office's language, when the ground is taken away.
RESTING = {
    Kind.DECREE: ([Kind.CERTIFICATE, Kind.ANNOUNCEMENT, Kind.POSTER], "Keputusan yang menjadi dasarnya telah dicabut."),
    Kind.ANNOUNCEMENT: ([Kind.POSTER], "Pengumuman yang menjadi dasarnya telah dicabut."),
}


@transaction.atomic
def supersede(
    document: Document,
    *,
    number: str,
    date: datetime.date,
    reason: str,
    texts: DecreeTexts | None = None,
    place: str = "",
    renew_people: bool = False,
    objections_to: str = "",
    objections_until: datetime.date | None = None,
    by: Employee,
    site: str = "",
) -> Document:
    """Issues a corrected document of the same kind, which says itself which one it replaces.

    It is made from the frozen data of the old one: the same winners, scores, signatory and letterhead, or the same
    assessment, closing or count. New are number and date, the `texts` of a decree, the `place` of minutes, the way to
    object of an announcement, which tells of the decree in force, and, with `renew_people`, names, numbers, ranks and
    positions as they are now. Certificates and an announcement that rest on a decree, and a poster that rests on an
    announcement, stay in force until they are issued anew.
    """
    document, number, reason, place = _locked(document), number.strip(), reason.strip(), place.strip()
    round, kind = document.round, document.kind
    require(rules.must_be(rules.COMMITTEE, by, round))
    require(guards.reason_not_to_replace(document))
    require(
        guards.reason_bad_number(round, kind, number),
        reason_bad_day(document, date),
        guards.reason_bad_reason(reason),
        guards.reason_bad_place(place) if place else None,
        guards.reason_bad_objections(objections_to, objections_until, date),
    )
    objections = outcome.objections(objections_to, objections_until)
    corrected = CORRECTED[kind](
        document, date=date, texts=texts, place=place, renew_people=renew_people, objections=objections
    )
    frozen = document.data | _own_facts(document, number, date, site) | corrected
    return keep(round, kind, frozen, by=by, nominee=document.nominee, replaces=document, reason=reason)


def _own_facts(replaced: Document, number: str, date: datetime.date, site: str) -> dict[str, Any]:
    """What no corrected document has from the one it replaces."""
    code = new_code()
    return {
        "number": number,
        "date": words.day(date),
        "iso_date": date.isoformat(),
        "code": code,
        "link": verification_link(code, site),
        "replaces": facts.replaced(replaced),
    }


@transaction.atomic
def revoke(document: Document, *, reason: str, by: Employee) -> None:
    """Takes a document out of force without another in its place, and along with it what rests on it. All but a decree
    can be issued anew after that."""
    document, reason = _locked(document), reason.strip()
    require(rules.must_be(rules.COMMITTEE, by, document.round))
    require(guards.reason_not_to_revoke(document))
    require(guards.reason_bad_reason(reason))
    end(document, State.REVOKED, reason=reason, by=by)
    for other in resting_on(document):
        end(other, State.REVOKED, reason=RESTING[document.kind][1], by=by)


def resting_on(document: Document) -> list[Document]:
    """What is in force and refers to this document: the certificates, the announcement and its poster to a decree."""
    kinds, _reason = RESTING.get(document.kind, ([], ""))
    found = Document.objects.in_force().filter(round=document.round, kind__in=kinds)
    return list(found.listed().order_by("pk")) if kinds else []


def reason_bad_day(document: Document, when: datetime.date) -> str | None:
    """The date of the corrected document, by the rules of its kind."""
    if document.is_minutes:
        return guards.reason_bad_day_of_minutes(minutes.day_of(document.round, document.kind), when)
    if document.kind == Kind.ANNOUNCEMENT and (decree := decree_of(document.round)):
        return guards.reason_bad_day_of_announcement(decree, when)
    return guards.reason_bad_date(document.round, when)


def _locked(document: Document) -> Document:
    """The document as it is now, its round held against other writers."""
    round = rounds.locked(document.round)
    fresh = Document.objects.select_related("nominee").defer("pdf").get(pk=document.pk)
    fresh.round = round
    return fresh


def _corrected_decree(document: Document, *, texts: DecreeTexts | None, renew_people: bool, **_: Any) -> dict[str, Any]:
    new = {"texts": texts.as_data(), "title": texts.title} if texts else {}
    winners = results.winners(document.round) if renew_people else []
    return new | ({"winners": [facts.winner(document.round, row) for row in winners]} if winners else {})


def _corrected_certificate(document: Document, *, renew_people: bool, **_: Any) -> dict[str, Any]:
    decree = decree_of(document.round)
    new = {"decree": facts.named_decree(decree.data)} if decree else {}
    rows = results.finalists(document.round) if renew_people else []
    own = [facts.winner(document.round, row) for row in rows if row.nominee == document.nominee]
    return new | ({"winner": own[0]} if own else {})


def _corrected_minutes(document: Document, *, date: datetime.date, place: str, **_: Any) -> dict[str, Any]:
    new = {"day": words.day_in_words(date), "place": place or document.data["place"]}
    if document.kind == minutes.COUNT:
        new["closing"] = minutes.named_closing(document.round)
    return new


def _corrected_announcement(document: Document, *, objections: dict[str, str], **_: Any) -> dict[str, Any]:
    decree = decree_of(document.round)
    return (outcome.from_decree(decree) if decree else {}) | {"objections": objections}


def _corrected_recap(document: Document, *, renew_people: bool, **_: Any) -> dict[str, Any]:
    return {"contests": outcome.contests(document.round)} if renew_people else {}


# What else is new, by the kind of the document.
CORRECTED = {
    Kind.DECREE: _corrected_decree,
    Kind.CERTIFICATE: _corrected_certificate,
    Kind.ANNOUNCEMENT: _corrected_announcement,
    Kind.RECAP: _corrected_recap,
    **dict.fromkeys(Document.MINUTES, _corrected_minutes),
}
