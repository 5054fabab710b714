"""The risk model: checked numbers, and what must hold for every register."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.risk import (
    MOST_RISKS,
    Plan,
    Risk,
    best_plan,
    largest_plan,
    province_register,
    ratio_plan,
    residual,
)

CAP = 1500
REGISTERS = st.lists(
    st.builds(
        Risk,
        name=st.uuids().map(str),
        likelihood=st.integers(1, 5),
        impact=st.integers(1, 5),
        cost=st.integers(0, 1000),
        effect=st.integers(0, 20).map(lambda twentieths: twentieths / 20),
    ),
    max_size=7,
)
CAPS = st.integers(0, 4000)


def test_the_register_of_the_lesson_totals_62_points_and_2350_million() -> None:
    everything = Plan(province_register())
    assert sum(risk.exposure for risk in everything.treated) == 62
    assert everything.cost == 2350


def test_best_plan_treats_web_staff_and_data_and_removes_27_points() -> None:
    plan = best_plan(province_register(), CAP)
    assert plan.names == ("Cổng", "Cán bộ", "Dữ liệu")
    assert plan.reduction == pytest.approx(27.0)
    assert plan.cost == 1450
    assert residual(province_register(), plan) == pytest.approx(35.0)


def test_best_ratio_first_removes_only_24_4_points() -> None:
    plan = ratio_plan(province_register(), CAP)
    assert plan.names == ("Cổng", "WAN", "Cán bộ")
    assert plan.reduction == pytest.approx(24.4)


def test_largest_risk_first_removes_25_5_points() -> None:
    plan = largest_plan(province_register(), CAP)
    assert plan.names == ("Cổng", "Mã độc")
    assert plan.reduction == pytest.approx(25.5)


def test_requiring_ransomware_protection_costs_1_5_points() -> None:
    register = province_register()
    forced = best_plan(register, CAP, required=["Mã độc"])
    assert best_plan(register, CAP).reduction - forced.reduction == pytest.approx(1.5)


def test_worked_example_ratio_beats_largest_first() -> None:
    register = (
        Risk("Thư điện tử", 4, 4, 400, 0.75),
        Risk("Sao lưu", 2, 5, 250, 0.8),
        Risk("Truy cập của nhà thầu", 3, 4, 300, 0.5),
    )
    assert largest_plan(register, 600).reduction == pytest.approx(12.0)
    assert best_plan(register, 600) == ratio_plan(register, 600)
    assert residual(register, best_plan(register, 600)) == pytest.approx(24.0)


def test_faded_example_leaves_22_6_points() -> None:
    register = (
        Risk("Một cửa", 3, 5, 550, 0.6),
        Risk("Văn bản", 4, 3, 350, 0.7),
        Risk("Thiết bị đầu cuối", 4, 2, 100, 0.5),
    )
    assert residual(register, best_plan(register, 600)) == pytest.approx(22.6)


def test_between_equal_reductions_the_cheaper_plan_wins() -> None:
    register = (Risk("Đắt", 2, 5, 400, 0.5), Risk("Rẻ", 5, 2, 300, 0.5))
    assert best_plan(register, 400).names == ("Rẻ",)


@given(REGISTERS, CAPS)
def test_no_habit_beats_the_best_plan_and_none_overspends(register: list[Risk], cap: int) -> None:
    best = best_plan(register, cap)
    for plan in (best, ratio_plan(register, cap), largest_plan(register, cap)):
        assert plan.cost <= cap
        assert plan.reduction <= best.reduction + 1e-9


@given(REGISTERS, CAPS, st.integers(0, 500))
def test_more_money_never_leaves_more_risk(register: list[Risk], cap: int, more: int) -> None:
    richer = residual(register, best_plan(register, cap + more))
    assert richer <= residual(register, best_plan(register, cap)) + 1e-9


@given(REGISTERS, CAPS)
def test_residual_lies_between_nothing_and_everything(register: list[Risk], cap: int) -> None:
    left = residual(register, best_plan(register, cap))
    assert -1e-9 <= left <= sum(risk.exposure for risk in register) + 1e-9


@given(REGISTERS.filter(len), st.data())
def test_a_required_treatment_is_in_the_plan_and_never_helps(
    register: list[Risk], data: st.DataObject
) -> None:
    required = data.draw(st.sampled_from(register))
    cap = data.draw(st.integers(int(required.cost), 4000))
    forced = best_plan(register, cap, required=[required.name])
    assert required.name in forced.names
    assert forced.reduction <= best_plan(register, cap).reduction + 1e-9


@given(REGISTERS, CAPS)
def test_the_order_of_the_register_does_not_change_what_is_removed(
    register: list[Risk], cap: int
) -> None:
    turned = best_plan(register[::-1], cap).reduction
    assert turned == pytest.approx(best_plan(register, cap).reduction)


def test_a_free_treatment_comes_first_by_ratio() -> None:
    register = (Risk("Trả tiền", 5, 5, 100, 1.0), Risk("Không mất tiền", 1, 1, 0, 0.1))
    assert ratio_plan(register, 50).names == ("Không mất tiền",)
    assert register[1].ratio == float("inf")


@pytest.mark.parametrize(
    ("likelihood", "impact", "cost", "effect"),
    [(0, 3, 100, 0.5), (3, 6, 100, 0.5), (3, 3, -1, 0.5), (3, 3, 100, 1.1)],
)
def test_a_value_off_its_scale_is_refused_by_the_name_of_the_risk(
    likelihood: int, impact: int, cost: float, effect: float
) -> None:
    with pytest.raises(ContentError, match="Mã độc"):
        Risk("Mã độc", likelihood, impact, cost, effect)


def test_a_cap_below_what_is_required_is_refused() -> None:
    with pytest.raises(ContentError, match="hạn mức không đủ"):
        best_plan(province_register(), 599, required=["Mã độc"])


def test_a_register_too_long_to_search_is_refused() -> None:
    register = [Risk(str(number), 1, 1, 1, 1.0) for number in range(MOST_RISKS + 1)]
    with pytest.raises(ContentError, match="nhiều nhất 16"):
        best_plan(register, 3)
