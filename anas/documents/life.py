"""What becomes of issued documents: a corrected one takes their place, or they are revoked. They stay, with the reason.

Both are acts of the committee that issued them, for documents in force alone, and final."""

import datetime
from typing import Any

from django.db import transaction

from anas.documents import facts, guards, minutes, words
from anas.documents.keeping import end, keep, verification_link
from anas.documents.models import Document, new_code
from anas.documents.services import decree_of
from anas.documents.texts import DecreeTexts
from anas.people.models import Employee
from anas.refused import require
from anas.rounds import rules
from anas.rounds import services as rounds
from scoring import results

State = Document.State
# A reason of the application's own, in the office's language.
DECREE_REVOKED = "Keputusan yang menjadi dasarnya telah dicabut."


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
    by: Employee,
    site: str = "",
) -> Document:
    """Issues a corrected document of the same kind, which says itself which one it replaces.

    It is made from the frozen data of the old one: the same winners, scores, signatory and letterhead, or the same
    closing or count. New are number and date, the `texts` of a decree, the `place` of minutes and, with
    `renew_people`, names, numbers, ranks and positions of the winners as they are now. Certificates that rest on a
    decree stay in force until `services.issue_certificates` issues them anew.
    """
    document, number, reason, place = _locked(document), number.strip(), reason.strip(), place.strip()
    round, kind = document.round, document.kind
    require(rules.must_be(rules.COMMITTEE, by, round))
    require(guards.reason_not_in_force(document))
    require(
        guards.reason_bad_number(round.scope, kind, number),
        reason_bad_day(document, date),
        guards.reason_bad_reason(reason),
        guards.reason_bad_place(place) if place else None,
    )
    corrected = _corrected(document, date=date, texts=texts, place=place, renew_people=renew_people)
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
    """Takes a document out of force without another in its place; a decree takes the certificates that rest on it
    along. Certificates and minutes can be issued anew after that."""
    document, reason = _locked(document), reason.strip()
    require(rules.must_be(rules.COMMITTEE, by, document.round))
    require(guards.reason_not_to_revoke(document))
    require(guards.reason_bad_reason(reason))
    end(document, State.REVOKED, reason=reason, by=by)
    for certificate in resting_on(document):
        end(certificate, State.REVOKED, reason=DECREE_REVOKED, by=by)


def resting_on(document: Document) -> list[Document]:
    """The certificates in force of the round that this decree decrees; none for other documents."""
    certificates = Document.objects.in_force().filter(round=document.round, kind=Document.Kind.CERTIFICATE)
    return list(certificates.listed()) if document.is_decree else []


def reason_bad_day(document: Document, when: datetime.date) -> str | None:
    """The date of the corrected document, by the rules of its kind."""
    if document.is_minutes:
        return guards.reason_bad_day_of_minutes(minutes.day_of(document.round, document.kind), when)
    return guards.reason_bad_date(document.round, when)


def _locked(document: Document) -> Document:
    """The document as it is now, its round held against other writers."""
    round = rounds.locked(document.round)
    fresh = Document.objects.select_related("nominee").defer("pdf").get(pk=document.pk)
    fresh.round = round
    return fresh


def _corrected(
    document: Document, *, date: datetime.date, texts: DecreeTexts | None, place: str, renew_people: bool
) -> dict[str, Any]:
    """What else is new, by the kind of the document."""
    if document.is_minutes:
        return _corrected_minutes(document, date, place)
    round = document.round
    winners = results.winners(round) if renew_people else []
    if document.is_decree:
        new = {"texts": texts.as_data(), "title": texts.title} if texts else {}
        return new | ({"winners": [facts.winner(round, row) for row in winners]} if winners else {})
    decree = decree_of(round)
    new = {"decree": facts.named_decree(decree.data)} if decree else {}
    own = [facts.winner(round, row) for row in winners if row.nominee == document.nominee]
    return new | ({"winner": own[0]} if own else {})


def _corrected_minutes(document: Document, date: datetime.date, place: str) -> dict[str, Any]:
    new = {"day": words.day_in_words(date), "place": place or document.data["place"]}
    if document.kind == minutes.COUNT:
        new["closing"] = minutes.named_closing(document.round)
    return new
