"""Marks and comments are read off a notebook as nbgrader does; nonsense earns nothing."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum

from grading.gradebook.results import CellMark, comments_of, mark_of, marks_of


def told(name, *, points=2, grade=True, solution=False, task=False):
    """Metadata of a cell as nbgrader writes it."""
    marks = {"grade_id": name, "grade": grade, "solution": solution, "task": task, "locked": True}
    return {"nbgrader": marks | ({"points": points} if grade or task else {})}


def shown(text):
    return new_output("execute_result", data={"text/plain": text})


def checks(*outputs, name="t1"):
    """A test cell worth two points, with what it put out."""
    return new_code_cell("1", metadata=told(name), outputs=list(outputs))


ERROR = new_output("error", ename="AssertionError", evalue="", traceback=[])
PRINTED = new_output("stream", name="stdout", text="-1")
WARNED = new_output("stream", name="stderr", text="!")
PICTURE = new_output("execute_result", data={"image/png": "aaaa"})
SEEN = new_output("display_data", data={"text/plain": "-1"})


@pytest.mark.parametrize(
    ("outputs", "mark"),
    [
        ((), CellMark(2.0)),
        ((PRINTED,), CellMark(2.0)),
        ((ERROR,), CellMark(0.0)),
        ((WARNED,), CellMark(0.0)),
        ((shown("1.5"),), CellMark(1.5)),
        ((shown("2"),), CellMark(2.0)),
        ((shown("0"),), CellMark(0.0)),
        ((shown("'đúng'"),), CellMark(2.0)),
        ((SEEN, shown("0.5")), CellMark(0.5)),
        ((shown("2.01"),), CellMark(0.0, review=True)),
        ((shown("-0.5"),), CellMark(0.0, review=True)),
        ((SEEN, shown("-0.5")), CellMark(0.0, review=True)),
        ((shown("nan"),), CellMark(0.0, review=True)),
        ((PICTURE,), CellMark(0.0, review=True)),
    ],
)
def test_a_value_from_nothing_to_all_is_the_mark_and_any_other_goes_to_a_person(outputs, mark):
    assert mark_of(checks(*outputs)) == mark


def test_what_only_people_can_mark_is_left_to_them_without_a_flag():
    essay = new_markdown_cell("Bài viết", metadata=told("e1", solution=True))
    assert mark_of(essay) == CellMark(None)
    assert mark_of(new_markdown_cell("Đề", metadata=told("d1"))) == CellMark(None)
    essay.metadata.nbgrader["checksum"] = compute_checksum(essay)
    assert mark_of(essay) == CellMark(0)


def test_each_graded_cell_has_a_mark_and_points_stand_before_what_was_put_out():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("Lời dẫn"),
            new_code_cell("x", metadata=told("s1", grade=False, solution=True)),
            checks(name="t1"),
            checks(ERROR, name="t2"),
            checks(name="t3"),
            new_markdown_cell("Bài viết", metadata=told("e1", solution=True)),
            checks(shown("9"), name="t4"),
        ]
    )
    assert marks_of(notebook, {"t3", "e1"}, {"t2": 1.25, "e1": 2.0, "s1": 1.0}) == {
        "t1": CellMark(2.0),
        "t2": CellMark(1.25),
        "t3": CellMark(2.0, review=True),
        "e1": CellMark(None, review=True),
        "t4": CellMark(0.0, review=True),
    }


def test_an_unchanged_solution_is_commented_as_no_response_and_nothing_else_is():
    unchanged = new_code_cell("x", metadata=told("s1", grade=False, solution=True))
    unchanged.metadata.nbgrader["checksum"] = compute_checksum(unchanged)
    changed = new_code_cell("y", metadata=told("s2", grade=False, solution=True))
    changed.metadata.nbgrader["checksum"] = unchanged.metadata.nbgrader["checksum"]
    task = new_markdown_cell("Việc", metadata=told("v1", grade=False, task=True))
    task.metadata.nbgrader["checksum"] = compute_checksum(task)
    new = new_code_cell("x", metadata=told("s3", grade=False, solution=True))
    cells = [checks(name="t1"), unchanged, changed, task, new]
    assert comments_of(new_notebook(cells=cells)) == {
        "s1": "No response.",
        "s2": None,
        "v1": None,
        "s3": None,
    }
