"""A round played again from the files of an audit bundle. Pure: nothing of the database, of Django or of the services;
only the arithmetic is shared, and the rest is written a second time on purpose."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from scoring import arithmetic

FINAL = "final"  # where a decision is not about a shortlist
SCORE = re.compile(r"(?:100\.00|\d{1,2}\.\d{2})", re.ASCII)
WEIGHT = re.compile(r"\d{1,5}\.\d{2}", re.ASCII)


class Fault(ValueError):
    """What does not hold, in words."""


def expect(holds: bool, otherwise: str) -> None:
    """Raises Fault, with the words, for what does not hold."""
    if not holds:
        raise Fault(otherwise)


def number(text: Any, form: re.Pattern = WEIGHT) -> Decimal:
    """A number as the formats write them, with two decimals. Raises Fault for anything else."""
    expect(isinstance(text, str) and form.fullmatch(text) is not None, f"{text!r:.40} is no number with two decimals")
    return Decimal(text)


class Recount:
    """Everything that follows from what was handed in: scores and points by nominee and stage, who was left out after
    which stage, the ranking by classification. `unsettled` are ties without a decision, `unused` decisions without a
    tie."""

    def __init__(
        self,
        *,
        scheme: Mapping[str, Any],
        nominees: Mapping[str, Mapping[str, Any]],
        sheets: Iterable[Mapping[str, Any]],
        ballots: Mapping[str, list[str | None]],
        decisions: Iterable[Mapping[str, Any]],
    ):
        self.scheme, self.nominees, self.ballots = scheme, nominees, ballots
        self.unused, self.unsettled = list(decisions), []
        self.scores: dict[str, dict[str, Decimal]] = {id: {} for id in nominees}
        self.points: dict[str, dict[str, Decimal]] = {id: {} for id in nominees}
        self.left_out: dict[str, str] = {}
        self.ranking: dict[str, list[str]] = {}
        self._sheets = defaultdict(list)
        for sheet in sheets:
            if sheet["state"] == "submitted":
                self._sheets[sheet["stage"], sheet["nominee"]].append(sheet["scores"])
        for stage in scheme["stages"]:
            self._play(stage)
        for code in self.classifications:
            self.ranking[code] = self._ranked(code)

    @property
    def classifications(self) -> list[str]:
        return [item["code"] for item in self.scheme["classifications"]]

    def in_play(self, classification: str) -> list[str]:
        """Those of the classification whom no shortlist has left out so far."""
        return [
            id
            for id, nominee in self.nominees.items()
            if nominee["classification"] == classification and id not in self.left_out
        ]

    def final(self, nominee: str) -> Decimal:
        return arithmetic.final_score(self.points[nominee].values())

    def _play(self, stage: Mapping[str, Any]) -> None:
        weight = number(stage["weight"])
        for code in self.classifications:
            for id, score in self._stage_scores(stage, code).items():
                self.scores[id][stage["code"]] = score
                self.points[id][stage["code"]] = arithmetic.points(weight, score)
        for code in self.classifications if stage.get("advance") else []:
            self._shortlist(stage, code)

    def _stage_scores(self, stage: Mapping[str, Any], classification: str) -> dict[str, Decimal]:
        in_play = self.in_play(classification)
        if stage["kind"] != "poll":
            return {id: self._mean(stage, id) for id in in_play}
        votes = Counter(self.ballots[classification]) if in_play else Counter()
        del votes[None]
        strangers = [str(id) for id in votes.keys() - set(in_play)]
        expect(not strangers, f"votes in {classification} for {', '.join(strangers)}, who is no finalist there")
        return {id: arithmetic.poll_score(votes[id], votes.total()) for id in in_play}

    def _mean(self, stage: Mapping[str, Any], nominee: str) -> Decimal:
        sheets = self._sheets[stage["code"], nominee]
        expect(bool(sheets), f"{stage['code']}: no sheet for {nominee}")
        return arithmetic.mean([self._sheet_score(stage, scores) for scores in sheets])

    def _sheet_score(self, stage: Mapping[str, Any], scores: Mapping[str, str]) -> Decimal:
        criteria = {item["code"]: item for item in self.scheme["criteria"] if item["code"] in stage["criteria"]}
        expect(scores.keys() == criteria.keys(), f"{stage['code']}: a sheet with other indicators than the scheme's")
        values = {code: number(score, SCORE) for code, score in scores.items()}
        for code, value in values.items():
            yes_no = criteria[code]["scale"] == "yes-no"
            expect(not yes_no or value in (0, 100), f"{stage['code']}: {code} is yes or no, not {value}")
        return arithmetic.sheet_score(values, {code: number(item["weight"]) for code, item in criteria.items()})

    def _key(self, nominee: str, first: Decimal) -> tuple[Decimal, ...]:
        """The number that ranks, then the scores of the tie-break stages that have been played."""
        scores = self.scores[nominee]
        return (first, *(scores[code] for code in self.scheme["tie_break"] if code in scores))

    def _shortlist(self, stage: Mapping[str, Any], classification: str) -> None:
        in_play = self.in_play(classification)
        groups = arithmetic.ranked({id: self._key(id, self.scores[id][stage["code"]]) for id in in_play})
        tied = arithmetic.tie_across(groups, stage["advance"])
        order = self._decided(stage["code"], classification, groups, [tied] if tied else [])
        self.left_out |= dict.fromkeys(order[stage["advance"] :], stage["code"])

    def _ranked(self, classification: str) -> list[str]:
        groups = arithmetic.ranked({id: self._key(id, self.final(id)) for id in self.in_play(classification)})
        return self._decided(FINAL, classification, groups, arithmetic.ties(groups))

    def _decided(self, stage: str, classification: str, groups: list[list[str]], ties: list[list[str]]) -> list[str]:
        """Everybody in order, with the decision that there is for each of these ties."""
        for tied in ties:
            decision = self._decision(stage, classification, tied)
            if decision:
                self.unused.remove(decision)
                groups = arithmetic.decided(groups, [decision["order"]])
            else:
                self.unsettled.append(f"{stage}, {classification}: {', '.join(tied)}")
        return [id for group in groups for id in group]

    def _decision(self, stage: str, classification: str, tied: list[str]) -> Mapping[str, Any] | None:
        for decision in self.unused:
            place = decision["stage"], decision["classification"]
            if place == (stage, classification) and sorted(decision["order"]) == sorted(tied):
                return decision
        return None

    def result(self) -> list[dict[str, Any]]:
        """The classifications of the result, as `anas-result/1` writes them."""
        return [{"code": code, "nominees": self._nominees(code)} for code in self.classifications]

    def _nominees(self, classification: str) -> list[dict[str, Any]]:
        ranking = self.ranking[classification]
        others = sorted(
            id
            for id, nominee in self.nominees.items()
            if nominee["classification"] == classification and id not in ranking
        )
        return [
            *(self._nominee(id, rank) for rank, id in enumerate(ranking, 1)),
            *(self._nominee(id, None) for id in others),
        ]

    def _nominee(self, id: str, rank: int | None) -> dict[str, Any]:
        return {
            "id": id,
            "unit": self.nominees[id]["unit"],
            "finalist": rank is not None,
            "rank": rank,
            "winner": rank == 1,
            "stages": {
                code: {"score": f"{score:.2f}", "points": f"{self.points[id][code]:.2f}"}
                for code, score in self.scores[id].items()
            },
            "final": f"{self.final(id):.2f}" if rank else None,
        }
