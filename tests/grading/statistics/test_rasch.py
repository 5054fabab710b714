"""Rasch and 2PL: published fits of LSAT 6, and what must hold of any data."""

import numpy as np
import pandas as pd
import pytest
from published import lsat6

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import TooFewError
from grading.statistics.marginal import marginal
from grading.statistics.persons import person_estimates, probabilities
from grading.statistics.rasch import andersen_test, rasch, symmetric_functions


def _simulated(seed, people=600, items=8, slope=1.0):
    chance = np.random.default_rng(seed)
    hard = np.linspace(-1.5, 1.5, items)
    p = probabilities(chance.normal(0, 1, people), np.full(items, slope), hard)
    answers = (chance.random(p.shape) < p).astype(float)
    return pd.DataFrame(answers, columns=[f"c{place}" for place in range(items)]), hard


def test_lsat6_has_the_margins_of_the_source():
    assert lsat6().sum().tolist() == [924, 709, 553, 763, 870]


def test_marginal_1pl_of_lsat6_as_rizopoulos_2006():
    fit = marginal(lsat6(), "1PL")
    assert fit.log_likelihood == pytest.approx(-2466.94, abs=0.005)
    hard = [item.difficulty for item in fit.items]
    assert hard == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=5e-4)
    assert fit.items[0].slope == pytest.approx(0.7551, abs=1e-4)
    assert fit.items[0].slope_se == pytest.approx(0.0694, abs=1e-3)
    assert [item.se for item in fit.items] == pytest.approx(
        [0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=1e-3
    )
    assert fit.aic == pytest.approx(4945.88, abs=0.01)


def test_marginal_2pl_of_lsat6_as_rizopoulos_2006():
    fit = marginal(lsat6(), "2PL")
    assert fit.log_likelihood == pytest.approx(-2466.65, abs=0.005)
    hard = [item.difficulty for item in fit.items]
    # The source's EM stops where the likelihood is flat; its third decimals are not the maximum's.
    assert hard == pytest.approx([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], abs=5e-3)
    slopes = [item.slope for item in fit.items]
    assert slopes == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], abs=1e-3)


def test_conditional_rasch_of_lsat6_as_thissen_1982():
    hard = [item.difficulty for item in rasch(lsat6()).items]
    assert hard == pytest.approx([-1.255, 0.476, 1.235, 0.168, -0.624], abs=2e-3)


def test_symmetric_functions_are_sums_of_products():
    assert symmetric_functions(np.array([2.0, 3.0, 5.0])).tolist() == [1, 10, 31, 30]


def test_conditional_estimates_do_not_depend_on_who_sat():
    scores, _ = _simulated(1)
    able = scores[scores.sum(axis=1) > 1]
    both = [np.array([i.difficulty for i in rasch(rows).items]) for rows in (scores, able)]
    assert np.abs(both[0] - both[1]).max() < 0.25
    assert sum(both[0]) == pytest.approx(0, abs=1e-9)


def test_all_or_nothing_right_changes_no_difficulty():
    scores, _ = _simulated(2, people=200)
    rows = [scores, pd.DataFrame(1.0, index=range(1000, 1040), columns=scores.columns)]
    with_more = rasch(pd.concat(rows))
    one, two = rasch(scores), with_more
    assert [i.difficulty for i in one.items] == pytest.approx([i.difficulty for i in two.items])
    assert two.n == one.n + 40


def test_two_forms_linked_by_common_items_come_onto_one_scale():
    scores, hard = _simulated(3, people=1500, items=9)
    scores.iloc[:750, :3] = np.nan
    scores.iloc[750:, 6:] = np.nan
    found = np.array([item.difficulty for item in rasch(scores).items])
    assert np.abs(found - (hard - hard.mean())).max() < 0.3
    by_margin = np.array([item.difficulty for item in marginal(scores, "1PL").items])
    assert np.corrcoef(found, by_margin)[0, 1] > 0.995


def test_forms_without_a_link_are_refused():
    scores, _ = _simulated(4, people=400)
    scores.iloc[:200, :4] = np.nan
    scores.iloc[200:, 4:] = np.nan
    with pytest.raises(MeasurementError, match="không liên kết"):
        rasch(scores)


@pytest.mark.parametrize("fit", [rasch, marginal])
def test_an_item_all_right_is_named(fit):
    scores, _ = _simulated(5, people=200)
    scores["c3"] = 1.0
    with pytest.raises(MeasurementError, match="cột c3"):
        fit(scores)


@pytest.mark.parametrize("fit", [rasch, marginal])
def test_partial_credit_is_refused_with_its_place(fit):
    scores, _ = _simulated(6, people=200)
    scores.iloc[4, 2] = 0.5
    with pytest.raises(MeasurementError, match="dòng 5, cột c2"):
        fit(scores)


def test_below_150_people_nothing_is_fitted():
    scores, _ = _simulated(7, people=149)
    with pytest.raises(TooFewError, match="n = 149"):
        rasch(scores)
    with pytest.raises(TooFewError):
        marginal(scores.iloc[:140])


def test_who_sat_nothing_counts_for_nothing():
    scores, _ = _simulated(8, people=300)
    absent = pd.DataFrame(np.nan, index=[9000], columns=scores.columns)
    fit = marginal(pd.concat([scores, absent]), "1PL")
    assert fit.n == 300
    assert np.isnan(fit.persons.loc[9000, "theta"])
    assert np.isnan(rasch(pd.concat([scores, absent])).persons.loc[9000, "theta"])


def test_person_estimates_solve_their_equations():
    hard, slopes = np.array([-1.0, 0.0, 1.0]), np.ones(3)
    patterns = np.array([[1.0, 1, 0], [1, 1, 1], [0, 0, 0], [1, np.nan, 0]])
    ml, _ = person_estimates(patterns, slopes, hard, "ML")
    assert probabilities(ml[:1], slopes, hard).sum() == pytest.approx(2)
    assert ml[1] == np.inf
    assert ml[2] == -np.inf
    assert ml[3] == pytest.approx(0, abs=1e-9)
    wle, se = person_estimates(patterns, slopes, hard)
    assert np.isfinite(wle).all()
    assert 0 < wle[0] < ml[0]
    assert (se > 0).all()


def test_fit_is_near_one_under_the_model_and_not_under_another():
    scores, _ = _simulated(9, people=1500)
    fit = rasch(scores)
    assert all(0.8 < item.infit < 1.1 for item in fit.items)
    scores["c0"] = np.random.default_rng(1).integers(0, 2, len(scores)).astype(float)
    assert rasch(scores).items[0].infit > 1.1


def test_andersen_accepts_the_model_and_refuses_unequal_slopes():
    scores, _ = _simulated(10, people=1500)
    assert andersen_test(scores).p > 0.001
    steep = np.random.default_rng(2).normal(0, 1, 1500)
    slopes, hard = np.array([0.3, 0.3, 0.3, 3.0, 3.0, 3.0]), np.array([-1, 0, 1, -1, 0, 1.0])
    p = probabilities(steep, slopes, hard)
    data = pd.DataFrame((np.random.default_rng(3).random(p.shape) < p).astype(float))
    found = andersen_test(data)
    assert found.p < 1e-6
    assert found.df == 5


def test_eap_is_drawn_to_the_mean_and_wle_is_not():
    persons = marginal(lsat6(), "1PL").persons
    assert persons["eap"].var() < persons["theta"].var()
    assert persons["eap_se"].between(0.3, 1).all()
