"""Facts about the path of a target over the years of a plan."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.target_path import Target, forecast, linear_path, required_pace, s_path
from courses.widgets.simulations.target_path import view

ONLINE = Target("M", "Hồ sơ trực tuyến", 35, 80, 2010, 2015)

values = st.integers(0, 100)
targets = st.builds(
    Target,
    code=st.just("M"),
    name=st.just("M"),
    base=values,
    goal=values,
    base_year=st.integers(2005, 2025),
    goal_year=st.integers(2026, 2035),
)


def test_the_path_from_35_to_80_in_2010_to_2015_is_44_53_62_71() -> None:
    assert linear_path(ONLINE) == {2010: 35, 2011: 44, 2012: 53, 2013: 62, 2014: 71, 2015: 80}
    assert ONLINE.pace == 9


def test_the_s_shape_of_the_same_target_starts_slower_and_ends_faster() -> None:
    path = [round(value, 1) for value in s_path(ONLINE, 6).values()]
    assert path == [35.0, 39.7, 50.3, 64.7, 75.3, 80.0]


def test_a_target_whose_goal_year_is_its_base_year_is_refused_by_code() -> None:
    with pytest.raises(ContentError, match=r"“M”: năm đích phải sau năm gốc"):
        replace(ONLINE, goal_year=2010)


@given(targets, st.integers(0, 30))
def test_both_paths_begin_at_the_base_and_end_at_the_goal(target: Target, steepness: int) -> None:
    for path in (linear_path(target), s_path(target, steepness)):
        assert path[target.base_year] == pytest.approx(target.base)
        assert path[target.goal_year] == pytest.approx(target.goal)


@given(targets, st.integers(0, 30))
def test_no_path_ever_turns_back(target: Target, steepness: int) -> None:
    direction = 1 if target.goal >= target.base else -1
    for earlier, later in pairwise(s_path(target, steepness).values()):
        assert direction * (later - earlier) >= -1e-9


@given(targets, st.integers(0, 30))
def test_the_s_shape_is_symmetric_about_its_middle(target: Target, steepness: int) -> None:
    path = list(s_path(target, steepness).values())
    for early, late in zip(path, reversed(path), strict=True):
        assert early + late == pytest.approx(target.base + target.goal)


def test_48_instead_of_53_after_two_years_asks_for_10_67_points_a_year() -> None:
    assert required_pace(ONLINE, 2012, 48) == pytest.approx(32 / 3)


def test_48_after_two_years_leads_to_67_5_at_the_pace_so_far() -> None:
    assert forecast(ONLINE, 2012, 48) == pytest.approx(67.5)


@given(targets.filter(lambda t: t.goal_year - t.base_year > 1))
def test_on_the_straight_line_pace_stays_and_the_goal_is_forecast(target: Target) -> None:
    year = target.base_year + 1
    actual = linear_path(target)[year]
    assert required_pace(target, year, actual) == pytest.approx(target.pace)
    assert forecast(target, year, actual) == pytest.approx(target.goal)


def test_no_pace_is_required_once_the_goal_year_has_come() -> None:
    with pytest.raises(ContentError, match="đã tới năm đích"):
        required_pace(ONLINE, 2015, 70)


def test_no_forecast_leaves_the_scale_of_percentages() -> None:
    assert forecast(ONLINE, 2012, 90) == 100
    assert forecast(ONLINE, 2012, 5) == 0


def test_nothing_is_forecast_before_a_year_has_been_worked() -> None:
    with pytest.raises(ContentError, match="ít nhất một năm"):
        forecast(ONLINE, 2010, 35)


def screen_of(page) -> str:
    return "".join(part.value for part in page.children[-1].children)


def test_the_view_opens_on_the_checked_figures() -> None:
    screen = screen_of(view())
    assert '<th scope="row">2013</th><td>62,0</td><td>64,7</td>' in screen
    assert "Nhịp phải có từ 2013: 10,67 điểm mỗi năm (lộ trình đều: 9,00)" in screen
    assert "cuối 2015 tới 67,5 %" in screen


def test_a_better_year_asks_for_a_gentler_pace_in_the_view() -> None:
    page = view()
    page.children[3].value = 56
    assert "Nhịp phải có từ 2013: 8,00 điểm mỗi năm" in screen_of(page)


def test_the_picture_names_its_axes_with_units() -> None:
    for label in ("Hồ sơ nộp trực tuyến (%)", "Cuối năm"):
        assert f"<!-- {label} -->" in screen_of(view())
