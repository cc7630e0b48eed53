"""What happens to documents. Every function takes `by`, the person who acts, runs in one transaction, and raises
Refused with the reasons where the act cannot be done: then no part of it stays."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.documents import facts, guards, minutes, numbers, papers, versions
from anas.documents.keeping import keep, verification_link
from anas.documents.letterhead_models import SETTINGS
from anas.documents.letterheads import letterhead_for
from anas.documents.models import Crest, Document, Letterhead, new_code
from anas.documents.texts import DecreeTexts, default_texts
from anas.people.models import Employee, Unit
from anas.people.rules import is_committee_of
from anas.refused import Refused, refuse_for, require
from anas.rounds import audit, rules
from anas.rounds import services as rounds
from anas.rounds.models import Round
from scoring.results import Row

DECREE, CERTIFICATE = Document.Kind.DECREE, Document.Kind.CERTIFICATE
# Reasons that the application gives by itself are kept and printed, so they are in the office's language.
OTHER_DECREE = "Keputusan yang menjadi dasarnya telah diganti."


def decree_of(round: Round) -> Document | None:
    """The decree that is in force."""
    return in_force(round, DECREE)


def in_force(round: Round, kind: str) -> Document | None:
    """The document of a kind of which a round has one."""
    return Document.objects.in_force().filter(round=round, kind=kind).defer("pdf").first()


def last_decree_of(round: Round) -> Document | None:
    """The decree that is in force, else the one that was revoked."""
    return Document.objects.published().filter(round=round, kind=DECREE).light().order_by("pk").last()


def draft_of(round: Round) -> Document | None:
    return Document.objects.filter(round=round, kind=DECREE, state=Document.State.DRAFT).first()


def texts_of(round: Round) -> DecreeTexts:
    """The texts of the draft; where nobody has prepared one, those that the decree would have by itself."""
    if draft := draft_of(round):
        return DecreeTexts(**draft.data["texts"])
    return default_texts(round, letterhead_for(round.scope), when=timezone.localdate())


@transaction.atomic
def save_draft(round: Round, *, texts: DecreeTexts, by: Employee) -> Document:
    """Keeps the texts of the decree. The draft can be read as a PDF that says KONSEP, and changed until the issue."""
    round = rounds.locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    refuse_for(guards.reasons_not_to_draft(round))
    draft = draft_of(round) or Document(scope=round.scope, round=round, kind=DECREE)
    draft.title, draft.data = texts.title, {"texts": texts.as_data()}
    draft.save()
    rounds.note(round, by, "decree.drafted", texts.title)
    return draft


def draft_pdf(round: Round, *, texts: DecreeTexts | None = None) -> bytes:
    """The decree as it would be now, with KONSEP across every page, no number, date or code. Nothing is kept."""
    frozen = facts.decree(round, texts=texts or texts_of(round), number="", when=None, code="", link="-")
    return papers.render(DECREE, frozen, is_draft=True)


@transaction.atomic
def issue_decree(
    round: Round, *, number: str, date: datetime.date, texts: DecreeTexts | None = None, by: Employee, site: str = ""
) -> Document:
    """Issues the Keputusan under the number of the office's register: result → decreed, and the paper is kept as it is.

    `texts`: else those of the draft, else the usual ones. `site`: the address that the QR code leads to, where
    SITE_URL does not say it. Replaces the draft.
    """
    round, number = rounds.locked(round), number.strip()
    require(rules.must_be(rules.COMMITTEE, by, round))
    refuse_for(guards.reasons_not_to_issue_decree(round))
    require(guards.reason_bad_number(round, DECREE, number), guards.reason_bad_date(round, date))
    texts, code = texts or texts_of(round), new_code()
    Document.objects.filter(round=round, kind=DECREE, state=Document.State.DRAFT).delete()
    rounds.decree(round, by=by, number=number)
    frozen = facts.decree(round, texts=texts, number=number, when=date, code=code, link=verification_link(code, site))
    return keep(round, DECREE, frozen, by=by)


@transaction.atomic
def issue_certificates(
    round: Round,
    *,
    template: str = "",
    first: int | None = None,
    finalists: bool = False,
    by: Employee,
    site: str = "",
) -> list[Document]:
    """Issues a Piagam for every winner who has none that rests on the decree in force, and for every other finalist if
    so wished, all or none of them, winners first, numbered on from `first` by the template (else by the letterhead's,
    and from the number after the last one). A certificate that rests on a decree which has been replaced is superseded
    by the new one. Answers with those it issued."""
    round = rounds.locked(round)
    decree, template, start = certificate_numbers(round, template=template, first=first, by=by)
    return [
        _issue_certificate(round, row, decree, numbers.filled(template, number, round.scope, decree.date), by, site)
        for number, row in enumerate(guards.without_certificate(round, decree, finalists=finalists), start)
    ]


def certificate_numbers(round: Round, *, template: str, first: int | None, by: Employee) -> tuple[Document, str, int]:
    """The decree that certificates rest on, the form of their numbers, and the first running number. Raises Refused
    where this person cannot issue any."""
    require(rules.must_be(rules.COMMITTEE, by, round))
    decree = decree_of(round)
    if decree is None:
        refuse_for(guards.reasons_not_to_issue_certificates(round, decree))
    template = template or numbers.template(round, CERTIFICATE)
    require(guards.reason_bad_template(template))
    return decree, template, first or numbers.following(round.scope, CERTIFICATE, template, decree.date.year)


def _issue_certificate(round: Round, row: Row, decree: Document, number: str, by: Employee, site: str) -> Document:
    return keep_certificate(round, row, certificate_facts(round, row, decree, number, site), by=by)


def certificate_facts(round: Round, row: Row, decree: Document, number: str, site: str) -> dict[str, Any]:
    """Everything that will stand in this winner's certificate."""
    outdated, code = _certificate_of(round, row), new_code()
    frozen = facts.certificate(
        round,
        row,
        number=number,
        when=decree.date,
        decree=facts.named_decree(decree.data),
        code=code,
        link=verification_link(code, site),
    )
    return frozen | ({"replaces": facts.replaced(outdated)} if outdated else {})


