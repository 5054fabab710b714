"""Sums of figures found by linear algebra are those that a solver finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from grading.disclosure.clock import Clock
from grading.disclosure.span import Span, empty

ROWS = st.lists(
    st.lists(st.sampled_from([0.0, 1.0]), min_size=6, max_size=6), min_size=1, max_size=6
).map(np.array)
STATES = st.lists(st.integers(0, 3), min_size=6, max_size=6).map(np.array)


@given(ROWS, st.lists(st.integers(-3, 3), min_size=6, max_size=6))
def test_a_sum_of_figures_is_held_and_its_parts_give_it_and_none_can_be_left_out(rows, many):
    goal = np.array(many[: len(rows)]) @ rows
    span = Span(rows)
    assert span.holds(goal)
    parts = span.parts(goal)
    assert Span(rows[parts]).holds(goal) if len(parts) else not goal.any()
    for left_out in range(len(parts)):
        rest = np.delete(rows[parts], left_out, axis=0)
        assert not Span(rest).holds(goal)


@given(ROWS, st.lists(st.sampled_from([0.0, 1.0]), min_size=6, max_size=6).map(np.array))
def test_what_is_no_sum_of_figures_raises_their_rank(rows, goal):
    rank = np.linalg.matrix_rank
    assert Span(rows).holds(goal) == (rank(np.vstack((rows, goal))) == rank(rows))


@given(ROWS, STATES)
def test_cells_are_empty_when_no_state_has_anybody_in_them(rows, state):
    told = rows @ state
    found = empty(rows, told, told, Clock())
    for cell in range(rows.shape[1]):
        goal = -np.eye(rows.shape[1])[cell]
        most = linprog(goal, A_eq=rows, b_eq=told, bounds=(0, 50))
        assert found[cell] == (-most.fun < 1e-7)
