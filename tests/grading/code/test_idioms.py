"""Ways of testing: right work never loses a mark unseen, and wrong work never gains one."""

from __future__ import annotations

import idioms
import pytest
from code_course import run

MOST_FLAGS = 0.03  # of all rows, in an ordinary course


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The corpus graded by the engine: its outcomes and rows, and nbgrader's rows."""
    course = idioms.build(tmp_path_factory.mktemp("cach-kiem-tra") / "khoa")
    stock = idioms.golden(lambda: idioms.build(tmp_path_factory.mktemp("nbgrader") / "khoa"))
    outcomes = run(course, workers=2, limits=None)
    assert {outcome.state for outcome in outcomes.values()} == {"graded"}
    return outcomes, idioms.rows(course), stock


def test_there_are_at_least_three_hundred_answers(graded):
    _outcomes, ours, stock = graded
    assert len(stock) >= 300
    assert ours.keys() == stock.keys()


def test_nbgrader_tells_right_answers_from_wrong_ones_in_nearly_all(graded):
    _outcomes, _ours, stock = graded
    right = [points for row, (points, _) in stock.items() if row.startswith("right ")]
    wrong = [points for row, (points, _) in stock.items() if row.startswith("wrong ")]
    assert sum(right) == len(right)
    assert sum(wrong) < 0.1 * len(wrong)


def test_no_answer_gets_less_than_from_nbgrader_without_a_flag(graded):
    _outcomes, ours, stock = graded
    assert [
        row for row, (points, flag) in ours.items() if points < stock[row][0] and not flag
    ] == []


def test_no_answer_gets_more_than_from_nbgrader(graded):
    _outcomes, ours, stock = graded
    assert [row for row, (points, _) in ours.items() if points > stock[row][0]] == []


def test_flags_are_few_and_each_has_a_reason(graded):
    outcomes, ours, _stock = graded
    flagged = {row for row, (_, flag) in ours.items() if flag}
    told = {f"{who} {remark.notebook} {remark.cell}"
            for who, outcome in outcomes.items() for remark in outcome.review}  # fmt: skip
    assert flagged == told
    assert len(flagged) <= MOST_FLAGS * len(ours), sorted(flagged)
