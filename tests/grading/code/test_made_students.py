"""Students made of a course's own solutions, for comparing both ways of marking on it."""

from __future__ import annotations

import ast
import random

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from benchmarks.students import answered, slip, students

SOURCE = "def f(n):\n    return n + 1 if n < 3 else n * 2"


def chance(seed):
    return random.Random(seed)  # noqa: S311 - no secret


def notebook(answers):
    """A notebook with these answers, and words and a test around them."""
    cells = [new_markdown_cell("# Bài")]
    for number, answer in enumerate(answers):
        marks = {"grade_id": f"s{number}", "solution": True, "grade": False}
        cells.append(new_code_cell(answer, metadata={"nbgrader": marks}))
        marks = {"grade_id": f"t{number}", "solution": False, "grade": True}
        cells.append(new_code_cell("assert f(1) == 2", metadata={"nbgrader": marks}))
    return new_notebook(cells=cells)


def answers(made):
    return [cell.source for cell in made.cells if cell.metadata.get("nbgrader", {}).get("solution")]


def test_each_student_answers_in_the_released_notebook_and_changes_nothing_else():
    source, blank = notebook([SOURCE] * 4), notebook(["pass"] * 4)
    made = {name: answered(source, blank, answer) for name, answer in students().items()}
    assert answers(made["loi-giai"]) == [SOURCE] * 4
    assert answers(made["bo-trong"]) == ["pass"] * 4
    assert answers(made["mot-nua"]) == [SOURCE, "pass"] * 2
    assert all(text not in ("pass", SOURCE) for text in answers(made["nham-1"]))
    assert [cell.source for cell in made["nham-2"].cells[::2]] == [
        cell.source for cell in blank.cells[::2]
    ]
    assert answers(blank) == ["pass"] * 4


def test_a_slip_is_one_change_the_same_for_the_same_student():
    slips = {slip(SOURCE, chance(seed)) for seed in range(40)}
    assert len(slips) > 3
    assert ast.unparse(ast.parse(SOURCE)) not in slips
    assert slip(SOURCE, chance(7)) == slip(SOURCE, chance(7))


def test_what_cannot_be_read_or_changed_stays_as_it_is():
    for source in ("%matplotlib inline\nx = 1", "pass", ""):
        assert slip(source, chance(1)) == source
