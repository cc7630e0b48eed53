"""The arithmetic against a naive one that counts in whole hundredths, and the printed numbers against each other."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anas.rounds import scheme as schemes
from anas.rounds.stage import Sheets, Votes
from scoring import arithmetic, results

SCORES = st.decimals(0, 100, places=2)
WEIGHTS = st.decimals("0.01", 100, places=2)


def naive(numerator: Fraction) -> int:
    """Hundredths, half up: by whole-number division, without the code under test."""
    doubled = numerator * 100 * 2
    return (doubled.numerator // doubled.denominator + 1) // 2


def hundredths(value: Decimal) -> int:
    assert value == value.quantize(Decimal("0.01"))
    return int(value * 100)


@given(st.fractions(0, 1000))
def test_half_a_hundredth_goes_up_and_less_goes_down(value):
    assert hundredths(arithmetic.half_up(value)) == naive(value)


@pytest.mark.parametrize(
    ("exact", "printed"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("77.285", "77.29"), ("1.115", "1.12")],
)
def test_the_classic_victims_of_floats_and_bankers_are_rounded_up(exact, printed):
    assert arithmetic.half_up(Decimal(exact)) == Decimal(printed)


@given(st.lists(st.tuples(SCORES, WEIGHTS), min_size=1, max_size=9))
def test_a_sheet_is_the_weighted_mean_of_its_scores(pairs):
    scores = {str(number): score for number, (score, _weight) in enumerate(pairs)}
    weights = {str(number): weight for number, (_score, weight) in enumerate(pairs)}
    exact = sum(Fraction(s) * Fraction(w) for s, w in pairs) / sum(Fraction(w) for _s, w in pairs)

    assert hundredths(arithmetic.sheet_score(scores, weights)) == naive(exact)


def test_a_missing_score_is_never_a_zero():
    with pytest.raises(KeyError):
        arithmetic.sheet_score({"a": Decimal(100)}, {"a": Decimal(1), "b": Decimal(1)})


def test_there_is_no_mean_of_no_sheets():
    with pytest.raises(ValueError, match="no sheet"):
        arithmetic.mean([])


@given(st.lists(SCORES, min_size=1, max_size=9))
def test_a_stage_is_the_mean_of_its_sheets(scores):
    assert hundredths(arithmetic.mean(scores)) == naive(sum(map(Fraction, scores)) / len(scores))


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_poll_is_the_share_of_the_valid_votes(votes, others):
    valid = votes + others
    assert hundredths(arithmetic.poll_score(votes, valid)) == naive(Fraction(100 * votes, valid))


def test_a_poll_without_a_valid_vote_gives_nothing():
    assert str(arithmetic.poll_score(0, 0)) == "0.00"


SHEETS = st.lists(
    st.fixed_dictionaries(
        {
            item.code: st.sampled_from([Decimal(0), Decimal(100)]) if item.is_yes_no else SCORES
            for item in schemes.preset("anas").criteria
        }
    ),
    min_size=1,
    max_size=7,
).map(Sheets)
VOTES = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: Votes(pair[0], sum(pair)))


@given(usulan=SHEETS, tim=SHEETS, polling=VOTES, kepala=SHEETS)
def test_the_printed_numbers_of_a_round_add_up(usulan, tim, polling, kepala):
    scheme = schemes.preset("anas")
    marks = {"usulan": usulan, "tim": tim, "polling": polling, "kepala": kepala}
    scores = {code: results.stage_score(mark, scheme.stage(code)) for code, mark in marks.items()}
    points = {code: arithmetic.points(scheme.stage(code).weight, score) for code, score in scores.items()}

    for code, mark in marks.items():
        if isinstance(mark, Votes):
            exact = Fraction(100 * mark.votes, mark.valid) if mark.valid else Fraction(0)
        else:
            sheets = [naive(Fraction(sum(sheet.values())) / len(sheet)) for sheet in mark.sheets]
            exact = Fraction(sum(sheets), 100) / len(sheets)
        assert hundredths(scores[code]) == naive(exact)
        assert hundredths(points[code]) == naive(Fraction(scheme.stage(code).weight) * Fraction(scores[code]) / 100)
    assert hundredths(arithmetic.final_score(points.values())) == sum(map(hundredths, points.values()))


KEYS = st.dictionaries(st.integers(), st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8)


@given(KEYS, st.randoms(use_true_random=False))
def test_ranking_follows_the_numbers_and_never_the_order_of_the_names(keys, random):
    shuffled = list(keys.items())
    random.shuffle(shuffled)
    groups = arithmetic.ranked(dict(shuffled))

    assert [set(group) for group in groups] == [set(group) for group in arithmetic.ranked(keys)]
    assert [keys[group[0]] for group in groups] == sorted(set(keys.values()), reverse=True)


@given(KEYS, st.integers(1, 8))
def test_a_tie_matters_only_where_it_crosses_the_line(keys, places):
    groups = arithmetic.ranked(keys)
    tied = arithmetic.tie_across(groups, places)
    ahead = sum(len(group) for group in groups if keys[group[0]] > keys[tied[0]]) if tied else places

    assert bool(tied) == any(
        sum(map(len, groups[:number])) < places < sum(map(len, groups[: number + 1])) for number in range(len(groups))
    )
    assert not tied or ahead < places < ahead + len(tied)


def test_a_decision_counts_only_for_exactly_the_tied():
    groups = [[1, 2], [3, 4, 5]]

    assert arithmetic.decided(groups, [[2, 1], [4, 3]]) == [[2], [1], [3, 4, 5]]
