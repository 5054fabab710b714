"""Sharing out tasks: the figures of lesson KM1 against a plain enumeration."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.assignment import (
    TEAM,
    Assignment,
    Team,
    best_for_each,
    cheapest,
    gentlest,
    in_list_order,
    without,
)
from courses.widgets.simulations.assignment import view

HOURS = st.integers(1, 9)
TEAMS = st.builds(
    lambda limits, rows: Team(
        dict(zip("ABC", limits, strict=True)),
        {str(n): dict(zip("ABC", row, strict=True)) for n, row in enumerate(rows)},
    ),
    st.tuples(*[st.integers(3, 14)] * 3),
    st.lists(st.tuples(*[HOURS] * 3), min_size=1, max_size=4),
)


def by_trying_all(team):
    """(total, peak, who) of every assignment within the limits, without the model's search."""
    found = []
    for who in product(team.limits, repeat=len(team.hours)):
        loads = {
            person: sum(
                row[p] for row, p in zip(team.hours.values(), who, strict=True) if p == person
            )
            for person in team.limits
        }
        if all(loads[p] <= team.limits[p] for p in loads):
            peak = max(loads[p] / team.limits[p] for p in loads)
            found.append((sum(loads.values()), peak, who))
    return found


@cache
def lesson():
    return by_trying_all(TEAM)


def test_of_78125_assignments_1898_keep_everyone_within_the_limit():
    assert TEAM.possible == 78_125
    assert len(TEAM.feasible) == len(lesson()) == 1898


def test_the_quickest_for_each_task_looks_cheapest_and_loads_one_to_181_percent():
    found = best_for_each(TEAM)
    assert found.total == 60
    assert not found.fits
    assert (found.loads["Dũng"], round(100 * found.shares["Dũng"])) == (29, 181)


def test_the_least_total_is_64_hours_and_fills_one_person_wholly():
    found = cheapest(TEAM)
    assert found.total == 64 == min(lesson())[0]
    assert [p for p, share in found.shares.items() if share == 1] == ["Dũng"]
    assert sum(total == 64 for total, _, _ in lesson()) == 1


def test_the_gentlest_peak_is_five_sixths_and_costs_four_hours_more():
    found = gentlest(TEAM)
    assert found.peak == pytest.approx(20 / 24) == min(peak for _, peak, _ in lesson())
    assert found.total == 68
    assert found.loads == {"An": 20, "Bình": 11, "Cúc": 15, "Dũng": 12, "Hà": 10}


def test_giving_tasks_out_in_the_order_of_the_list_takes_65_hours():
    assert in_list_order(TEAM).total == 65


@pytest.mark.parametrize(
    ("away", "left", "total"),
    [("An", 30, 65), ("Bình", 46, 68), ("Cúc", 62, 64), ("Dũng", 96, 72), ("Hà", 110, 67)],
)
def test_what_remains_when_one_is_away(away, left, total):
    team = without(TEAM, away)
    remaining = [found for found in lesson() if away not in found[2]]
    assert len(team.feasible) == len(remaining) == left
    assert cheapest(team).total == total == min(remaining)[0]


@settings(max_examples=60)
@given(TEAMS)
def test_the_search_finds_what_trying_all_finds(team):
    found = by_trying_all(team)
    assert {a.who for a in team.feasible} == {who for _, _, who in found}
    if found:
        assert cheapest(team).total == min(found)[0]
        assert gentlest(team).peak == min(peak for _, peak, _ in found)
    else:
        assert cheapest(team) is None
        assert gentlest(team) is None


@settings(max_examples=60)
@given(TEAMS)
def test_no_assignment_takes_less_than_the_quickest_for_each_task(team):
    least = best_for_each(team).total
    assert all(found.total >= least for found in team.feasible)
    listed = in_list_order(team)
    assert listed is None or listed.fits


def test_a_list_can_be_stuck_although_an_assignment_exists():
    team = Team({"A": 4, "B": 4}, {"x": {"A": 2, "B": 3}, "y": {"A": 3, "B": 9}})
    assert in_list_order(team) is None
    assert cheapest(team).who == ("B", "A")


def test_a_row_that_forgets_a_person_is_refused_naming_the_task():
    with pytest.raises(ContentError, match="từng người") as caught:
        Team({"A": 1, "B": 1}, {"x": {"A": 1}})
    assert caught.value.key == "x"


def test_a_limit_of_nothing_is_refused_naming_the_person():
    with pytest.raises(ContentError) as caught:
        Team({"A": 0}, {"x": {"A": 1}})
    assert caught.value.key == "A"


def test_the_screen_shows_whose_limit_is_broken_and_who_is_away():
    screen = view()
    choices, result = screen.children[:-1], screen.children[-1]
    assert "vượt giới hạn" in result.children[1].value
    for choice, person in zip(choices, cheapest(TEAM).who, strict=True):
        choice.value = TEAM.people.index(person)
    picture, table, note = (child.value for child in result.children)
    assert "vượt giới hạn" not in table
    assert "Dũng 16 trên 16 giờ" in picture
    assert "64 giờ" in note
    assert Assignment(TEAM, cheapest(TEAM).who).fits
