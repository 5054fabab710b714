"""Kappa and intraclass correlation: published tables, and where they are undefined."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import SHROUT_FLEISS

from courses.foundation.errors import MeasurementError
from grading.statistics.agreement import cohen_kappa, fleiss_kappa, kappa_of_table
from grading.statistics.gates import TooFewError
from grading.statistics.intraclass import intraclass

# Cohen 1968, table 1 (two psychiatrists, n = 200) and its disagreement weights.
_COHEN = 200 * np.array([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]])
_DISAGREEMENT = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
# Fleiss 1971, table 1: 30 patients, six psychiatrists, five diagnoses.
_FLEISS = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)


def test_unweighted_kappa_of_cohen_1968():
    assert kappa_of_table(_COHEN).value == pytest.approx(0.492, abs=5e-4)


def test_weighted_kappa_of_cohen_1968():
    weights = 1 - _DISAGREEMENT / _DISAGREEMENT.max()
    assert kappa_of_table(_COHEN, weights=weights).value == pytest.approx(0.348, abs=5e-4)


def test_fleiss_kappa_of_fleiss_1971():
    counts = pd.DataFrame([[int(mark) for mark in row] for row in _FLEISS.split()])
    found = fleiss_kappa(counts)
    assert found.value == pytest.approx(0.430, abs=5e-4)
    assert found.value / found.se_null == pytest.approx(17.65, abs=0.01)
    assert found.raters == 6


def test_intraclass_forms_of_shrout_and_fleiss_1979():
    found = intraclass(SHROUT_FLEISS, minimum=6)
    values = {form: round(result.value, 2) for form, result in found.items()}
    assert values == {
        "ICC(1,1)": 0.17,
        "ICC(2,1)": 0.29,
        "ICC(3,1)": 0.71,
        "ICC(1,k)": 0.44,
        "ICC(2,k)": 0.62,
        "ICC(3,k)": 0.91,
    }


def test_intraclass_intervals_of_the_same_data_as_psych_prints_them():
    found = intraclass(SHROUT_FLEISS, minimum=6)
    ends = {
        form: (round(result.interval.low, 3), round(result.interval.high, 3))
        for form, result in found.items()
    }
    assert ends == {
        "ICC(1,1)": (-0.133, 0.723),
        "ICC(2,1)": (0.019, 0.761),
        "ICC(3,1)": (0.342, 0.946),
        "ICC(1,k)": (-0.884, 0.912),
        "ICC(2,k)": (0.071, 0.927),
        "ICC(3,k)": (0.676, 0.986),
    }


_marks = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=30, max_size=60)


@given(_marks)
def test_kappa_is_the_same_for_either_marker_and_at_most_one(pairs):
    first, second = zip(*pairs, strict=True)
    try:
        found = cohen_kappa(first, second, categories=range(4), weights="quadratic")
    except MeasurementError:
        assert len(set(first) | set(second)) == 1
        return
    other = cohen_kappa(second, first, categories=range(4), weights="quadratic")
    assert found.value == pytest.approx(other.value)
    assert found.value <= 1 + 1e-12


@given(st.integers(0, 2**20))
def test_quadratic_kappa_is_icc_of_large_samples(seed):
    """Fleiss & Cohen 1973: equal up to 1/n."""
    chance = np.random.default_rng(seed)
    first = chance.integers(0, 4, 400)
    second = np.clip(first + chance.integers(-1, 2, 400), 0, 3)
    kappa = cohen_kappa(first, second, categories=range(4), weights="quadratic").value
    icc = intraclass(pd.DataFrame({"a": first, "b": second}))["ICC(2,1)"].value
    assert kappa == pytest.approx(icc, abs=0.005)


def test_a_category_nobody_used_counts_for_the_weights():
    first, second = [0, 2] * 20, [0, 2] * 19 + [2, 0]
    near = cohen_kappa(first, second, categories=range(9), weights="linear").observed
    assert near > cohen_kappa(first, second, weights="linear").observed


def test_scripts_one_marker_left_out_do_not_count():
    assert cohen_kappa([0, 1] * 20 + [None], [0, 1] * 20 + [1]).n == 40


def test_one_category_only_leaves_kappa_undefined():
    with pytest.raises(MeasurementError, match="chỉ dùng một mức"):
        cohen_kappa([1] * 40, [1] * 40)
    with pytest.raises(MeasurementError, match="chỉ dùng một mức"):
        fleiss_kappa(pd.DataFrame([[3, 0]] * 40))


def test_a_level_outside_the_scale_is_named():
    with pytest.raises(MeasurementError, match="“7”"):
        cohen_kappa([7] * 40, [1] * 40, categories=[1, 2])


def test_unequal_numbers_of_raters_are_refused():
    with pytest.raises(MeasurementError, match="cùng số người chấm"):
        fleiss_kappa(pd.DataFrame([[2, 1], [3, 1]] * 20))


def test_perfect_agreement_is_one_in_all_forms():
    marks = pd.DataFrame({"a": range(40), "b": range(40)}, dtype=float)
    assert all(
        result.value == pytest.approx(1, abs=1e-9)
        and result.interval.low == pytest.approx(1, abs=1e-6)
        for result in intraclass(marks).values()
    )


def test_equal_marks_everywhere_leave_intraclass_undefined():
    with pytest.raises(MeasurementError, match="mọi điểm bằng nhau"):
        intraclass(pd.DataFrame(3.0, index=range(40), columns=["a", "b"]))


def test_below_thirty_scripts_agreement_is_not_computed():
    with pytest.raises(TooFewError, match="n = 29"):
        cohen_kappa([0, 1] * 14 + [1], [0, 1] * 14 + [1])
    with pytest.raises(TooFewError):
        intraclass(SHROUT_FLEISS)
