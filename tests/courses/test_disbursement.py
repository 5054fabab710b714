"""Facts about advances, recovery and the end of a year, against a count payment by payment."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models.disbursement import (
    CONTRACT,
    Contract,
    payment,
    position,
    volume_behind,
    year_end,
)
from courses.widgets.simulations.disbursement import view

contracts = st.builds(
    Contract,
    value=st.integers(100, 90_000).map(float),
    advanced=st.integers(0, 50).map(lambda percent: percent / 100),
)
volumes = st.integers(0, 100).map(lambda percent: percent / 100)
money = st.integers(0, 20_000).map(float)


def counted(contract: Contract, percent: int) -> tuple[float, float]:
    """Money out and advance left after whole per cents of work, paid one by one."""
    out = left = contract.value * contract.advanced
    for _ in range(percent):
        work = contract.value / 100
        kept = min(left, contract.value * contract.advanced / 80)
        left -= kept
        out += work - kept
    return out, left


@pytest.mark.parametrize(("volume", "share"), [(0.2, 42.5), (0.4, 55), (0.6, 67.5), (0.8, 80)])
def test_money_runs_ahead_of_work_until_four_fifths_are_accepted(volume, share):
    assert math.isclose(100 * position(CONTRACT, volume).disbursed / CONTRACT.value, share)


def test_the_advance_is_2700_and_a_fifth_of_the_work_recovers_675():
    stands = position(CONTRACT, 0.2)
    assert math.isclose(CONTRACT.advance, 2700)
    assert math.isclose(stands.recovered, 675)
    assert math.isclose(stands.paid_for_work, 1800)


def test_of_1800_of_work_the_contractor_receives_1125():
    assert math.isclose(payment(CONTRACT, 0.2, 0.4), 1125)


def test_after_four_fifths_work_is_paid_in_full():
    assert math.isclose(payment(CONTRACT, 0.8, 1), 1800)


def test_a_disbursed_share_of_60_per_cent_holds_48_per_cent_of_work():
    assert math.isclose(volume_behind(CONTRACT, 0.6), 0.48)


@pytest.mark.parametrize("percent", range(0, 101, 7))
@pytest.mark.parametrize("advanced", [0, 0.2, 0.3, 0.45])
def test_the_position_is_that_of_a_count_payment_by_payment(advanced, percent):
    contract = Contract(9000, advanced)
    out, left = counted(contract, percent)
    stands = position(contract, percent / 100)
    assert math.isclose(stands.disbursed, out)
    assert math.isclose(stands.outstanding, left, abs_tol=1e-6)


@given(contracts, volumes)
def test_money_out_less_the_advance_left_is_the_accepted_work(contract, volume):
    stands = position(contract, volume)
    assert math.isclose(stands.paid_for_work, stands.accepted, abs_tol=1e-6)
    assert stands.disbursed >= stands.accepted - 1e-6


@given(contracts, volumes)
def test_a_share_of_money_is_traced_back_to_its_work(contract, volume):
    share = position(contract, volume).disbursed / contract.value
    assert math.isclose(volume_behind(contract, share), volume, abs_tol=1e-9)


@given(contracts, volumes, volumes)
def test_payments_add_up_whatever_the_steps(contract, one, other):
    low, high = sorted([one, other])
    whole = contract.advance + payment(contract, 0, low) + payment(contract, low, high)
    assert math.isclose(whole, position(contract, high).disbursed, abs_tol=1e-6)


def test_seven_tenths_of_work_by_the_end_of_the_year_lose_1362_of_8000():
    end = year_end(CONTRACT, plan=8000, volume=0.7)
    assert (round(end.disbursed, 1), round(end.outstanding, 1)) == (6637.5, 337.5)
    assert round(end.lapsed, 1) == 1362.5


def test_leave_to_spend_later_saves_what_it_names_and_no_more():
    end = year_end(CONTRACT, plan=8000, volume=0.7, allowed=600)
    assert (end.carried, round(end.lapsed, 1)) == (600, 762.5)


def test_papers_on_the_way_are_still_paid_and_do_not_lapse():
    end = year_end(CONTRACT, plan=8000, volume=0.7, unpaid=500)
    assert (end.payable, round(end.disbursed, 1), round(end.lapsed, 1)) == (500, 6137.5, 1362.5)


def test_work_beyond_the_year_s_money_is_owed_and_nothing_lapses():
    end = year_end(CONTRACT, plan=6000, volume=0.7)
    assert (end.disbursed, round(end.owed, 1), end.lapsed) == (6000, 637.5, 0)


@given(contracts, money, volumes, money, money)
def test_a_year_s_money_is_spent_payable_carried_or_lost(contract, plan, volume, unpaid, allowed):
    end = year_end(contract, plan, volume, unpaid, allowed)
    parts = (end.disbursed, end.payable, end.carried, end.lapsed)
    assert math.isclose(sum(parts), plan, abs_tol=1e-6)
    assert min(*parts, end.owed) >= -1e-6


def screen(page) -> str:
    return "".join(part.value for part in page.children[-1].children)


def test_the_view_does_not_open_on_what_the_trainee_is_to_predict():
    assert not {"42,5", "55,0", "67,5"} & set(screen(view()).replace("<", ">").split(">"))


def test_the_view_finds_the_checked_figures_when_the_controls_are_moved():
    page = view()
    page.children[0].value, page.children[1].value = 40, 30
    assert "<td>4.950</td><td>55,0</td>" in screen(page)
    page.children[0].value = 70
    assert "Vốn bị huỷ</th><td>1.363</td>" in screen(page)
