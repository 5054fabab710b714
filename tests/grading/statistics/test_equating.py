"""Equating: the worked examples of Kolen and Brennan, and what equating must leave alone."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import MeasurementError
from grading.statistics.equipercentile import (
    Distribution,
    chained_equipercentile,
    distribution,
    equipercentile,
    percentile_ranks,
)
from grading.statistics.gates import TooFewError
from grading.statistics.linear_equating import (
    AnchoredForm,
    anchored,
    chained_linear,
    levine_observed,
    levine_true,
    tucker,
)

# Kolen & Brennan 2014, table 4.4: 36 items, 12 of them common.
_NEW = AnchoredForm(1655, 15.8205, 6.5278, 5.1063, 2.3760, 13.4088)
_OLD = AnchoredForm(1638, 18.6728, 6.8784, 5.8626, 2.4515, 14.7603)
# The same, table 2.3, of people out of ten.
_X, _Y = Distribution((2, 3, 2, 2, 1)), Distribution((1, 2, 2, 3, 2))


def test_equipercentile_table_of_kolen_and_brennan():
    found = equipercentile(_X, _Y, minimum=10)
    assert found.equated == pytest.approx((0.50, 1.75, 2.8333, 3.50, 4.25), abs=5e-5)


def test_percentile_ranks_of_the_same_table():
    assert percentile_ranks(_X) == pytest.approx((10, 35, 60, 80, 95))


def test_tucker_results_of_kolen_and_brennan_table_4_5():
    found = tucker(_NEW, _OLD, weight=1)
    assert found.synthetic == pytest.approx((15.8205, 6.5278, 16.8153, 6.7168), abs=2e-4)
    assert (found.slope, found.intercept) == (
        pytest.approx(1.0289, abs=1e-4),
        pytest.approx(0.5370, abs=1e-3),
    )


def test_levine_results_of_kolen_and_brennan_table_4_5():
    found = levine_observed(_NEW, _OLD, internal=True, weight=1)
    assert found.synthetic == pytest.approx((15.8205, 6.5278, 16.2485, 6.6007), abs=2e-4)
    assert found.slope == pytest.approx(1.0112, abs=1e-4)


def test_levine_true_score_slope_is_the_ratio_of_gammas():
    found = levine_true(_NEW, _OLD, internal=True)
    assert found.slope == pytest.approx((6.8784**2 / 14.7603) / (6.5278**2 / 13.4088))
    assert found(_NEW.mean) == pytest.approx(16.2485, abs=2e-4)


@pytest.mark.parametrize(
    "equate",
    [
        tucker,
        chained_linear,
        lambda a, b: levine_true(a, b, internal=True),
        lambda a, b: levine_observed(a, b, internal=False),
    ],
)
def test_a_form_equated_to_itself_by_the_same_group_is_unchanged(equate):
    found = equate(_NEW, _NEW)
    assert (found.slope, found.intercept) == (pytest.approx(1), pytest.approx(0))


@given(st.floats(0.2, 5), st.floats(-20, 20))
def test_a_form_that_is_only_rescaled_is_scaled_back(scale, shift):
    old = AnchoredForm(
        _NEW.n, _NEW.mean * scale + shift, _NEW.sd * scale, _NEW.anchor_mean, _NEW.anchor_sd,
        _NEW.covariance * scale,
    )  # fmt: skip
    for equate in (tucker, chained_linear):
        found = equate(_NEW, old)
        assert (found.slope, found.intercept) == (
            pytest.approx(scale),
            pytest.approx(shift, abs=1e-8),
        )


def test_moments_leave_out_who_did_not_sit_the_common_items():
    frame = pd.DataFrame({"total": [1.0, 2, 3, 9], "anchor": [0.0, 1, 2, np.nan]})
    found = anchored(frame)
    assert (found.n, found.mean, found.anchor_mean) == (3, 2, 1)
    assert found.sd == pytest.approx(np.sqrt(2 / 3))


def test_scores_that_do_not_vary_cannot_be_equated():
    with pytest.raises(MeasurementError, match="không phân tán"):
        anchored(pd.DataFrame({"total": [1.0, 2, 3], "anchor": [1.0, 1, 1]}))
    against = AnchoredForm(200, 10, 2, 5, 1, -0.5)
    with pytest.raises(MeasurementError, match="không cùng chiều"):
        levine_true(against, _OLD, internal=True)


def test_linear_methods_need_a_hundred_and_equipercentile_a_thousand():
    few = AnchoredForm(99, 10, 2, 5, 1, 1)
    with pytest.raises(TooFewError, match="n = 99"):
        tucker(few, _OLD)
    with pytest.raises(TooFewError, match="cần từ 1000"):
        equipercentile(_X, _Y)


_counts = st.lists(st.integers(0, 9), min_size=2, max_size=12).filter(any)


@given(_counts, _counts)
def test_equated_scores_rise_and_keep_percentile_ranks(new, old):
    found = equipercentile(Distribution(tuple(new)), Distribution(tuple(old)), minimum=1).equated
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(found))
    assert found[0] >= -0.5
    assert found[-1] <= len(old) - 0.5
    halves = np.arange(len(old) + 1) - 0.5
    back = 100 * np.interp(found, halves, np.concatenate(([0], np.cumsum(old) / sum(old))))
    assert back == pytest.approx(percentile_ranks(Distribution(tuple(new))), abs=1e-6)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=12))
def test_a_distribution_equated_to_itself_is_unchanged(counts):
    same = Distribution(tuple(counts))
    assert equipercentile(same, same, minimum=1).equated == pytest.approx(range(len(counts)))


def test_chaining_through_one_anchor_distribution_is_direct_equating():
    anchor = Distribution((2, 3, 3, 2))
    chained = chained_equipercentile(_X, anchor, anchor, _Y, minimum=10).equated
    assert chained == pytest.approx(equipercentile(_X, _Y, minimum=10).equated)


def test_chained_groups_must_be_the_same_people():
    with pytest.raises(MeasurementError, match="đúng những người"):
        chained_equipercentile(_X, Distribution((2, 3)), Distribution((5, 5)), _Y, minimum=1)


def test_scores_are_counted_whole_and_absence_is_none():
    assert distribution([0, 2, 2, np.nan], 3).counts == (1, 0, 2, 0)
    with pytest.raises(MeasurementError, match="điểm nguyên"):
        distribution([1.5], 3)
