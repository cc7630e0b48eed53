"""The arithmetic of an award. Pure: no database, no float, nothing of Django.

Every printed number can be recomputed with a pocket calculator from the other printed numbers: two decimals, half up,
at every level. Scores run from 0.00 to 100.00; weights are percents.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def half_up(value: Fraction | Decimal | int) -> Decimal:
    """The value with two decimals; exactly half a hundredth goes up."""
    hundredths = (Fraction(value) * 100 + Fraction(1, 2)).__floor__()
    return Decimal(hundredths) * CENT


def sheet_score(scores: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
    """The weighted mean of one assessor's criterion scores. `weights` by criterion, relative to each other; every
    criterion has a score, or KeyError is raised: a missing score is never a zero."""
    total = sum(Fraction(weight) for weight in weights.values())
    return half_up(sum(Fraction(scores[code]) * Fraction(weight) for code, weight in weights.items()) / total)


def mean(scores: Collection[Decimal]) -> Decimal:
    """The mean of sheet scores. Raises ValueError for none: nobody was scored by nobody."""
    if not scores:
        raise ValueError("no sheet to take the mean of")
    return half_up(sum(Fraction(score) for score in scores) / len(scores))


def percent(part: int, whole: int) -> Decimal:
    """The share of a whole, 0 to 100; 0.00 of nothing."""
    return half_up(Fraction(100 * part, whole)) if whole else ZERO


def poll_score(votes: int, valid: int) -> Decimal:
    """The share of the valid votes in a classification, 0 to 100; 0.00 where nobody voted validly."""
    return percent(votes, valid)


def points(weight: Decimal, score: Decimal) -> Decimal:
    """The weighted score: weight × score / 100."""
    return half_up(Fraction(weight) * Fraction(score) / 100)


def final_score(stage_points: Iterable[Decimal]) -> Decimal:
    """The sum of the points of all stages."""
    return sum(stage_points, ZERO)


def ranked(keys: Mapping[Key, tuple[Decimal, ...]]) -> list[list[Key]]:
    """The names from the best to the last, in groups of those who are equal in every number of their key. What stands
    first in a key counts first. Within a group the order means nothing."""
    groups: dict[tuple[Decimal, ...], list[Key]] = {}
    for name, key in keys.items():
        groups.setdefault(key, []).append(name)
    return [groups[key] for key in sorted(groups, reverse=True)]


def decided(groups: Iterable[Sequence[Key]], decisions: Iterable[Sequence[Key]]) -> list[list[Key]]:
    """The groups with each tie, for which there is a decision on exactly these names, put into the decided order."""
    orders = {frozenset(order): order for order in decisions}
    result: list[list[Key]] = []
    for group in groups:
        order = orders.get(frozenset(group))
        if len(group) > 1 and order:
            result.extend([name] for name in order)
        else:
            result.append(list(group))
    return result


def ties(groups: Iterable[Sequence[Key]]) -> list[list[Key]]:
    """The groups that are still more than one."""
    return [list(group) for group in groups if len(group) > 1]


def tie_across(groups: Iterable[Sequence[Key]], places: int) -> list[Key]:
    """The one group that stands on both sides of the line below the given number of places, or nobody. Ties that lie
    wholly above or below the line decide nothing."""
    placed = 0
    for group in groups:
        if placed < places < placed + len(group):
            return list(group)
        placed += len(group)
    return []
