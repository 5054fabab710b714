"""On time or late: the figures of lesson QL6, and what must hold of every desk."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.lesson import LESSONS, read_lesson
from courses.models.late_reports import (
    DESK,
    PENALTY,
    Decision,
    Desk,
    expected_cost,
    hours_of,
    on_time,
)
from courses.models.staffing import PROVINCE, Pace, two_tiers
from courses.widgets.simulations.late_reports import view

SHARES = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
DESKS = st.builds(
    Desk,
    reports=st.integers(1, 6),
    staff=st.integers(1, 3),
    sign=st.integers(1, 8),
    collate=st.integers(1, 8).map(lambda quarters: quarters / 4),
    returned=SHARES,
    away=SHARES,
    standby=st.integers(0, 2),
)
DEADLINES = st.integers(1, 40)


def by_each_report_and_officer(desk, deadline):
    """Add up the chances of every way in which reports come back and officers stay away."""
    chance = 0.0
    for back in product([True, False], repeat=desk.reports):
        for away in product([True, False], repeat=desk.staff):
            weight = 1.0
            for it in back:
                weight *= desk.returned if it else 1 - desk.returned
            for it in away:
                weight *= desk.away if it else 1 - desk.away
            workers = max(1, min(desk.staff, away.count(False) + desk.standby))
            rounds = -(-(desk.reports + back.count(True)) // workers)
            chance += weight * (desk.sign + rounds * desk.collate <= deadline)
    return chance


def test_without_mishap_the_desk_of_the_lesson_takes_the_44_hours_of_the_first_simulation():
    sure = replace(DESK, returned=0, away=0)
    assert hours_of(sure)[44] == pytest.approx(1)
    assert two_tiers(PROVINCE, Pace(8, 1, 2)).total == 44


def test_on_average_the_desk_meets_the_deadline_and_in_truth_hardly_more_than_half_the_time():
    assert DESK.average == pytest.approx(47.6)
    assert on_time(DESK) == pytest.approx(0.57395, abs=5e-6)


@pytest.mark.parametrize(
    ("decision", "share", "cost"),
    [
        (Decision(), 0.574, 42.6),
        (Decision(standby=True), 0.7015, 39.85),
        (Decision(officers=1), 0.901, 39.9),
        (Decision(officers=1, standby=True), 0.991, 40.9),
        (Decision(form=True), 1.0, 25.0),
    ],
)
def test_what_each_decision_buys_in_the_lesson(decision, share, cost):
    assert on_time(decision.applied(DESK)) == pytest.approx(share, abs=6e-4)
    assert expected_cost(DESK, decision) == pytest.approx(cost, abs=0.06)


def test_the_lesson_prints_the_figures_of_the_model():
    lesson = read_lesson(LESSONS / "ql6-to-chuc-bo-may.md")
    told = " ".join(lesson.block("giai-thich").body.exercise.model_answer.split())
    for decision in (Decision(), Decision(standby=True), Decision(officers=1)):
        share, cost = on_time(decision.applied(DESK)), expected_cost(DESK, decision)
        assert f"{100 * share:.1f} %".replace(".", ",") in told
        assert f"{cost:.1f}".replace(".", ",") in told
    both = on_time(replace(DESK, away=0))
    assert f"{100 * both:.1f} %".replace(".", ",") in told
    assert f"{DESK.average:.1f}".replace(".", ",") in told


@given(DESKS, DEADLINES)
def test_the_chance_to_be_on_time_is_that_of_every_report_and_officer(desk, deadline):
    counted = by_each_report_and_officer(desk, deadline)
    assert on_time(desk, deadline) == pytest.approx(counted)


@given(DESKS)
def test_the_chances_of_all_hours_make_one(desk):
    assert sum(hours_of(desk).values()) == pytest.approx(1)


@given(DESKS, DEADLINES)
def test_a_standby_or_a_better_form_never_makes_a_period_later(desk, deadline):
    for decision in (Decision(standby=True), Decision(form=True)):
        assert on_time(decision.applied(desk), deadline) >= on_time(desk, deadline) - 1e-9


@given(DESKS, DEADLINES)
def test_a_decision_costs_at_least_its_price_and_at_most_the_penalty_more(desk, deadline):
    decision = Decision(officers=1, standby=True, form=True)
    cost = expected_cost(desk, decision, deadline)
    assert decision.price - 1e-6 <= cost <= decision.price + PENALTY + 1e-6


@pytest.mark.parametrize("wrong", [{"returned": 1.5}, {"away": -0.1}, {"staff": 0}, {"sign": 0}])
def test_an_impossible_desk_is_refused(wrong):
    with pytest.raises(ContentError):
        replace(DESK, **wrong)


def test_buying_redraws_chart_and_table_alike():
    *_, officers, standby, form, screen = view().children
    assert "Như hiện nay: kịp hạn 57,4 %" in screen.children[0].value
    officers.value = 1
    picture, rows = (child.value for child in screen.children)
    assert "Quyết định của anh/chị: kịp hạn 90,1 %" in picture
    assert "<td>30,0</td>" in rows
    officers.value, standby.value, form.value = 0, 0, 1
    assert "<td>25,0</td><td>25,0</td>" in screen.children[1].value
