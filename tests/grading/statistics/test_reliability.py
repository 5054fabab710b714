"""Coefficients of reliability and what they say of error."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import lsat6

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import TooFewError
from grading.statistics.reliability import (
    alpha,
    kr20,
    lord_sem,
    parallel_forms,
    sem,
    stratified_alpha,
)

# Anscombe 1973, data set I.
_ANSCOMBE = (
    [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
    [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
)


def _scores(seed, people=120, items=6):
    chance = np.random.default_rng(seed)
    able = chance.normal(0, 1, (people, 1))
    return pd.DataFrame(
        able + chance.normal(0, 1, (people, items)), columns=list("abcdefgh")[:items]
    )


def test_alpha_of_lsat6_as_rizopoulos_2006():
    assert alpha(lsat6()).value == pytest.approx(0.295, abs=5e-4)


def test_kr20_is_alpha_of_items_of_zero_and_one():
    found = kr20(lsat6())
    assert found.value == alpha(lsat6()).value
    p, total = lsat6().mean(), lsat6().sum(axis=1)
    assert found.value == pytest.approx(5 / 4 * (1 - (p * (1 - p)).sum() / total.var(ddof=0)))


def test_kr20_refuses_partial_credit():
    with pytest.raises(MeasurementError, match="0/1"):
        kr20(_scores(1))


def test_parallel_forms_correlation_of_anscombe_1973():
    first, second = (pd.Series(column, dtype=float) for column in _ANSCOMBE)
    found = parallel_forms(first, second, minimum=11)
    assert found.value == pytest.approx(0.816, abs=5e-4)
    assert (round(found.interval.low, 2), round(found.interval.high, 2)) == (0.42, 0.95)


def test_people_are_matched_by_name_not_by_place():
    first = pd.Series(range(120), dtype=float)
    assert parallel_forms(first, first[::-1]).value == pytest.approx(1)
    assert parallel_forms(first, first.iloc[10:]).n == 110


def test_standard_error_of_an_iq_test_of_reliability_91():
    """Harvill 1991: SD 15, r = .91 gives 4.5."""
    assert sem(15, 0.91) == pytest.approx(4.5)


def test_a_negative_coefficient_leaves_all_spread_to_error():
    assert sem(4, -0.3) == 4
    with pytest.raises(MeasurementError):
        sem(4, 1.1)


def test_lord_sem_is_nothing_at_the_ends_and_largest_in_the_middle():
    """Lord 1957: for 100 items a score of 50 has an error of √(50·50/99)."""
    assert lord_sem(50, 100) == pytest.approx(5.025, abs=5e-4)
    assert lord_sem(0, 100) == lord_sem(100, 100) == 0
    assert max(range(101), key=lambda x: lord_sem(x, 100)) == 50
    with pytest.raises(MeasurementError):
        lord_sem(11, 10)


def test_mean_squared_lord_sem_is_the_error_of_kr21():
    """Lord 1955: averaged over people it gives Kuder–Richardson 21."""
    x = lsat6().sum(axis=1)
    k, mean, variance = 5, x.mean(), x.var(ddof=0)
    kr21 = k / (k - 1) * (1 - mean * (k - mean) / (k * variance))
    squared = np.mean([lord_sem(score, k) ** 2 for score in x])
    assert squared == pytest.approx(variance * (1 - kr21))


def test_stratified_alpha_adds_up_the_errors_of_strata():
    """Cronbach, Schönemann & McKie 1965: each stratum brings σ²(1 − α)."""
    scores = _scores(2)
    strata = {"one": ["a", "b", "c"], "two": ["d", "e", "f"]}
    errors = [alpha(scores[columns]) for columns in strata.values()]
    expected = 1 - sum(r.sd**2 * (1 - r.value) for r in errors) / scores.sum(axis=1).var()
    found = stratified_alpha(scores, strata)
    assert found.value == pytest.approx(expected)
    assert found.sem == pytest.approx(np.sqrt(sum(r.sem**2 for r in errors)))


def test_one_stratum_is_plain_alpha_and_strata_must_cover_the_items():
    scores = _scores(3)
    assert stratified_alpha(scores, {"all": list("abcdef")}).value == pytest.approx(
        alpha(scores).value
    )
    with pytest.raises(MeasurementError, match="đúng một tầng"):
        stratified_alpha(scores, {"one": ["a", "b"]})
    with pytest.raises(MeasurementError, match="từ hai câu"):
        stratified_alpha(scores, {"one": ["a"], "two": list("bcdef")})


@given(st.integers(0, 2**20), st.floats(0.1, 50), st.floats(-5, 5))
def test_alpha_knows_no_units(seed, scale, shift):
    scores = _scores(seed)
    assert alpha(scores * scale + shift).value == pytest.approx(alpha(scores).value)


def test_alpha_of_equal_items_is_one_and_lies_in_its_interval():
    scores = _scores(4)
    same = pd.DataFrame({"x": scores["a"], "y": scores["a"]})
    assert alpha(same).value == pytest.approx(1)
    found = alpha(scores)
    assert found.interval.low < found.value < found.interval.high < 1


def test_absent_is_not_zero():
    scores = _scores(5, people=130)
    with_gaps = scores.copy()
    with_gaps.iloc[:10, 2] = np.nan
    assert alpha(with_gaps).value == pytest.approx(alpha(scores.iloc[10:]).value)
    assert alpha(with_gaps).n == 120


def test_alike_scores_leave_alpha_undefined():
    with pytest.raises(MeasurementError, match="bằng nhau"):
        alpha(pd.DataFrame(0.1, index=range(120), columns=["a", "b", "c"]))
    with pytest.raises(MeasurementError, match="từ hai câu"):
        alpha(_scores(6)[["a"]])


def test_below_a_hundred_people_no_coefficient_is_given():
    with pytest.raises(TooFewError, match="n = 99"):
        alpha(_scores(7, people=99))


def test_infinite_scores_are_refused():
    scores = _scores(8)
    scores.iloc[3, 3] = np.inf
    with pytest.raises(MeasurementError, match="vô hạn"):
        alpha(scores)
