"""What the Berita Acara of the team's assessment tells: what every nominee got and of which sheets, who stepped back,
and how equal scores were put into an order. Every number comes from `scoring`; sheets bear no assessor's name."""

from typing import Any

from anas.documents import ties, words
from anas.rounds.models import Round, Stage
from anas.rounds.scheme import Classification
from scoring import results
from scoring.models import Decision, Recusal
from scoring.panel import Panel, panel
from scoring.results import Row
from scoring.stage import PanelStage


def stages(round: Round) -> list[Stage]:
    """Those in which the team scores."""
    return [stage for stage in round.stage_list if stage.kind == PanelStage.code]


def told(round: Round) -> dict[str, Any]:
    recusals = round.recusals.select_related("assessor", "nominee__employee")
    return {
        "stages": [_stage(stage) for stage in stages(round)],
        "recusals": [_recusal(round, recusal) for recusal in recusals],
    }


def _stage(stage: Stage) -> dict[str, Any]:
    whole, spec = panel(stage), stage.spec
    return {
        "name": str(stage),
        "weight": f"{spec.weight.normalize():f}",
        "criteria": words.enumeration([criterion.name for criterion in spec.criteria]),
        "assessors": words.counted(len(whole.assessors)),
        "nominees": words.counted(len(whole.nominees)),
        "advance": words.counted(spec.advance) if spec.advance else "",
        "next": str(stage.next) if stage.next else "",
        "contests": _contests(stage, whole),
    }


def _contests(stage: Stage, whole: Panel) -> list[dict[str, Any]]:
    in_play, going_on, scheme = results.in_play_at(stage), results.advancing(stage), stage.round.scheme
    decisions = ties.decisions(stage.round, stage.code)
    return [
        _contest(stage, item, in_play[item.code], decisions[item.code], going_on, whole)
        for item in scheme.classifications
        if in_play[item.code]
    ]


def _contest(
    stage: Stage, item: Classification, some: list[Row], decisions: list[Decision], going_on: set[int], whole: Panel
) -> dict[str, Any]:
    rows = {row.nominee.pk: row for row in some}
    groups = results.shortlist_groups(stage, some, [decision.order for decision in decisions])
    placed, lines = [rows[key] for group in groups for key in group], []
    for group in groups:
        rank = len(lines) + 1
        lines += [_line(stage, rank, rows[key], key in going_on, whole) for key in group]
    return {
        "classification": item.name,
        "nominees": lines,
        "ties": ties.told(stage.round, placed, lambda row: row.scores[stage.code], decisions),
    }


def _line(stage: Stage, rank: int, row: Row, goes_on: bool, whole: Panel) -> dict[str, Any]:
    """The sheets from the best to the worst: their order does not tell whose they are."""
    sheets = [results.sheet_score(sheet.score_values, stage.spec) for sheet in whole.counted(row.nominee)]
    return {
        "rank": rank,
        "name": row.nominee.name,
        "unit": str(row.nominee.unit),
        "sheets": [words.score(score) for score in sorted(sheets, reverse=True)],
        "score": words.score(row.scores[stage.code]),
        "goes_on": goes_on,
    }


def _recusal(round: Round, recusal: Recusal) -> dict[str, str]:
    about = recusal.nominee.name if recusal.nominee else ""
    classification = round.scheme.classification(recusal.classification).name
    return {
        "assessor": recusal.assessor.full_name,
        "about": about or f"seluruh calon klasifikasi {classification}",
        "reason": recusal.reason.rstrip("."),
    }
