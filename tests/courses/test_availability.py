"""Facts about the availability of chains, and about buying hours with money."""

from __future__ import annotations

from itertools import chain as flatten
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.availability import (
    MOST_UPGRADES,
    ServiceLevel,
    Stage,
    Upgrade,
    availability,
    best_plan,
    cheapest_level,
    cost_per_hour,
    downtime,
    parallel,
    province_chain,
    province_upgrades,
    repairable,
    upgraded,
    yearly_cost,
)
from courses.widgets.simulations.availability import view

shares = st.floats(0, 1, allow_nan=False)
chains = st.lists(shares, max_size=5).map(
    lambda units: tuple(Stage(f"chặng {n}", unit) for n, unit in enumerate(units))
)


@st.composite
def markets(draw: st.DrawFn) -> tuple[tuple[Stage, ...], list[Upgrade]]:
    """A chain of one to four stages, and up to six offers for them, some for the same one."""
    units = draw(st.lists(st.integers(900, 999), min_size=1, max_size=4))
    stages = tuple(Stage(f"chặng {n}", unit / 1000) for n, unit in enumerate(units))
    drawn = draw(
        st.lists(
            st.tuples(st.sampled_from(stages), st.integers(0, 500), st.sampled_from([0, 0.3, 1])),
            max_size=6,
        )
    )
    offers = [
        Upgrade(f"gói {n}", cost, Stage(stage.name, stage.unit, 2, shared))
        for n, (stage, cost, shared) in enumerate(drawn)
    ]
    return stages, offers


def hours(*stages: Stage) -> float:
    return downtime(availability(stages))


def test_the_wan_chain_stands_still_156_8_hours_a_year():
    assert round(hours(*province_chain()), 1) == 156.8


def test_doubling_its_weakest_link_leaves_70_8_hours():
    access, _, centre, platform = province_chain()
    assert round(hours(access, Stage("trục", 0.99, 2), centre, platform), 1) == 70.8


def test_two_links_of_99_percent_that_share_a_tenth_of_their_failures_lose_9_5_hours():
    # By hand: 0.1 x 0.01 + (0.9 x 0.01)^2 = 0.001081; times 8,760.
    assert hours(Stage("đôi", 0.99, 2, 0.1)) == pytest.approx(9.46956)


def test_a_single_link_of_99_5_percent_loses_43_8_hours():
    assert hours(Stage("đơn", 0.995)) == pytest.approx(43.8)


def test_a_cable_of_98_with_a_mobile_way_of_95_percent_is_as_good_as_99_9():
    assert parallel([0.98, 0.95]) == pytest.approx(0.999)


@given(shares, st.integers(1, 5))
def test_independent_copies_are_ways_in_parallel(unit, copies):
    assert Stage("chặng", unit, copies).availability == pytest.approx(parallel([unit] * copies))


def test_downtime_counts_only_the_hours_of_service():
    assert downtime(0.99, hours=250 * 8) == pytest.approx(20)


def test_repair_in_half_the_time_halves_the_unavailability_nearly():
    assert repairable(990, 10) == pytest.approx(0.99)
    assert 1 - repairable(990, 5) == pytest.approx(5 / 995)


def test_the_cheap_second_line_and_better_access_beat_the_separate_route_at_500():
    plan = best_plan(province_chain(), province_upgrades(), 500)
    assert [upgrade.name for upgrade in plan.taken] == [
        "Đường truy nhập, cam kết cao hơn",
        "Đường trục thứ hai, cùng cống cáp",
    ]
    assert (plan.cost, round(plan.downtime, 1)) == (500, 70.3)


def test_the_separate_route_wins_once_the_duct_shares_two_fifths_of_failures():
    plan = best_plan(province_chain(), province_upgrades(shared=0.4), 500)
    assert [upgrade.name for upgrade in plan.taken] == ["Đường trục thứ hai, khác tuyến"]
    assert round(plan.downtime, 1) == 75.1


def test_an_hour_avoided_costs_25_times_more_in_the_data_centre_than_in_the_duct():
    now = province_chain()
    prices = [cost_per_hour(now, upgraded(now, [offer])) for offer in province_upgrades()]
    assert [round(price, 1) for price in prices if price] == [4.3, 5.9, 9.3, 19.4, 107.8]


def test_a_copy_that_always_fails_with_the_first_has_no_price_for_an_hour():
    now = (Stage("trục", 0.97),)
    useless = Upgrade("bản sao", 300, Stage("trục", 0.97, 2, 1))
    assert cost_per_hour(now, upgraded(now, [useless])) is None
    assert best_plan(now, [useless], 1000).taken == ()


def test_between_equal_hours_the_cheaper_offer_wins():
    now = (Stage("trục", 0.99),)
    offers = [Upgrade(f"giá {cost}", cost, Stage("trục", 0.999)) for cost in (300, 200)]
    assert best_plan(now, offers, 500).cost == 200


