"""What a scheme says, for the page that tells it in words (templates/rounds/scheme_words.html)."""

from typing import Any

from anas.rounds.scheme import Scheme, StageSpec


def words(scheme: Scheme) -> dict[str, Any]:
    """The variables of that template, but for the round."""
    return {
        "scheme": scheme,
        "parts": [{"spec": spec, "only": _only(scheme, spec)} for spec in scheme.stages],
        "has_poll": any(spec.kind == "poll" for spec in scheme.stages),
        "tie_break": [scheme.stage(code).name for code in scheme.tie_break],
        "eligibility": list(scheme.eligibility.in_words()),
        "looks_back": scheme.eligibility.looks_at_period or any(item.source for item in scheme.criteria),
    }


def _only(scheme: Scheme, spec: StageSpec) -> list[str]:
    """The indicators that a stage looks at, where it leaves some out."""
    if not spec.what.uses_criteria or len(spec.criteria) == len(scheme.criteria):
        return []
    return [item.name for item in spec.criteria]
