"""Intervals for rates: Newcombe's table, and the funnel as its mirror."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import TooFewError
from grading.statistics.proportions import funnel_limits, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_of_newcombe_1998_table_1(successes, n, low, high):
    found = wilson(successes, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 5_000), st.data(), st.floats(0.5, 0.999))
def test_the_interval_is_scipys_and_reaches_the_ends_for_none_and_for_all(n, data, confidence):
    successes = data.draw(st.integers(0, n))
    found = wilson(successes, n, confidence)
    theirs = binomtest(successes, n).proportion_ci(confidence, method="wilson")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert (found.low == 0) == (successes == 0)
    assert (found.high == 1) == (successes == n)


@given(st.integers(1, 300), st.data(), st.floats(0.02, 0.98))
def test_a_point_is_outside_the_funnel_just_when_its_interval_misses_the_centre(n, data, centre):
    passed = data.draw(st.integers(0, n))
    limits, interval = funnel_limits(centre, n), wilson(passed, n)
    edge = min(abs(passed / n - limits.low), abs(passed / n - limits.high))
    assert edge < 1e-9 or (passed / n in limits) == (centre in interval)


def test_limits_stay_rates():
    limits = funnel_limits(0.95, 3, 0.998)
    assert limits.high == 1
    assert limits.low > 0.5


def test_nobody_has_no_interval_and_more_passes_than_people_none_either():
    with pytest.raises(TooFewError):
        wilson(0, 0)
    with pytest.raises(MeasurementError):
        wilson(6, 5)
    with pytest.raises(MeasurementError):
        funnel_limits(0.5, 0)
