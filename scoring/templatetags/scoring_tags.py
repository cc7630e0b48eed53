"""For templates of every app: what sheets come to. All numbers come from `scoring.results`."""

from decimal import Decimal

from django import template

from anas.rounds.models import Round, Stage
from anas.rounds.scheme import Criterion
from nominations.models import Nominee
from scoring import results
from scoring.models import ScoreSheet

register = template.Library()


@register.simple_tag
def sheet_score(sheet: ScoreSheet | Nominee, stage: Stage) -> Decimal | None:
    """`{% sheet_score sheet stage as score %}`: what the sheet comes to in this stage, 0.00 to 100.00, or None while a
    score is missing. A nominee is the sheet of the unit that proposes him."""
    values, spec = sheet.score_values, stage.spec
    if any(criterion.code not in values for criterion in spec.criteria):
        return None
    return results.sheet_score(values, spec)


@register.simple_tag
def classification_name(round: Round, code: str) -> str:
    """`{% classification_name round nominee.classification %}`."""
    return round.scheme.classification(code).name


@register.simple_tag
def score_lines(sheet: ScoreSheet | Nominee, stage: Stage) -> list[tuple[Criterion, Decimal | None]]:
    """`{% score_lines sheet stage as lines %}`: the criteria of the stage with what the sheet gives."""
    values = sheet.score_values
    return [(criterion, values.get(criterion.code)) for criterion in stage.spec.criteria]
