"""For templates of every app: what sheets come to. All numbers come from `scoring.results`."""

from decimal import Decimal

from django import template

from anas.rounds.models import Stage
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
