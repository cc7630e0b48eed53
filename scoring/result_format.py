"""A round's result as `anas-result/1` (`FORMATS.md` section 3): scores as texts with two decimals."""

from collections.abc import Mapping
from typing import Any

from anas.rounds.models import Round
from scoring import results
from scoring.results import Row

FORMAT = "anas-result/1"


def result(round: Round, ids: Mapping[int, str], units: Mapping[int, str]) -> dict[str, Any]:
    """`ids` and `units` say how nominees and units are called outside, by their keys. With a poll the electorate is its
    roll, whoever joins or leaves the office later."""
    poll = round.stage_of_kind("poll")
    return {
        "format": FORMAT,
        "scheme": round.scheme.code,
        "electorate": poll.poll.voters.count() if poll else round.electorate().count(),
        "turnout": poll.poll.voters.filter(has_voted=True).count() if poll else 0,
        "classifications": [
            {"code": code, "nominees": [_nominee(row, round, ids, units) for row in _in_order(some, ids)]}
            for code, some in results.rows(round).items()
        ],
    }


def _in_order(some: list[Row], ids: Mapping[int, str]) -> list[Row]:
    """In rank order; after them, in the order of their ids, those who were not shortlisted."""
    ranked = sorted((row for row in some if row.standing), key=lambda row: row.standing.rank)
    return ranked + sorted((row for row in some if not row.standing), key=lambda row: ids[row.nominee.pk])


def _nominee(row: Row, round: Round, ids: Mapping[int, str], units: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": ids[row.nominee.pk],
        "unit": units[row.nominee.proposal.unit_id],
        "finalist": row.standing is not None,
        "rank": row.standing.rank if row.standing else None,
        "winner": bool(row.standing and row.standing.is_winner),
        "stages": {
            stage.code: {"score": f"{row.scores[stage.code]:.2f}", "points": f"{row.points[stage.code]:.2f}"}
            for stage in round.stage_list
            if stage.code in row.scores
        },
        "final": f"{row.standing.final:.2f}" if row.standing else None,
    }