def keep_certificate(
    round: Round, row: Row, frozen: dict[str, Any], *, by: Employee, pdf: bytes | None = None
) -> Document:
    """Issues what `certificate_facts` says; `pdf`: the paper, where it has been rendered already."""
    require(guards.reason_bad_number(round, CERTIFICATE, frozen["number"]))
    outdated = _certificate_of(round, row)
    more = {"nominee": row.nominee, "replaces": outdated, "reason": OTHER_DECREE}
    return keep(round, CERTIFICATE, frozen, by=by, pdf=pdf, **more)


def _certificate_of(round: Round, row: Row) -> Document | None:
    """The one in force, which a new one takes the place of."""
    own = Document.objects.in_force().filter(round=round, kind=CERTIFICATE, nominee=row.nominee)
    return own.defer("pdf").first()


@transaction.atomic
def issue_minutes(
    round: Round, *, kind: str, number: str, date: datetime.date, place: str = "", by: Employee, site: str = ""
) -> Document:
    """Issues the Berita Acara of the team's assessment, of the closing of the ballot box or of the count, once, to be
    printed and signed by those who were there. `place`: where it was; else the office."""
    round, number, place = rounds.locked(round), number.strip(), place.strip() or minutes.usual_place(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    refuse_for(guards.reasons_not_to_issue_minutes(round, kind))
    require(
        guards.reason_bad_number(round, kind, number),
        guards.reason_bad_day_of_minutes(minutes.day_of(round, kind), date),
        guards.reason_bad_place(place),
    )
    code = new_code()
    link = verification_link(code, site)
    frozen = minutes.facts_of(round, kind, number=number, when=date, place=place, code=code, link=link)
    return keep(round, kind, frozen, by=by)


@transaction.atomic
def set_letterhead(unit: Unit, *, values: Mapping[str, Any], by: Employee) -> Letterhead:
    """Keeps a new version of the settings of the unit's papers; what has been issued stays as it is. An empty value is
    inherited from the unit above. `values`: those that may change. `crest`: the bytes of a PNG from `crests.clean`,
    None to have none of one's own."""
    values = dict(values)
    if values.get("crest"):
        crest = Crest.of(values["crest"])
        values["crest"], _created = Crest.objects.get_or_create(digest=crest.digest, defaults={"png": crest.png})
    version = versions.keep(_theirs(unit, by), values, by=by)
    detail = {"fields": version.changed, "version": version.number}
    audit.record(None, by=by, action="letterhead.changed", subject=str(unit), **detail)
    return version


@transaction.atomic
def bring_back_letterhead(unit: Unit, *, number: int, by: Employee) -> Letterhead:
    """Makes an earlier version of the settings the present one: as a new version, so that none is lost."""
    old = Letterhead.objects.get(unit=_theirs(unit, by), number=number)
    version = versions.keep(unit, {name: getattr(old, name) for name in SETTINGS}, by=by, brought_back=number)
    detail = {"fields": version.changed, "version": version.number, "as": number}
    audit.record(None, by=by, action="letterhead.brought_back", subject=str(unit), **detail)
    return version


def _theirs(unit: Unit, by: Employee) -> Unit:
    """The unit, held until the end of the transaction, where the person is its committee."""
    if not is_committee_of(by, unit):
        raise Refused(_("Only the committee can do this."))
    return Unit.objects.select_for_update().get(pk=unit.pk)
