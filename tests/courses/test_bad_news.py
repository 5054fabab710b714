"""Bad news climbing a hierarchy: the figures of lesson KM1, and what must hold of every line."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.errors import ContentError
from courses.models.bad_news import FAULT, OFFICE, SCENES, Line, Reaction, Stakes, after
from courses.widgets.simulations.bad_news import view

CHANCES = st.floats(0, 1)
LINES = st.builds(Line, st.integers(1, 6), CHANCES, CHANCES)


def by_counting_what_each_level_does(line):
    """Add up the chances of all ways in which levels and direct line pass or hold."""
    chance = 0.0
    for passes in product([True, False], repeat=line.levels + 1):
        *levels, direct = passes
        weight = line.direct if direct else 1 - line.direct
        for passed in levels:
            weight *= line.pass_on if passed else 1 - line.pass_on
        chance += weight * (all(levels) or direct)
    return chance


@pytest.mark.parametrize(
    ("line", "arrives", "cost"),
    [
        (OFFICE, 0.512, 1129.6),
        (Line(3, 0.6), 0.216, 1632.8),
        (Line(3, 0.9), 0.729, 760.7),
        (Line(3, 0.8, direct=0.5), 0.756, 714.8),
    ],
)
def test_the_figures_of_the_lesson(line, arrives, cost):
    assert line.arrives == pytest.approx(arrives)
    assert FAULT.expected(line) == pytest.approx(cost)


def test_a_scolding_takes_p_from_four_fifths_to_three_and_thanks_to_nine_tenths():
    assert after(OFFICE, [Reaction("mắng", 2)]).pass_on == pytest.approx(0.6)
    assert after(OFFICE, [Reaction("cảm ơn", 0.5)]).pass_on == pytest.approx(0.9)


def test_the_direct_line_of_the_lesson_is_worth_414_8():
    assert FAULT.worth_of_direct_line(Line(3, 0.8, 0.5)) == pytest.approx(414.8)


def test_the_best_and_the_worst_week_of_the_lesson():
    best = after(OFFICE, [min(s.reactions, key=lambda r: (r.factor, -r.direct)) for s in SCENES])
    worst = after(OFFICE, [max(s.reactions, key=lambda r: r.factor) for s in SCENES])
    assert round(100 * best.arrives, 1) == 92.0
    assert round(FAULT.expected(best), 1) == 435.5
    assert worst.arrives == 0
    assert FAULT.expected(worst) == 2000


@given(LINES)
def test_a_warning_arrives_as_often_as_counting_every_way_says(line):
    assert line.arrives == pytest.approx(by_counting_what_each_level_does(line))


@given(LINES, st.floats(0, 1000), st.floats(0, 1000))
def test_cost_lies_between_known_and_unknown_and_a_direct_line_never_costs(line, known, more):
    stakes = Stakes(known, known + more)
    assert known - 1e-6 <= stakes.expected(line) <= known + more + 1e-6
    assert stakes.worth_of_direct_line(line) >= -1e-6


@given(LINES, st.lists(st.floats(0, 3), max_size=6))
def test_whatever_the_reactions_a_chance_stays_a_chance(line, factors):
    moved = after(line, [Reaction("x", factor) for factor in factors])
    assert 0 <= moved.pass_on <= 1
    assert moved.direct == line.direct


@given(LINES)
def test_one_more_level_never_helps(line):
    longer = Line(line.levels + 1, line.pass_on, line.direct)
    assert longer.arrives <= line.arrives + 1e-12


@pytest.mark.parametrize("wrong", [(0, 0.5, 0), (3, 1.1, 0), (3, 0.5, -0.1)])
def test_what_is_no_line_is_refused(wrong):
    with pytest.raises(ContentError):
        Line(*wrong)


def decide(screen, choices):
    for scene, choice in zip(screen.children, choices, strict=False):
        scene.value = choice
    return [child.value for child in screen.children[-1].children]


def test_the_screen_shows_no_figure_until_all_four_scenes_are_decided():
    screen = view()
    for made in range(4):
        (waiting,) = decide(screen, [1] * made)
        assert f"Còn {4 - made} tình huống" in waiting
        assert "%" not in waiting


def test_the_best_week_is_shown_beside_the_week_as_it_was():
    picture, table = decide(view(), (1, 0, 1, 0))
    assert "Đầu tuần: 51,2 % cảnh báo tới nơi; Cuối tuần: 92,0 % cảnh báo tới nơi" in picture
    assert "<td>51,2 %</td><td>1.129,6</td>" in table
    assert "<td>92,0 %</td><td>435,5</td>" in table


def test_a_decision_taken_back_closes_the_result_again():
    screen = view()
    decide(screen, (1, 0, 1, 0))
    (waiting,) = decide(screen, (-1,))
    assert "Còn 1 tình huống" in waiting
