"""Cut scores from judges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import TooFewError
from grading.statistics.standard_setting import angoff, hofstee


def _ratings(seed=0, judges=10, items=12):
    chance = np.random.default_rng(seed)
    return pd.DataFrame(
        np.round(chance.uniform(0.3, 0.9, (judges, items)), 2),
        index=[f"GK{place}" for place in range(judges)],
        columns=[f"c{place}" for place in range(items)],
    )


def test_the_cut_is_the_mean_of_the_judges_sums_with_sd_over_root_j():
    """Cizek & Bunch 2007, ch. 6: sums over items, mean over judges, SE = SD/√J."""
    ratings = pd.DataFrame([[0.6, 0.7, 0.8]] * 4 + [[0.7, 0.8, 0.9]] * 4)
    found = angoff([ratings])
    assert found.cut == pytest.approx(2.25)
    assert found.rounds[0].sd == pytest.approx(0.3 * np.sqrt(8 / 7) / 2)
    assert found.se == pytest.approx(found.rounds[0].sd / np.sqrt(8))


def test_the_last_round_decides_and_all_rounds_stay():
    first = _ratings()
    second = (first + first.mean()) / 2
    found = angoff([first, second])
    assert len(found.rounds) == 2
    assert found.cut == found.rounds[1].cut == pytest.approx(found.rounds[0].cut)
    assert found.se < found.rounds[0].se
    assert found.rounds[1].spread["c3"] < found.rounds[0].spread["c3"]


def test_partial_credit_is_rated_in_points():
    ratings = _ratings() * 4
    assert angoff([ratings], dict.fromkeys(ratings.columns, 4.0)).cut > 12
    with pytest.raises(MeasurementError, match="GK0"):
        angoff([ratings])


def test_a_missing_rating_names_judge_and_item():
    ratings = _ratings()
    ratings.iloc[3, 5] = np.nan
    with pytest.raises(MeasurementError, match=r"dòng 4, cột c5.*GK3"):
        angoff([ratings])


def test_a_judge_twice_is_refused_and_seven_judges_are_too_few():
    ratings = _ratings()
    with pytest.raises(MeasurementError, match="hai lần"):
        angoff([pd.concat([ratings, ratings.iloc[:1]])])
    with pytest.raises(TooFewError, match="n = 7"):
        angoff([_ratings(judges=7)])
    with pytest.raises(MeasurementError, match="chưa có vòng"):
        angoff([])


def _opinion(cut_low, cut_high, fail_low, fail_high, judges=8):
    names = ["cut_low", "cut_high", "fail_low", "fail_high"]
    return pd.DataFrame([[cut_low, cut_high, fail_low, fail_high]] * judges, columns=names)


def test_the_compromise_lies_on_the_line_and_on_the_curve():
    """With scores spread evenly the curve is F(c) = c/100 and the crossing plain algebra."""
    scores = np.arange(1000) / 10
    found = hofstee(_opinion(20, 60, 0.1, 0.5), scores)
    assert found.crossed
    assert found.cut == pytest.approx(35, abs=0.1)
    assert found.fail_rate == pytest.approx(0.35, abs=0.002)


@given(
    st.lists(st.integers(0, 50), min_size=100, max_size=150),
    st.integers(10, 25),
    st.integers(0, 20),
)
def test_the_compromise_is_where_the_failing_rate_first_passes_the_line(scores, low, width):
    opinion = _opinion(low, low + width, 0.1, 0.4)
    found, n = hofstee(opinion, scores), len(scores)
    assert low <= found.cut <= low + width
    assert found.fail_rate == sum(score < found.cut for score in scores) / n
    if found.crossed and width:
        line = 0.4 - 0.3 * (found.cut - low) / width
        just_above = sum(score <= found.cut for score in scores) / n
        assert found.fail_rate <= line + 1e-9 <= just_above + 2e-9


def test_a_curve_beside_the_rectangle_says_so():
    assert not hofstee(_opinion(20, 60, 0.1, 0.5), np.zeros(200)).crossed
    found = hofstee(_opinion(20, 60, 0.1, 0.5), np.full(200, 90))
    assert not found.crossed
    assert found.cut == 60


def test_a_judge_whose_low_exceeds_the_high_is_refused():
    with pytest.raises(MeasurementError, match="dòng 1"):
        hofstee(_opinion(60, 20, 0.1, 0.5), np.arange(200))
    with pytest.raises(TooFewError, match="n = 99"):
        hofstee(_opinion(20, 60, 0.1, 0.5), np.arange(99))
