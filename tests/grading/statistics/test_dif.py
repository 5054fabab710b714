"""Mantel–Haenszel: the Berkeley admissions, and items made unfair on purpose."""

import numpy as np
import pandas as pd
import pytest

from courses.foundation.errors import MeasurementError
from grading.statistics.dif import ets_class, item_dif, mantel_haenszel
from grading.statistics.gates import TooFewError

# Bickel, Hammel & O'Connell 1975: by department, men and women, admitted and rejected.
_BERKELEY = np.array([
    [[512, 313], [89, 19]],
    [[353, 207], [17, 8]],
    [[120, 205], [202, 391]],
    [[138, 279], [131, 244]],
    [[53, 138], [94, 299]],
    [[22, 351], [24, 317]],
])  # fmt: skip


def _answers(unfair=0.0, people=600, seed=1):
    chance = np.random.default_rng(seed)
    able, hard = chance.normal(0, 1, (2 * people, 1)), np.linspace(-1, 1, 20)
    focal = np.arange(2 * people) >= people
    harder = np.zeros((2 * people, 20))
    harder[focal, 7] = unfair
    right = chance.random((2 * people, 20)) < 1 / (1 + np.exp(hard + harder - able))
    return pd.DataFrame(right.astype(float)), pd.Series(np.where(focal, "nữ", "nam"))


def test_berkeley_admissions_as_r_prints_them():
    found = mantel_haenszel(_BERKELEY)
    assert found.chi_square == pytest.approx(1.4269, abs=5e-5)
    assert found.p == pytest.approx(0.2323, abs=5e-5)
    assert found.odds == pytest.approx(0.9046968, abs=5e-8)
    assert found.interval.low == pytest.approx(0.7719074, abs=5e-8)
    assert found.interval.high == pytest.approx(1.0603298, abs=5e-8)


def test_turning_the_groups_round_inverts_the_odds():
    turned = mantel_haenszel(_BERKELEY[:, ::-1])
    assert turned.odds == pytest.approx(1 / mantel_haenszel(_BERKELEY).odds)
    assert turned.chi_square == pytest.approx(mantel_haenszel(_BERKELEY).chi_square)


def test_strata_that_say_nothing_change_nothing():
    silent = np.array([[[5, 0], [7, 0]], [[0, 0], [3, 4]], [[0, 0], [0, 0]]])
    with_silent = mantel_haenszel(np.concatenate((_BERKELEY, silent)))
    assert with_silent == mantel_haenszel(_BERKELEY)


def test_odds_that_cannot_be_estimated_are_refused():
    with pytest.raises(MeasurementError, match="không ước lượng được"):
        mantel_haenszel(np.array([[[5, 0], [0, 5]]]))


def test_ets_classes_need_size_and_significance():
    """Zieky 1993."""
    assert ets_class(0.9, 0.1) == "A"
    assert ets_class(1.4, 0.9) == "A"
    assert ets_class(-1.2, 0.2) == "B"
    assert ets_class(1.6, 0.5) == "B"
    assert ets_class(-2.0, 0.4) == "C"


def test_an_item_harder_for_one_group_is_found_and_its_sign_is_against_that_group():
    scores, group = _answers(unfair=1.2)
    found = item_dif(scores, group, reference="nam", focal="nữ")
    assert found[7].ets_class == "C"
    assert found[7].delta < -1.5
    assert sum(item.ets_class == "C" for item in found) == 1
    assert found[7].sizes == (600, 600)


def test_fair_items_are_class_a():
    scores, group = _answers()
    classes = [item.ets_class for item in item_dif(scores, group, reference="nam", focal="nữ")]
    assert classes.count("A") >= 19


def test_people_of_other_groups_and_with_gaps_do_not_count():
    scores, group = _answers(people=300)
    scores.iloc[0, 0] = np.nan
    group.iloc[1] = "không ghi"
    assert item_dif(scores, group, reference="nam", focal="nữ")[0].sizes == (298, 300)


def test_the_smaller_group_decides_whether_there_are_enough():
    scores, group = _answers(people=199)
    with pytest.raises(TooFewError, match="n = 199"):
        item_dif(scores, group, reference="nam", focal="nữ")


def test_partial_credit_is_refused():
    scores, group = _answers(people=200)
    with pytest.raises(MeasurementError, match="0/1"):
        item_dif(scores / 2, group, reference="nam", focal="nữ")
