"""Notices against calls: the figures of lesson KM3, and what must hold of every outage."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.notices import OUTAGE, TEAM, Outage
from courses.widgets.simulations.notices import view

OUTAGES = st.builds(
    Outage,
    st.integers(1, 200),
    st.floats(1, 24),
    st.floats(0.01, 2),
    st.floats(1, 20),
    st.floats(1, 90),
)


def by_walking_through_time(outage, every, steps=4000):
    """Add up the calls of small slices of time; silence starts anew at every notice."""
    slice_ = outage.hours / steps
    calls = 0.0
    for n in range(steps):
        silence = ((n + 0.5) * slice_) % every
        calls += outage.places * outage.urge * silence * slice_
    return calls


@pytest.mark.parametrize(
    ("every", "calls", "minutes"),
    [(8, 192, 1172), (4, 96, 616), (2, 48, 368), (1, 24, 304), (0.5, 12, 392)],
)
def test_the_figures_of_the_lesson(every, calls, minutes):
    assert OUTAGE.calls(every) == pytest.approx(calls)
    assert OUTAGE.minutes(every) == pytest.approx(minutes)
    assert by_walking_through_time(OUTAGE, every) == pytest.approx(calls, rel=1e-3)


def test_the_best_interval_of_the_lesson_is_1_05_hours():
    assert round(OUTAGE.best, 2) == 1.05
    assert OUTAGE.minutes(OUTAGE.best) == pytest.approx(303.58, abs=0.01)


def test_waiting_for_certainty_leaves_268_of_1440_minutes_to_repair():
    assert OUTAGE.repair(8, TEAM) == pytest.approx(1440 - 1172)
    assert OUTAGE.repair(1, TEAM) == pytest.approx(1440 - 304)


def test_a_broken_promise_doubles_the_calls_and_asks_for_more_notices():
    worse = OUTAGE.after_broken_promise(2)
    assert worse.calls(1) == 2 * OUTAGE.calls(1)
    assert worse.best == pytest.approx(OUTAGE.best / 2**0.5)


@given(OUTAGES, st.floats(0.01, 1))
def test_no_interval_takes_less_than_the_best(outage, share):
    every = outage.hours * share
    assert outage.minutes(outage.best) <= outage.minutes(every) + 1e-6


@given(OUTAGES)
def test_short_of_the_whole_outage_the_best_spends_as_much_on_calls_as_on_notices(outage):
    if outage.best < outage.hours:
        calls, notices = (
            outage.call * outage.calls(outage.best),
            outage.notice * outage.notices(outage.best),
        )
        assert isclose(calls, notices, rel_tol=1e-6)


@given(OUTAGES, st.integers(1, 12))
def test_calls_are_what_walking_through_time_counts(outage, parts):
    every = outage.hours / parts
    walked = by_walking_through_time(outage, every, 1200)
    assert outage.calls(every) == pytest.approx(walked, rel=0.02)


@given(OUTAGES, st.integers(1, 9))
def test_the_time_to_repair_is_never_negative_nor_more_than_there_is(outage, people):
    assert 0 <= outage.repair(outage.hours, people) <= 60 * outage.hours * people


@pytest.mark.parametrize("every", [0, -1, 8.1])
def test_an_interval_outside_the_outage_is_refused(every):
    with pytest.raises(ContentError, match="nhịp"):
        OUTAGE.calls(every)


def test_an_outage_nobody_waits_for_is_refused_naming_the_number():
    with pytest.raises(ContentError) as caught:
        Outage(0, 8, 0.1, 6, 20)
    assert caught.value.key == "places"


def test_moving_the_interval_redraws_chart_and_table():
    screen = view()
    every, _, _, factor, result = screen.children
    assert "8,0 giờ (anh/chị chọn): 192 cuộc gọi, 1.172 phút" in result.children[0].value
    every.value = 1
    assert "1,0 giờ (anh/chị chọn): 24 cuộc gọi, 304 phút" in result.children[0].value
    assert "Nhịp ít tốn công nhất lúc này: 1,05 giờ" in result.children[1].value
    factor.value = 2
    assert "Nhịp ít tốn công nhất lúc này: 0,75 giờ" in result.children[1].value
