"""Facts about earned value, the critical path and what events do to a project."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.critical_path import (
    Activity,
    Threat,
    add_change,
    baseline,
    chance_by,
    cheapest_crash,
    crash,
    delay,
    end_week,
    expected_cost,
    schedule,
)
from courses.models.earned_value import (
    PROJECT,
    TODAY,
    Status,
    forecast_cost,
    planned_value,
    scenario,
    status,
)
from courses.widgets.simulations.earned_value import view

CHECKED = Status(budget=12000, planned=5400, earned=4500, actual=5000)

money = st.integers(1, 20000)


@st.composite
def statuses(draw: st.DrawFn) -> Status:
    """A control date at which something has been earned."""
    budget = draw(money)
    return Status(budget, draw(money), draw(st.integers(1, budget)), draw(money))


@st.composite
def projects(draw: st.DrawFn) -> tuple[Activity, ...]:
    """One to six activities, each waiting for some of those before it."""
    activities: list[Activity] = []
    for code in "ABCDEF"[: draw(st.integers(1, 6))]:
        before = [a.code for a in activities if draw(st.booleans())]
        activities.append(
            Activity(
                code,
                f"Việc {code}",
                draw(st.integers(1, 12)),
                draw(st.integers(1, 900)),
                tuple(before),
                crash_weeks=draw(st.integers(0, 1)),
                crash_price=draw(st.integers(0, 300)),
            )
        )
    return tuple(activities)


def longest_path(activities: tuple[Activity, ...], code: str) -> float:
    """Weeks of the longest chain that ends with ``code``, by plain recursion."""
    activity = next(a for a in activities if a.code == code)
    before = [longest_path(activities, earlier) for earlier in activity.after]
    return activity.weeks + max(before, default=0)


def test_checked_figures_give_cpi_90_spi_833_eac_13333_and_tcpi_1_071():
    assert CHECKED.cpi == pytest.approx(0.90)
    assert round(CHECKED.spi, 3) == 0.833
    assert round(CHECKED.forecast_at_trend) == 13333
    assert round(CHECKED.to_complete(), 3) == 1.071


def test_checked_figures_are_500_over_in_cost_and_900_behind_in_work():
    assert (CHECKED.cost_variance, CHECKED.schedule_variance) == (-500, -900)
    assert CHECKED.remaining == 7500


def test_three_assumptions_about_the_rest_give_three_forecasts():
    assert CHECKED.forecast_at_plan == 12500
    assert CHECKED.forecast_under_pressure == pytest.approx(15000)


def test_a_reserve_of_600_brings_the_needed_efficiency_below_one():
    assert round(CHECKED.to_complete(12600), 3) == 0.987


def test_nothing_earned_has_no_finite_forecast():
    empty = replace(CHECKED, earned=0)
    assert empty.forecast_at_trend == empty.forecast_under_pressure == math.inf


def test_a_limit_already_spent_cannot_be_met_at_any_efficiency():
    assert CHECKED.to_complete(5000) == math.inf


@pytest.mark.parametrize("wrong", [{"budget": 0}, {"planned": 0}, {"actual": 0}])
def test_a_figure_that_is_not_positive_is_refused(wrong):
    with pytest.raises(ContentError, match="lớn hơn 0"):
        replace(CHECKED, **wrong)


@pytest.mark.parametrize("earned", [-1, 12001])
def test_more_earned_than_the_budget_or_less_than_nothing_is_refused(earned):
    with pytest.raises(ContentError, match="từ 0 đến BAC"):
        replace(CHECKED, earned=earned)


@given(statuses())
def test_keeping_the_efficiency_that_the_trend_forecasts_needs_exactly_that_efficiency(found):
    if found.remaining > 0:
        assert found.to_complete(found.forecast_at_trend) == pytest.approx(found.cpi)


@given(statuses())
def test_the_budget_asks_for_more_than_past_efficiency_exactly_when_over_cost(found):
    if found.remaining > 0 and found.actual < found.budget:
        assert (found.to_complete() > 1) == (found.cost_variance < 0)


@given(statuses())
def test_forecasts_stand_in_the_order_of_their_pessimism_when_late_and_over_cost(found):
    if found.cpi <= 1 and found.spi <= 1:
        assert found.forecast_at_plan <= found.forecast_at_trend * (1 + 1e-9)
        assert found.forecast_at_trend <= found.forecast_under_pressure * (1 + 1e-9)


@given(statuses(), st.integers(1, 1000))
def test_counting_in_another_unit_changes_no_ratio(found, factor):
    scaled = Status(
        *(x * factor for x in (found.budget, found.planned, found.earned, found.actual))
    )
    assert (scaled.cpi, scaled.spi) == pytest.approx((found.cpi, found.spi))


def test_the_lesson_project_shows_the_checked_figures_at_week_16():
    found = status(PROJECT, TODAY)
    assert found.budget == CHECKED.budget
    assert found.planned == pytest.approx(CHECKED.planned)
    assert (found.earned, found.actual) == pytest.approx((CHECKED.earned, CHECKED.actual))


def test_planned_value_grows_from_nothing_to_the_budget():
    assert planned_value(PROJECT, 0) == 0
    assert planned_value(PROJECT, 34) == pytest.approx(12000)


def test_the_plan_of_the_lesson_takes_34_weeks_along_a_b_d_f_g_h():
    plan = baseline(PROJECT)
    assert "".join(code for code, timing in sorted(plan.items()) if timing.critical) == "ABDFGH"
    assert plan["H"].finish == 34
    assert (plan["C"].slack, plan["E"].slack) == (4, 8)


def test_a_schedule_index_of_833_hides_a_delay_of_one_week_only():
    now = schedule(PROJECT, TODAY)
    assert now["H"].finish == 35
    assert round(now["E"].slack, 2) == 2.33
    assert now["C"].slack == 5


@pytest.mark.parametrize(("late", "end"), [(5, 35), (6, 36), (7, 37), (10, 40)])
def test_a_late_supplier_costs_nothing_until_the_slack_is_used_up(late, end):
    assert end_week(scenario(supplier_late=late), TODAY) == end


def test_crashing_software_is_wasted_while_the_infrastructure_is_seven_weeks_late():
    late = scenario(supplier_late=7)
    assert end_week(crash(late, {"D": 2}), TODAY) == end_week(late, TODAY) == 37


def test_two_critical_paths_have_to_be_crashed_together():
    late = scenario(supplier_late=7)
    choice = cheapest_crash(late, 34, TODAY)
    assert choice == {"C": 3, "D": 1}
    assert sum(a.premium for a in crash(late, choice)) == 540


def test_eight_weeks_late_are_beyond_crashing():
    assert cheapest_crash(scenario(supplier_late=8), 34, TODAY) is None


def test_a_change_of_two_weeks_adds_two_weeks_and_667_of_forecast_cost():
    changed = scenario(change_weeks=2)
    assert end_week(changed, TODAY) == 37
    assert status(changed, TODAY).budget == 12600
    rise = forecast_cost(changed, TODAY) - forecast_cost(PROJECT, TODAY)
    assert round(rise) == 667


def test_crashing_adds_its_price_to_the_forecast():
    assert forecast_cost(crash(PROJECT, {"D": 1}), TODAY) == pytest.approx(13333.33 + 180, abs=0.01)


def test_the_scenario_as_given_is_the_project():
    assert scenario() == PROJECT


def test_threats_on_c_and_d_leave_the_deadline_to_the_hand_computed_chance():
    plan = tuple(replace(a, done=0) for a in PROJECT)
    threats = (Threat("C", 0.4, 6), Threat("D", 0.3, 1), Threat("E", 0.5, 7))
    assert chance_by(plan, threats, 34) == pytest.approx(0.6 * 0.7)
    assert chance_by(plan, threats, 35) == pytest.approx(0.6)


def test_expected_cost_weighs_each_threat_by_its_chance():
    assert expected_cost([Threat("C", 0.4, cost=500), Threat("D", 0.1, cost=1200)]) == 320


@given(projects())
def test_the_project_takes_as_long_as_its_longest_chain(activities):
    plan = baseline(activities)
    for activity in activities:
        assert plan[activity.code].finish == longest_path(activities, activity.code)
    assert end_week(activities) == max(timing.finish for timing in plan.values())


@given(projects())
def test_a_critical_chain_runs_through_every_project_and_no_slack_is_negative(activities):
    timings = schedule(activities).values()
    assert all(timing.slack >= 0 for timing in timings)
    assert any(timing.critical for timing in timings)


@given(projects(), st.data(), st.integers(0, 20))
def test_a_delay_moves_the_end_by_what_exceeds_the_slack(activities, data, weeks):
    activity = data.draw(st.sampled_from(activities))
    slack = schedule(activities)[activity.code].slack
    moved = end_week(delay(activities, activity.code, weeks)) - end_week(activities)
    assert moved == max(0, weeks - slack)


@given(projects(), st.integers(1, 8))
def test_a_change_never_brings_the_end_forward(activities, weeks):
    change = Activity("K", "Thay đổi", weeks, 100, (activities[0].code,))
    changed = add_change(activities, change, before=activities[-1].code)
    if len(activities) > 1:
        assert end_week(changed) >= end_week(activities)


@given(projects(), st.integers(0, 3))
def test_the_cheapest_crash_meets_the_deadline_and_taking_a_week_back_misses_it(activities, gain):
    deadline = end_week(activities) - gain
    choice = cheapest_crash(activities, deadline)
    if choice is not None:
        assert end_week(crash(activities, choice)) <= deadline
        for code in choice:
            less = choice | {code: 0}
            free = next(a for a in activities if a.code == code).crash_price == 0
            assert free or end_week(crash(activities, less)) > deadline


@given(projects(), st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_the_chance_of_ending_in_time_is_a_share_and_grows_with_the_deadline(activities, chances):
    threats = [Threat(activities[0].code, chance, 2) for chance in chances]
    end = end_week(activities)
    found = [chance_by(activities, threats, end + extra) for extra in (0, 2, 6)]
    assert sorted(found) == pytest.approx(found)
    assert found[-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("activities", "key"),
    [
        ((Activity("A", "a", 1), Activity("A", "b", 1)), "A"),
        ((Activity("A", "a", 1, after=("Z",)),), "Z"),
        ((Activity("A", "a", 1, after=("B",)), Activity("B", "b", 1, after=("A",))), "A|B"),
    ],
)
def test_a_network_that_is_wrong_is_refused_by_the_code_of_the_activity(activities, key):
    with pytest.raises(ContentError, match=key):
        schedule(activities)


@pytest.mark.parametrize(("weeks", "done"), [(0, 0), (-1, 0), (4, 1.2), (4, -0.1)])
def test_an_activity_without_duration_or_more_than_done_is_refused(weeks, done):
    with pytest.raises(ContentError, match="lớn hơn 0"):
        Activity("A", "a", weeks, done=done)


def test_crashing_beyond_what_is_possible_is_refused():
    with pytest.raises(ContentError, match="vượt mức"):
        crash(PROJECT, {"C": 4})


@pytest.mark.parametrize(
    "event",
    [
        lambda: delay(PROJECT, "Z", 1),
        lambda: crash(PROJECT, {"Z": 1}),
        lambda: add_change(PROJECT, Activity("K", "k", 1), before="Z"),
    ],
)
def test_an_event_on_work_that_the_project_does_not_have_is_refused(event):
    with pytest.raises(ContentError, match="Z"):
        event()


def screen(page) -> str:
    return "".join(part.value for part in page.children[-1].children)


def test_the_view_opens_on_the_checked_figures():
    shown = screen(view())
    assert "<td>12.000</td><td>5.400</td><td>4.500</td><td>5.000</td><td>13.333</td>" in shown
    assert "<td>0,900</td><td>0,833</td><td>1,071</td>" in shown
    assert "Dự báo xong tuần 35,0; hạn 34." in shown


def test_moving_the_supplier_redraws_the_view_and_tells_what_a_rescue_costs():
    page = view()
    page.children[2].value = 7
    assert "xong tuần 37,0; hạn 34. Rút ngắn rẻ nhất để kịp: C 3 tuần, D 1 tuần (540" in screen(
        page
    )
    page.children[2].value = 8
    assert "Rút ngắn hết mức cũng không kịp hạn" in screen(page)


def test_a_change_request_appears_as_work_that_the_approved_plan_does_not_hold():
    page = view()
    page.children[3].value = 2
    assert "K. Yêu cầu thay đổi</th><td></td><td>25,0–27,0</td>" in screen(page)


def test_the_picture_says_in_words_what_it_shows_and_names_its_axis():
    shown = screen(view())
    assert 'role="img" aria-label="Biểu đồ thanh' in shown
    assert "<!-- Tuần kể từ khởi công" in shown
