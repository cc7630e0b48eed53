from django import template

from anas.rounds.scheme import Scheme
from scoring import example

register = template.Library()


@register.inclusion_tag("scoring/example.html")
def worked_example(scheme: Scheme) -> dict[str, object]:
    """How the scheme comes from the first score to the winner, with invented numbers."""
    return {"example": example.example(scheme), "scheme": scheme}
