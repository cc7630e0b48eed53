"""How equal scores were put into an order, for the papers: by the rule, by a recorded decision, or not at all."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone

from anas.documents import words
from anas.documents.letterheads import letterhead_for
from anas.rounds import rules
from anas.rounds.models import Round
from scoring.models import Decision
from scoring.results import Row

LEFT = "Nilainya tetap sama; urutannya tidak memengaruhi hasil."


def decisions(round: Round, stage: str) -> dict[str, list[Decision]]:
    """The recorded decisions on a shortlist, or on the final ranking, by classification."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in round.decisions.filter(stage=stage).select_related("decided_by"):
        found[decision.classification].append(decision)
    return found


def told(
    round: Round, placed: list[Row], number: Callable[[Row], Decimal], decisions: list[Decision]
) -> list[dict[str, Any]]:
    """Of nominees of one classification in their order, those who have the same `number` side by side, and what put
    them into this order, in words."""
    found = []
    for value, some in groupby(placed, key=number):
        if len(tied := list(some)) > 1:
            how = [*_by_rule(round, tied), *_by_decision(round, tied, decisions)] or [LEFT]
            names = words.enumeration([row.nominee.name for row in tied])
            found.append({"names": names, "score": words.score(value), "how": how})
    return found


def _by_rule(round: Round, tied: list[Row]) -> Iterator[str]:
    """The stages of the rule whose scores told anybody apart, with these scores."""
    used: list[str] = []
    for code in round.scheme.tie_break:
        if all(code in row.scores for row in tied) and _apart(tied, [*used, code]) > _apart(tied, used):
            used.append(code)
            scores = "; ".join(f"{row.nominee.name} {words.score(row.scores[code])}" for row in tied)
            yield f"Dibandingkan menurut nilai {round.scheme.stage(code).name}: {scores}."


def _apart(tied: list[Row], codes: list[str]) -> int:
    """How many of them these scores tell apart."""
    return len({tuple(row.scores[code] for code in codes) for row in tied})


def _by_decision(round: Round, tied: list[Row], decisions: list[Decision]) -> Iterator[str]:
    names = {row.nominee.pk: row.nominee.name for row in tied}
    for decision in decisions:
        if set(decision.order) <= set(names):
            by, day = decision.decided_by.full_name, words.day(timezone.localdate(decision.decided_at))
            order = ", ".join(f"({place}) {names[key]}" for place, key in enumerate(decision.order, 1))
            yield f"Diputuskan oleh {by}, {_seat(round, decision)}, tanggal {day}: {order}. Alasan: {decision.reason}"


def _seat(round: Round, decision: Decision) -> str:
    is_chair = round.members.filter(role=rules.CHAIR, employee=decision.decided_by).exists()
    return "Ketua Tim Penilai" if is_chair else letterhead_for(round.scope).head_title
