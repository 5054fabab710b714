"""The item table says of each item what the rest of the test says of it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import lsat6

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import TooFewError
from grading.statistics.items import item_table
from grading.statistics.reliability import alpha


def _scores(seed, people=120, items=5):
    chance = np.random.default_rng(seed)
    able = chance.normal(0, 1, (people, 1))
    right = able + chance.normal(0, 1, (people, items)) > np.linspace(-1, 1, items)
    return pd.DataFrame(right.astype(float), columns=[f"c{place}" for place in range(items)])


def test_lsat6_difficulties_and_alpha_if_deleted_as_rizopoulos_2006():
    table = item_table(lsat6())
    assert [item.difficulty for item in table] == [0.924, 0.709, 0.553, 0.763, 0.87]
    assert [item.alpha_if_deleted for item in table] == pytest.approx(
        [0.275, 0.238, 0.217, 0.246, 0.266], abs=5e-4
    )


@given(st.integers(0, 2**20))
def test_fast_columns_equal_the_definitions(seed):
    scores = _scores(seed)
    for item in item_table(scores):
        rest = scores.drop(columns=item.item)
        if scores[item.item].std() and rest.sum(axis=1).std():
            expected = scores[item.item].corr(rest.sum(axis=1))
            assert item.item_rest == pytest.approx(expected, abs=1e-9)
        assert item.alpha_if_deleted == pytest.approx(alpha(rest).value)


def test_difficulty_is_a_share_of_the_points():
    scores = _scores(1) * 4
    table = item_table(scores, dict.fromkeys(scores.columns, 4.0))
    assert table[0].difficulty == pytest.approx(scores["c0"].mean() / 4)


def test_a_score_beyond_the_points_is_named():
    scores = _scores(2)
    scores.iloc[6, 1] = 2
    with pytest.raises(MeasurementError, match="dòng 7, cột c1"):
        item_table(scores)


def test_who_did_not_sit_an_item_is_not_wrong_on_it():
    scores = _scores(3)
    share = scores["c2"].iloc[20:].mean()
    scores.loc[scores.index[:20], "c2"] = np.nan
    item = item_table(scores)[2]
    assert item.n == item.complete == 100
    assert item.difficulty == pytest.approx(share)


def test_an_item_all_right_has_no_correlation():
    scores = _scores(4)
    scores["c1"] = 1.0
    item = item_table(scores)[1]
    assert item.item_rest is None
    assert item.difficulty == 1
    assert item.sd == 0


def test_two_items_leave_no_alpha_if_one_goes():
    assert item_table(_scores(5)[["c0", "c1"]])[0].alpha_if_deleted is None


def test_a_wrong_key_turns_the_correlation_round():
    scores = _scores(6, people=400)
    scores["c2"] = 1 - scores["c2"]
    table = item_table(scores)
    assert table[2].item_rest < 0 < table[1].item_rest


def test_options_and_times_are_counted_over_who_answered():
    scores = _scores(7)
    answers = pd.DataFrame({"c0": ["A"] * 60 + ["B"] * 50 + [None] * 10})
    seconds = pd.DataFrame({"c0": [30.0] * 100 + [np.nan] * 20, "c1": [np.nan] * 120})
    first, second, *_ = item_table(scores, answers=answers, seconds=seconds)
    assert first.options == {"A": 60, "B": 50}
    assert first.seconds == 30
    assert second.options == {}
    assert second.seconds is None


def test_thirty_people_flag_and_a_hundred_report():
    assert not item_table(_scores(8, people=30))[0].reportable
    assert item_table(_scores(8, people=100))[0].reportable
    with pytest.raises(TooFewError, match="n = 29"):
        item_table(_scores(8, people=29))
