"""Livingston–Lewis against models whose classification is known exactly."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import beta, betabinom, binom

from courses.foundation.errors import MeasurementError
from grading.statistics.classification import fit_true_scores, livingston_lewis
from grading.statistics.gates import TooFewError


def _exact_sample(a, b, items, people=20_000):
    """Scores in exactly the proportions of a beta-binomial, as far as whole people allow."""
    counts = np.round(people * betabinom.pmf(np.arange(items + 1), items, a, b)).astype(int)
    return np.repeat(np.arange(items + 1), counts).astype(float)


def _true_values(a, b, items, cut):
    def passing(share):
        return binom.sf(cut - 1, items, share)

    edge = cut / items
    above = quad(lambda t: beta.pdf(t, a, b) * passing(t), edge, 1)[0]
    below = quad(lambda t: beta.pdf(t, a, b) * (1 - passing(t)), 0, edge)[0]
    again = quad(lambda t: beta.pdf(t, a, b) * (passing(t) ** 2 + (1 - passing(t)) ** 2), 0, 1)[0]
    return above + below, again


@pytest.mark.parametrize(
    ("a", "b", "items", "cut"), [(6, 4, 40, 24), (12, 5, 60, 36), (3, 3, 25, 13)]
)
def test_a_beta_binomial_test_is_classified_as_its_integrals_say(a, b, items, cut):
    scores = _exact_sample(a, b, items)
    found = livingston_lewis(
        scores, [cut], reliability=items / (items + a + b), lowest=0, highest=items
    )
    accuracy, consistency = _true_values(a, b, items, cut)
    assert found.length == items
    assert found.accuracy == pytest.approx(accuracy, abs=0.004)
    assert found.consistency == pytest.approx(consistency, abs=0.004)
    assert found.accuracy + found.false_positive + found.false_negative == pytest.approx(1)


def test_consistency_of_a_beta_binomial_test_is_huynhs_bivariate_sum():
    """Huynh 1976: P of two parallel scores on one side, by the bivariate beta-binomial."""
    a, b, items, cut = 6, 4, 40, 24
    places = np.arange(items + 1)
    t, w = np.polynomial.legendre.leggauss(200)
    shares, weights = (t + 1) / 2, w / 2 * beta.pdf((t + 1) / 2, a, b)
    both = (binom.pmf(places[:, None], items, shares) * weights) @ binom.pmf(
        places[:, None], items, shares
    ).T
    expected = both[:cut, :cut].sum() + both[cut:, cut:].sum()
    found = livingston_lewis(
        _exact_sample(a, b, items), [cut], reliability=items / (items + a + b), lowest=0,
        highest=items,
    )  # fmt: skip
    assert found.consistency == pytest.approx(expected, abs=0.004)


def test_four_parameters_are_recovered_from_exact_moments():
    """Hanson 1991: moments of binomial scores give those of the true shares."""
    a, b, low, high, items = 5.0, 3.0, 0.2, 0.9, 50
    t, w = np.polynomial.legendre.leggauss(300)
    inner, weights = (t + 1) / 2, w / 2 * beta.pdf((t + 1) / 2, a, b)
    pmf = binom.pmf(np.arange(items + 1)[:, None], items, low + (high - low) * inner) @ weights
    counts = np.round(pmf * 2_000_000).astype(int)
    shares = np.repeat(np.arange(items + 1), counts) / items
    found = fit_true_scores(shares, items)
    assert found.model == "4-parameter beta"
    assert (found.low, found.high) == (pytest.approx(low, abs=0.03), pytest.approx(high, abs=0.03))
    assert (found.a, found.b) == (pytest.approx(a, rel=0.15), pytest.approx(b, rel=0.15))


def test_where_four_parameters_have_no_solution_the_result_says_so():
    scores = np.concatenate((np.full(100, 2.0), np.full(100, 18.0), np.full(30, 10.0)))
    found = livingston_lewis(scores, [10], reliability=0.9, lowest=0, highest=20)
    assert found.true_scores.model == "2-parameter beta"
    assert (found.true_scores.low, found.true_scores.high) == (0, 1)


def test_more_cuts_are_harder_and_a_better_test_easier():
    scores = _exact_sample(6, 4, 40)
    one = livingston_lewis(scores, [24], reliability=0.8, lowest=0, highest=40)
    two = livingston_lewis(scores, [24, 32], reliability=0.8, lowest=0, highest=40)
    better = livingston_lewis(scores, [24], reliability=0.9, lowest=0, highest=40)
    assert two.consistency < one.consistency < better.consistency
    assert 0 < one.kappa < better.kappa < 1


def test_shares_and_points_are_classified_alike():
    scores = _exact_sample(6, 4, 40)
    points = livingston_lewis(scores, [24], reliability=0.8, lowest=0, highest=40)
    shares = livingston_lewis(scores / 40, [0.6], reliability=0.8, lowest=0, highest=1)
    assert shares.accuracy == pytest.approx(points.accuracy)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cuts": [0]}, "điểm cắt"),
        ({"cuts": []}, "điểm cắt"),
        ({"reliability": 1.0}, "độ tin cậy"),
        ({"highest": 30}, "nằm ngoài thang"),
        ({"reliability": 0.0}, "độ tin cậy"),
    ],
)
def test_what_does_not_fit_together_is_refused(change, message):
    given = {"cuts": [24], "reliability": 0.8, "lowest": 0, "highest": 40} | change
    with pytest.raises(MeasurementError, match=message):
        livingston_lewis(_exact_sample(6, 4, 40, people=300), **given)


def test_absent_people_do_not_count_and_a_hundred_are_needed():
    scores = np.append(_exact_sample(6, 4, 40), np.nan)
    assert (
        livingston_lewis(scores, [24], reliability=0.8, lowest=0, highest=40).n == len(scores) - 1
    )
    with pytest.raises(TooFewError, match="n = 99"):
        livingston_lewis(scores[:99], [24], reliability=0.8, lowest=0, highest=40)