def test_a_level_is_worth_its_price_only_above_a_loss_per_hour():
    levels = [ServiceLevel("99 %", 0.99, 100), ServiceLevel("99,9 %", 0.999, 500)]
    assert yearly_cost(levels[0], 10) == pytest.approx(100 + 876)
    assert cheapest_level(levels, 5).name == "99 %"  # 538 against 543.8
    assert cheapest_level(levels, 6).name == "99,9 %"  # 625.6 against 552.56


@given(chains)
def test_a_chain_is_never_better_than_its_weakest_stage(stages):
    weakest = min((stage.availability for stage in stages), default=1)
    assert availability(stages) <= weakest + 1e-12


@given(chains)
def test_the_order_of_stages_does_not_matter(stages):
    assert availability(stages[::-1]) == pytest.approx(availability(stages))


@given(chains)
def test_hours_lost_are_at_most_the_sum_of_what_the_stages_lose_alone(stages):
    assert hours(*stages) <= sum(hours(stage) for stage in stages) + 1e-9


@given(st.floats(0.5, 1), st.integers(1, 5), shares)
def test_copies_never_do_worse_than_one_and_never_better_than_independent_ones(
    unit, copies, shared
):
    stage = Stage("chặng", unit, copies, shared)
    assert unit - 1e-12 <= stage.availability <= 1 - (1 - unit) ** copies + 1e-12


@given(shares, st.integers(2, 5))
def test_copies_that_share_every_failure_are_worth_one(unit, copies):
    assert Stage("chặng", unit, copies, 1).availability == pytest.approx(unit)


@given(st.floats(0.5, 1), shares, shares)
def test_the_more_is_shared_the_less_a_second_copy_helps(unit, less, more):
    less, more = sorted((less, more))
    doubled = [Stage("chặng", unit, 2, shared).availability for shared in (less, more)]
    assert doubled[0] >= doubled[1] - 1e-12


@given(markets(), st.integers(0, 2000))
def test_no_affordable_set_of_upgrades_loses_fewer_hours_than_the_best_plan(market, cap):
    stages, offers = market
    best = best_plan(stages, offers, cap)
    assert best.cost <= cap
    sets = flatten.from_iterable(combinations(offers, n) for n in range(len(offers) + 1))
    for taken in sets:
        one_each = len({offer.stage.name for offer in taken}) == len(taken)
        if one_each and sum(offer.cost for offer in taken) <= cap:
            assert best.downtime <= upgraded(stages, taken).downtime + 1e-6


@given(markets(), st.integers(0, 1000), st.integers(0, 1000))
def test_a_larger_budget_never_loses_more_hours(market, cap, more):
    stages, offers = market
    richer = best_plan(stages, offers, cap + more).downtime
    assert richer <= best_plan(stages, offers, cap).downtime + 1e-6


@pytest.mark.parametrize(
    ("unit", "copies", "shared"), [(-0.1, 1, 0), (1.01, 1, 0), (0.9, 0, 0), (0.9, 2, 1.2)]
)
def test_a_stage_off_its_range_is_refused_by_name(unit, copies, shared):
    with pytest.raises(ContentError, match="Đường trục"):
        Stage("Đường trục", unit, copies, shared)


def test_an_upgrade_of_negative_cost_is_refused():
    with pytest.raises(ContentError, match="chi phí không được âm"):
        Upgrade("biếu", -1, Stage("trục", 0.99))


def test_an_upgrade_for_another_chain_is_refused():
    with pytest.raises(ContentError, match="chặng riêng của chuỗi"):
        upgraded(province_chain(), [Upgrade("vệ tinh", 10, Stage("vệ tinh", 0.9))])


def test_two_upgrades_for_one_stage_are_refused():
    with pytest.raises(ContentError, match="chặng riêng của chuỗi"):
        upgraded(province_chain(), province_upgrades()[:2])


def test_too_many_upgrades_to_try_are_refused():
    stage = Stage("trục", 0.99)
    offers = [Upgrade(str(n), 1, stage) for n in range(MOST_UPGRADES + 1)]
    with pytest.raises(ContentError, match="nhiều nhất 16"):
        best_plan([stage], offers, 3)


@pytest.mark.parametrize("times", [(0, 0), (-1, 5), (5, -1)])
def test_times_that_give_no_availability_are_refused(times):
    with pytest.raises(ContentError, match="thời gian"):
        repairable(*times)


def test_no_level_to_choose_from_is_refused():
    with pytest.raises(ContentError, match="ít nhất một mức"):
        cheapest_level([], 10)


def test_the_view_says_in_its_table_what_the_budget_buys_and_follows_it():
    screen = view()
    cap, result = screen.children[0], screen.children[-1]
    assert "70,3" in result.children[1].value
    cap.value = 720
    assert "48,9" in result.children[1].value


def test_the_view_says_a_dash_where_a_second_line_avoids_nothing():
    screen = view()
    screen.children[1].value = 100
    assert "<td>–</td>" in screen.children[-1].children[1].value
