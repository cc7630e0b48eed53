"""What the papers about the result say: Pengumuman, its poster, and Rekapitulasi. Winners and their scores are those of
the decree; the numbers of the recap are those that `scoring` has stored, of finalists alone (DOMAIN section 6)."""

from datetime import date
from typing import Any

from anas.documents import facts, portraits, ties, words
from anas.documents.letterheads import PAPERS, letterhead_for
from anas.documents.models import Document
from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Round
from anas.rounds.scheme import FINAL, Classification
from scoring import results
from scoring.results import Row


def announcement(
    round: Round,
    decree: Document,
    *,
    number: str,
    when: date,
    objections_to: str = "",
    objections_until: date | None = None,
    code: str,
    link: str,
) -> dict[str, Any]:
    """Everything that stands in the Pengumuman of the winners whom this Keputusan names, on A4."""
    frozen = facts.common(round, number=number, when=when, code=code, link=link)
    return {
        **_on(frozen, *PAPERS["A4"]),
        "signatory": facts.signatory(round, letterhead_for(round.scope)),
        "title": f"Pengumuman {round.scheme.title} {round}",
        "parts": facts.rules_in_words(round)[0],
        **from_decree(decree),
        "objections": objections(objections_to, objections_until),
    }


def from_decree(decree: Document) -> dict[str, Any]:
    """The basis of an announcement, and the result: without numbers and ranks, which are nobody else's business."""
    told = ("name", "position", "unit", "classification", "score")
    return {
        "decree": facts.named_decree(decree.data),
        "winners": [{name: winner[name] for name in told} for winner in decree.data["winners"]],
    }


def objections(to: str, until: date | None) -> dict[str, str]:
    """Where somebody can object, and until when; nothing where there is no such channel."""
    return {"to": to, "until": words.day_in_words(until)} if to and until else {}


def poster(round: Round, announcement: Document, *, with_photos: bool, code: str, link: str) -> dict[str, Any]:
    """Everything that stands on the poster of this Pengumuman: its winners, with their photos or their initials."""
    told, frozen = announcement.data, announcement.data["winners"]
    nominees = [row.nominee for row in results.winners(round)]
    own = ("letterhead", "award", "scheme", "round", "scheme_hash", "number", "date", "iso_date", "decree")
    return {
        **{name: told[name] for name in (*own, "rehearsal") if name in told},
        "title": f"Poster {told['title']}",
        "winners": [
            winner | {"initials": who.initials, "photo": portraits.small(who.photo_file if with_photos else None)}
            for winner, who in zip(frozen, nominees, strict=True)
        ],
        "code": code,
        "link": link,
    }


def recap(round: Round, *, number: str, when: date, code: str, link: str) -> dict[str, Any]:
    """Everything that stands in the Rekapitulasi, on the office's paper lying."""
    frozen = facts.common(round, number=number, when=when, code=code, link=link)
    paper = frozen["letterhead"]["paper"]
    return {
        **_on(frozen, paper["height"], paper["width"]),
        "signatory": facts.signatory(round, letterhead_for(round.scope)),
        "chair": _chair(round),
        "title": f"Rekapitulasi Nilai {round.scheme.title} {round}",
        "stages": [{"name": stage.name, "weight": f"{stage.weight.normalize():f}"} for stage in round.scheme.stages],
        "contests": contests(round),
        "rules": facts.rules_in_words(round),
    }


def _on(frozen: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    return frozen | {"letterhead": frozen["letterhead"] | {"paper": {"width": width, "height": height}}}


def _chair(round: Round) -> dict[str, str] | None:
    seats = round.members.filter(role=rules.CHAIR).values("employee")
    chair = Employee.objects.filter(pk__in=seats).first()
    return facts.person(chair) if chair else None


def contests(round: Round) -> list[dict[str, Any]]:
    """The finalists of each classification in rank order, with every stage's score and points as stored."""
    finalists, decisions = results.finalists(round), ties.decisions(round, FINAL)
    by_classification = {
        item: [row for row in finalists if row.nominee.classification == item.code]
        for item in round.scheme.classifications
    }
    return [_contest(round, item, some, decisions[item.code]) for item, some in by_classification.items() if some]


def _contest(round: Round, item: Classification, some: list[Row], decisions: list) -> dict[str, Any]:
    return {
        "classification": item.name,
        "finalists": [_line(round, row) for row in some],
        "ties": ties.told(round, some, lambda row: row.final, decisions),
    }


def _line(round: Round, row: Row) -> dict[str, Any]:
    codes = [stage.code for stage in round.scheme.stages]
    return {
        "rank": row.standing.rank,
        "is_winner": row.standing.is_winner,
        "name": row.nominee.name,
        "unit": str(row.nominee.unit),
        "parts": [{"score": words.score(row.scores[code]), "points": words.score(row.points[code])} for code in codes],
        "final": words.score(row.final),
    }
