"""What the Berita Acara say: of the team's assessment, of the closing of the ballot box, and of the count. Frozen as
plain data, like every document; votes and shares come from the count and from the stored scores."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from anas.documents import assessment, facts, words
from anas.documents.letterheads import letterhead_for
from anas.documents.models import Document
from anas.people.models import Employee
from anas.rounds import audit, rules
from anas.rounds.models import AuditEntry, Round, Stage
from anas.rounds.scheme import Classification
from nominations.models import Nominee
from scoring import arithmetic
from scoring.models import StageScore
from voting import counting, services, turnout
from voting.counting import Tally
from voting.models import KeyShare, Poll

ASSESSMENT, CLOSING, COUNT = Document.Kind.ASSESSMENT, Document.Kind.CLOSING, Document.Kind.COUNT
ACTIONS = {ASSESSMENT: "stage.closed", CLOSING: "box.closed", COUNT: "box.counted"}
ACTED = {CLOSING: "Panitia, yang menutup kotak suara", COUNT: "Panitia, yang melaksanakan penghitungan suara"}
TITLES = {ASSESSMENT: "Penilaian Tim", CLOSING: "Penutupan Kotak Suara", COUNT: "Penghitungan Suara"}
CHAIR, MEMBER, WITNESS = "Ketua Tim Penilai", "Anggota Tim Penilai", "Saksi"


def facts_of(round: Round, kind: str, *, number: str, when: date, place: str, code: str, link: str) -> dict[str, Any]:
    """Everything that stands in one Berita Acara. What it tells of has happened."""
    act = _act(round, kind)
    return {
        **facts.common(round, number=number, when=when, code=code, link=link),
        "title": f"Berita Acara {TITLES[kind]} {round.scheme.title} {round}",
        "act": TITLES[kind],
        "day": words.day_in_words(when),
        "place": place,
        "at": _moment(act.at),
        "by": act.actor.full_name,
        "signers": [
            {"name": who.full_name, "position": who.position, "roles": own} for who, own in signers(round, kind)
        ],
        **ABOUT[kind](round, act),
    }


def _poll(round: Round) -> Poll:
    return Poll.objects.select_related("stage__round").get(stage__round=round)


def _act(round: Round, kind: str) -> AuditEntry | None:
    """The entry of the audit trail that says who closed the assessment or the box, or counted, and when."""
    trail = AuditEntry.objects.filter(chain__name=audit.chain_name(round), action=ACTIONS[kind])
    if kind == ASSESSMENT:
        trail = trail.filter(subject__in=[str(stage) for stage in assessment.stages(round)])
    return trail.select_related("actor").order_by("number").last()


def day_of(round: Round, kind: str) -> date | None:
    """The day on which that happened; None before it."""
    act = _act(round, kind)
    return timezone.localdate(act.at) if act else None


def usual_place(round: Round) -> str:
    letterhead = letterhead_for(round.scope)
    return f"{letterhead.office}, {letterhead.place}" if letterhead.place else letterhead.office


def _moment(at: datetime) -> str:
    return words.moment(timezone.localtime(at))


def _assessment(round: Round, act: AuditEntry) -> dict[str, Any]:
    return assessment.told(round)


def _box(poll: Poll) -> dict[str, Any]:
    hashes = poll.envelope_hashes
    return {"root": poll.envelope_root, "envelopes": words.counted(len(hashes)), "threshold": poll.threshold}


def _closing(round: Round, act: AuditEntry) -> dict[str, Any]:
    poll = _poll(round)
    roll, shares = turnout.overall(poll), poll.shares.select_related("keyholder")
    return {
        **_box(poll),
        "voters": words.counted(roll.voters),
        "voted": words.counted(roll.voted),
        "turnout": words.score(arithmetic.poll_score(roll.voted, roll.voters)),
        "public_key": bytes(poll.public_key).hex(),
        "keyholders": [{**_named(share.keyholder), "is_lost": share.is_lost} for share in shares],
        "hashes": poll.envelope_hashes,
    }


def _count(round: Round, act: AuditEntry) -> dict[str, Any]:
    poll = _poll(round)
    names, scores, tallies = services.finalists_by_key(poll), _scores(poll.stage), counting.tallies(poll)
    return {
        **_box(poll),
        "ballots": words.counted(act.detail["ballots"]),
        "invalid": words.counted(poll.invalid_envelopes),
        "keyholders": [_named(share.keyholder) for share in brought(round, poll)],
        "contests": [_contest(round.scheme.classification(code), tallies[code], names, scores) for code in tallies],
        "stage": str(poll.stage),
        "weight": f"{poll.stage.spec.weight.normalize():f}",
        "closing": named_closing(round),
    }


ABOUT = {ASSESSMENT: _assessment, CLOSING: _closing, COUNT: _count}


def named_closing(round: Round) -> dict[str, str] | None:
    """How the minutes of the count name those of the closing that are in force."""
    closing = Document.objects.in_force().filter(round=round, kind=CLOSING).light().first()
    return {"number": closing.number, "date": words.day(closing.date)} if closing else None


def _scores(stage: Stage) -> dict[int, str]:
    stored = StageScore.objects.filter(stage=stage).values_list("nominee", "score")
    return {nominee: words.score(score) for nominee, score in stored}


def _contest(
    classification: Classification, tally: Tally, names: dict[int, Nominee], scores: dict[int, str]
) -> dict[str, Any]:
    order = sorted(tally.votes, key=lambda nominee: (-tally.votes[nominee], names[nominee].name))
    return {
        "classification": classification.name,
        "finalists": [
            {
                "name": names[nominee].employee.full_name,
                "unit": str(names[nominee].unit),
                "votes": tally.votes[nominee],
                "score": scores[nominee],
            }
            for nominee in order
        ],
        "valid": words.counted(tally.valid),
        "abstentions": words.counted(tally.abstentions),
    }


def brought(round: Round, poll: Poll) -> list[KeyShare]:
    """The parts of the key that were brought for the count, as the audit trail says; each with its keyholder."""
    trail = AuditEntry.objects.filter(chain__name=audit.chain_name(round), action="key.brought")
    parts = {entry.detail["part"] for entry in trail}
    return [share for share in poll.shares.select_related("keyholder") if share.index in parts]


def _named(employee: Employee) -> dict[str, str]:
    return {"name": employee.full_name, "position": employee.position}


def signers(round: Round, kind: str) -> list[tuple[Employee, list[str]]]:
    """Who signs, and as what. The assessment: the team, its chair first, and the witnesses. The box: who closed it or
    counted, who brought a part of the key, the witnesses, the chair. Whoever is several of them signs once."""
    seats: dict[str, list[Employee]] = {rules.CHAIR: [], rules.ASSESSOR: [], rules.WITNESS: []}
    for member in round.members.select_related("employee"):
        seats[member.role].append(member.employee)
    chair, witnesses = ((who, CHAIR) for who in seats[rules.CHAIR]), ((who, WITNESS) for who in seats[rules.WITNESS])
    if kind == ASSESSMENT:
        found = [*chair, *((who, MEMBER) for who in seats[rules.ASSESSOR]), *witnesses]
    else:
        found = [*_acting(round, kind), *witnesses, *chair]
    roles: dict[Employee, list[str]] = {}
    for employee, role in found:
        roles.setdefault(employee, []).append(role)
    return list(roles.items())


def _acting(round: Round, kind: str) -> Iterator[tuple[Employee, str]]:
    """Who closed the box or counted, and who brought a part of the key for that."""
    if act := _act(round, kind):
        yield act.actor, ACTED[kind]
        if kind == COUNT:
            yield from ((share.keyholder, "Pemegang kunci") for share in brought(round, _poll(round)))


def signer_names(round: Round, kind: str) -> list[str]:
    return [employee.full_name for employee, _roles in signers(round, kind)]
