"""Facts about choosing projects under a cap on capital."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.investment import (
    PROJECTS,
    Project,
    best_plan,
    cap_sensitivity,
    compare,
    npv,
    present_value,
    rate_sensitivity,
    ratio_plan,
    realised,
)
from courses.widgets.simulations.investment import view

RATE = 0.10
SECURITY = frozenset({"D"})

flows = st.lists(st.integers(-5, 40), min_size=1, max_size=5)
rates = st.floats(0, 0.5, allow_nan=False)
caps = st.integers(0, 120)


@st.composite
def portfolios(draw: st.DrawFn) -> tuple[Project, ...]:
    """One to four projects of whole tỷ đồng, called A, B, C, D."""
    drawn = draw(st.lists(st.tuples(st.integers(1, 60), flows), min_size=1, max_size=4))
    return tuple(
        Project(code, f"Dự án {code}", capital, tuple(inflows))
        for code, (capital, inflows) in zip("ABCD", drawn, strict=False)
    )


def test_best_portfolio_under_100_is_a_b_c_worth_43_43():
    plan = best_plan(PROJECTS, [100], RATE)
    assert set(plan.starts) == set("ABC")
    assert round(plan.npv, 2) == 43.43
    assert plan.spend == (100,)


def test_forcing_security_leaves_a_b_d_worth_32_90():
    plan = best_plan(PROJECTS, [100], RATE, SECURITY)
    assert set(plan.starts) == set("ABD")
    assert round(plan.npv, 2) == 32.90
    assert plan.capital == 90


def test_forcing_security_costs_10_53():
    assert round(compare(PROJECTS, [100], RATE, SECURITY).opportunity_cost, 2) == 10.53


def test_npv_of_each_simulated_project_at_ten_per_cent():
    values = {project.code: round(npv(project, RATE), 2) for project in PROJECTS}
    assert values == {"A": 15.63, "B": 12.14, "C": 15.66, "D": 5.13, "E": 0.63}


def test_ten_more_of_capital_brings_the_cost_of_security_to_7_01():
    assert round(compare(PROJECTS, [110], RATE, SECURITY).opportunity_cost, 2) == 7.01


def test_a_cap_that_takes_a_b_c_and_d_makes_security_cost_nothing():
    assert compare(PROJECTS, [135], RATE, SECURITY).opportunity_cost == 0


def test_phasing_c_into_a_second_year_of_45_brings_the_cost_of_security_to_0_96():
    plan = best_plan(PROJECTS, [100, 45], RATE, SECURITY)
    assert plan.starts == {"A": 0, "B": 0, "C": 1, "D": 0}
    assert plan.spend == (90, 45)
    assert round(compare(PROJECTS, [100, 45], RATE, SECURITY).opportunity_cost, 2) == 0.96


def test_ranking_by_ratio_under_75_loses_2_88_against_the_best_portfolio():
    greedy, best = ratio_plan(PROJECTS, 75, RATE), best_plan(PROJECTS, [75], RATE)
    assert set(greedy.starts) == set("ABE")
    assert set(best.starts) == set("AC")
    assert round(best.npv - greedy.npv, 2) == 2.88


def test_choice_stands_from_4_to_20_per_cent_and_drops_c_at_21():
    sweep = rate_sensitivity(PROJECTS, [100], [0.04, 0.10, 0.20, 0.21], SECURITY)
    chosen = ["".join(sorted(point.free.starts)) for point in sweep]
    assert chosen == ["ABC", "ABC", "ABC", "AB"]


def test_security_costs_less_at_a_higher_discount_rate():
    sweep = rate_sensitivity(PROJECTS, [100], [0.06, 0.10, 0.14], SECURITY)
    assert [round(point.opportunity_cost, 2) for point in sweep] == [13.11, 10.53, 8.37]


def test_cost_of_security_falls_in_steps_as_the_cap_rises():
    sweep = cap_sensitivity(PROJECTS, [[100], [110], [130], [135]], RATE, SECURITY)
    assert [round(point.opportunity_cost, 2) for point in sweep] == [10.53, 7.01, 7.01, 0]


def test_security_loses_its_own_npv_when_benefits_fall_to_85_per_cent():
    pessimistic = {project.code: npv(project, RATE) for project in realised(PROJECTS, 0.85)}
    assert round(pessimistic["D"], 2) == -0.89


def test_no_capital_buys_nothing():
    plan = best_plan(PROJECTS, [0], RATE)
    assert (plan.starts, plan.spend, plan.npv) == ({}, (0,), 0)


def test_required_projects_beyond_the_cap_are_refused():
    with pytest.raises(ContentError, match="vượt trần vốn"):
        best_plan(PROJECTS, [34], RATE, SECURITY)


def test_an_unknown_required_project_is_refused_by_name():
    with pytest.raises(ContentError, match="danh mục: Z"):
        best_plan(PROJECTS, [100], RATE, frozenset({"Z"}))


@given(portfolios(), caps, rates)
def test_best_portfolio_equals_the_best_of_all_subsets(projects, cap, rate):
    subsets = (c for n in range(len(projects) + 1) for c in combinations(projects, n))
    values = [
        sum(npv(project, rate) for project in subset)
        for subset in subsets
        if sum(project.capital for project in subset) <= cap
    ]
    assert math.isclose(best_plan(projects, [cap], rate).npv, max(values), abs_tol=1e-9)


@given(portfolios(), caps, caps, rates)
def test_a_plan_never_breaks_a_yearly_cap(projects, now, later, rate):
    plan = best_plan(projects, [now, later], rate)
    capital = {project.code: project.capital for project in projects}
    assert plan.capital == sum(capital[code] for code in plan.starts)
    assert all(spent <= cap for spent, cap in zip(plan.spend, [now, later], strict=True))


@given(portfolios(), st.lists(caps, min_size=2, max_size=4), rates)
def test_more_capital_never_lowers_the_best_npv(projects, several, rate):
    sweep = cap_sensitivity(projects, [[cap] for cap in sorted(several)], rate, frozenset())
    values = [point.free.npv for point in sweep]
    assert all(low <= high + 1e-9 for low, high in pairwise(values))


@given(portfolios(), caps, caps, rates)
def test_a_further_budget_year_never_lowers_the_best_npv(projects, now, later, rate):
    alone = best_plan(projects, [now], rate).npv
    assert best_plan(projects, [now, later], rate).npv >= alone - 1e-9


@given(portfolios(), caps, rates)
def test_a_mandatory_project_never_raises_the_npv(projects, cap, rate):
    first = projects[0]
    roomy = cap + int(first.capital)
    assert compare(projects, [roomy], rate, frozenset({first.code})).opportunity_cost >= -1e-9


@given(portfolios(), caps, rates)
def test_ranking_by_ratio_is_feasible_and_never_beats_the_best(projects, cap, rate):
    greedy = ratio_plan(projects, cap, rate)
    assert greedy.capital <= cap
    assert greedy.npv <= best_plan(projects, [cap], rate).npv + 1e-9


@given(portfolios(), rates, st.integers(0, 5))
def test_waiting_a_year_divides_npv_by_one_plus_the_rate(projects, rate, start):
    for project in projects:
        assert math.isclose(
            npv(project, rate, start),
            npv(project, rate, start + 1) * (1 + rate),
            rel_tol=1e-9,
            abs_tol=1e-9,
        )


@given(flows)
def test_at_rate_zero_money_has_no_date(inflows):
    assert present_value(inflows, 0) == sum(inflows)


@given(st.lists(st.integers(0, 40), min_size=1), rates, rates)
def test_a_higher_rate_never_raises_the_value_of_benefits(inflows, one, other):
    low, high = sorted([one, other])
    assert present_value(inflows, high) <= present_value(inflows, low) + 1e-9


@given(portfolios(), caps, caps, rates)
def test_a_mandatory_project_starts_this_year(projects, now, later, rate):
    first = projects[0]
    roomy = [now + int(first.capital), later]
    assert best_plan(projects, roomy, rate, frozenset({first.code})).starts[first.code] == 0


@given(portfolios(), st.floats(0, 2), rates)
def test_realised_benefits_scale_their_present_value(projects, share, rate):
    for planned, actual in zip(projects, realised(projects, share), strict=True):
        expected = share * present_value(planned.inflows, rate)
        assert math.isclose(present_value(actual.inflows, rate), expected, abs_tol=1e-9)


def test_the_view_opens_on_the_checked_figures():
    screen = "".join(part.value for part in view().children[-1].children)
    assert "Chi phí cơ hội của việc bắt buộc D: 10,53 tỷ đồng" in screen
    assert "A + B + C</td><td>100</td><td>43,43" in screen


def test_moving_the_cap_redraws_the_view():
    page = view()
    page.children[0].value = 110
    screen = "".join(part.value for part in page.children[-1].children)
    assert "Chi phí cơ hội của việc bắt buộc D: 7,01 tỷ đồng" in screen


def test_the_picture_names_its_axes_with_units():
    picture = next(p.value for p in view().children[-1].children if "<svg" in p.value)
    assert 'role="img" aria-label="Hai đường NPV' in picture
    assert "<!-- Trần vốn năm nay (tỷ đồng) -->" in picture
    assert "<!-- NPV danh mục (tỷ đồng) -->" in picture
