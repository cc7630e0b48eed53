"""The result of a scenario counted a second time, naively: fractions of whole numbers, nothing of the application.

For schemes like ANAS: one proposal, one panel with a shortlist, one poll, one head stage.
"""

from fractions import Fraction
from typing import Any

WEIGHTS = {"usulan": 10, "tim": 30, "polling": 50, "kepala": 10}
TIE_BREAK = ["polling", "tim", "kepala", "usulan"]
CODES = ["eselon4", "pns", "nonasn"]


def cents(value: Fraction) -> int:
    """Hundredths, half up."""
    return int((value * 100 + Fraction(1, 2)) // 1)


def sheet_cents(scores: dict[str, Any]) -> int:
    return cents(sum(Fraction(str(score)) for score in scores.values()) / len(scores))


def mean_cents(sheets: list[int]) -> int:
    return cents(Fraction(sum(sheets), 100 * len(sheets)))


def points(stage: str, score: int) -> int:
    return cents(Fraction(WEIGHTS[stage] * score, 10000))


def text(value: int) -> str:
    return f"{value // 100}.{value % 100:02d}"


def result(scenario: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By nominee: final, rank and the scores and points of each stage, all in hundredths. Raises ValueError for a tie
    that the rule leaves equal."""
    nominees = {
        entry["nominee"]: {"code": entry["classification"], "scores": {"usulan": sheet_cents(entry["scores"])}}
        for entry in scenario["proposals"]
    }
    for id, nominee in nominees.items():
        sheets = [sheet_cents(entry["scores"]) for entry in scenario["panel"] if entry["nominee"] == id]
        nominee["scores"]["tim"] = mean_cents(sheets)
    for code in CODES:
        _shortlist(nominees, code)
    _poll(nominees, scenario["ballots"])
    for entry in scenario["head_scores"]:
        nominees[entry["nominee"]]["scores"]["kepala"] = sheet_cents(entry["scores"])
    for nominee in nominees.values():
        nominee["points"] = {stage: points(stage, score) for stage, score in nominee["scores"].items()}
        nominee["final"] = sum(nominee["points"].values()) if nominee["finalist"] else None
        nominee["rank"] = None
    for code in CODES:
        finalists = [nominee for nominee in nominees.values() if nominee["code"] == code and nominee["finalist"]]
        for rank, nominee in enumerate(_ordered(finalists, lambda one: one["final"]), 1):
            nominee["rank"] = rank
    return nominees


def _shortlist(nominees: dict[str, dict], code: str) -> None:
    some = [nominee for nominee in nominees.values() if nominee["code"] == code]
    keys = sorted((_key(nominee, nominee["scores"]["tim"]) for nominee in some), reverse=True)
    if len(keys) > 2 and keys[1] == keys[2]:
        raise ValueError("tie")
    for nominee in some:
        nominee["finalist"] = len(keys) <= 2 or _key(nominee, nominee["scores"]["tim"]) >= keys[1]


def _poll(nominees: dict[str, dict], ballots: list[dict]) -> None:
    for code in CODES:
        votes = [ballot["choices"].get(code) for ballot in ballots]
        valid = [vote for vote in votes if vote is not None]
        for id, nominee in nominees.items():
            if nominee["code"] == code and nominee["finalist"]:
                share = Fraction(100 * valid.count(id), len(valid)) if valid else Fraction(0)
                nominee["scores"]["polling"] = cents(share)


def _key(nominee: dict, first: int) -> tuple[int, ...]:
    return (first, *(nominee["scores"][stage] for stage in TIE_BREAK if stage in nominee["scores"]))


def _ordered(some: list[dict], first) -> list[dict]:
    keys = [_key(nominee, first(nominee)) for nominee in some]
    if len(set(keys)) < len(keys):
        raise ValueError("tie")
    return sorted(some, key=lambda nominee: _key(nominee, first(nominee)), reverse=True)
