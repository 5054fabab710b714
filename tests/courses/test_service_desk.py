"""Facts about waiting at a one-stop desk, against computations that share no code with it."""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models.service_desk import (
    DESK,
    Desk,
    fewer_returns,
    fewest_counters,
    mean_wait,
    online,
    queue_length,
    shorter_form,
    waiting_probability,
)
from courses.widgets.simulations.service_desk import view

desks = st.builds(
    Desk,
    arrivals=st.integers(1, 60),
    rate=st.integers(2, 20),
    counters=st.integers(1, 12),
)
stable = desks.filter(lambda desk: desk.utilisation < 0.98)


def textbook_wait(desk: Desk) -> Fraction:
    """Minutes by the closed formula with factorials, in exact arithmetic."""
    load, c = Fraction(desk.arrivals) / Fraction(desk.rate), desk.counters
    tail = load**c / math.factorial(c) * c / (c - load)
    p0 = 1 / (sum(load**k / math.factorial(k) for k in range(c)) + tail)
    return 60 * tail * p0 / (Fraction(desk.rate) * c - Fraction(desk.arrivals))


def balance_wait(desk: Desk, most: int = 3000) -> float:
    """Minutes from the stationary chain of people present, cut off far out, and Little's law."""
    weights = [1.0]
    for present in range(1, most):
        weights.append(weights[-1] * desk.arrivals / (min(present, desk.counters) * desk.rate))
    waiting = sum(w * max(0, n - desk.counters) for n, w in enumerate(weights)) / sum(weights)
    return 60 * waiting / desk.arrivals


def played_wait(desk: Desk, people: int, seed: int) -> float:
    """Minutes in a played morning of ``people`` arrivals, each taken by the first free counter."""
    rng, now, waited = random.Random(seed), 0.0, 0.0  # noqa: S311 - a played morning, no secret
    free = [0.0] * desk.counters
    for _ in range(people):
        now += rng.expovariate(desk.arrivals)
        start = max(now, heapq.heappop(free))
        waited += start - now
        heapq.heappush(free, start + rng.expovariate(desk.rate))
    return 60 * waited / people


def test_four_five_six_counters_wait_23_6_3_5_and_1_0_minutes():
    waits = [round(mean_wait(replace(DESK, counters=n)), 1) for n in (4, 5, 6)]
    assert waits == [23.6, 3.5, 1.0]


def test_one_more_person_an_hour_doubles_the_wait_near_the_limit():
    waits = [round(mean_wait(replace(DESK, arrivals=rate)), 1) for rate in (18, 19, 19.5)]
    assert waits == [23.6, 53.5, 113.4]


def test_two_minutes_less_at_the_counter_bring_the_wait_to_5_1():
    assert round(mean_wait(shorter_form(DESK, 120)), 1) == 5.1


def test_one_file_in_five_online_brings_the_wait_to_4_9():
    assert round(mean_wait(online(DESK, 0.2)), 1) == 4.9


def test_halving_returns_of_ten_per_cent_gives_14_1_and_ending_them_9_7():
    waits = [round(mean_wait(fewer_returns(DESK, 0.1, then)), 1) for then in (0.1, 0.05, 0)]
    assert waits == [23.6, 14.1, 9.7]


def test_twenty_arrivals_are_more_than_four_counters_settle():
    desk = replace(DESK, arrivals=20)
    assert (mean_wait(desk), queue_length(desk), waiting_probability(desk)) == (
        math.inf,
        math.inf,
        1.0,
    )


@given(stable)
def test_the_wait_is_that_of_the_textbook_formula_in_exact_fractions(desk):
    assert math.isclose(mean_wait(desk), textbook_wait(desk), rel_tol=1e-9)


@pytest.mark.parametrize(
    "desk", [DESK, replace(DESK, counters=6), Desk(19.5, 5, 4), Desk(9, 10, 1)]
)
def test_the_wait_is_that_of_the_chain_of_people_present(desk):
    assert math.isclose(mean_wait(desk), balance_wait(desk), rel_tol=1e-6)


def test_the_wait_is_met_by_a_desk_that_is_played():
    assert math.isclose(played_wait(DESK, 200_000, seed=55), mean_wait(DESK), rel_tol=0.06)


@given(stable)
def test_a_single_counter_waits_rho_over_what_is_spare(desk):
    one = replace(desk, counters=1, arrivals=desk.rate * 0.6)
    assert math.isclose(mean_wait(one), 60 * 0.6 / (one.rate * 0.4))


@given(stable)
def test_a_further_counter_never_lengthens_the_wait(desk):
    assert mean_wait(replace(desk, counters=desk.counters + 1)) <= mean_wait(desk) + 1e-12


@given(stable, st.integers(1, 60))
def test_the_fewest_counters_meet_the_promise_and_one_less_does_not(desk, minutes):
    found = fewest_counters(desk, minutes)
    assert mean_wait(replace(desk, counters=found)) <= minutes
    assert mean_wait(replace(desk, counters=max(1, found - 1))) > minutes or found == 1


@given(stable)
def test_people_waiting_are_arrivals_times_wait(desk):
    assert math.isclose(queue_length(desk), desk.arrivals * mean_wait(desk) / 60)


def figures(page) -> str:
    """The table of the view as text."""
    return page.children[-1].children[0].value


def test_the_view_does_not_open_on_what_the_trainee_is_to_predict():
    opened = figures(view())
    assert "5,1" not in opened
    assert "23,6" not in opened


def test_the_view_finds_the_checked_figures_when_the_controls_are_moved():
    page = view()
    page.children[0].value = 18
    assert "<td>90,0</td><td>23,6</td>" in figures(page)
    page.children[3].value = 120
    assert "<td>75,0</td><td>5,1</td>" in figures(page)


def test_a_further_counter_leaves_today_as_it_is():
    page = view()
    page.children[0].value = 18
    page.children[6].value = 1
    assert "<td>90,0</td><td>23,6</td>" in figures(page)
    assert "<td>72,0</td><td>3,5</td>" in figures(page)


def test_the_view_says_so_when_the_counters_cannot_keep_up():
    page = view()
    page.children[0].value = 24
    assert "quầy không kịp" in figures(page)
