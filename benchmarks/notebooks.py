"""Courses to measure on: ten-cell notebooks, with and without heavy imports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.gradebook.course import make_course, release

if TYPE_CHECKING:
    from pathlib import Path

    from grading.gradebook.course import Course

ASSIGNMENT = "bai1"
_DUE = datetime(2030, 1, 1, tzinfo=UTC)
_HEAVY = (
    "import numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt",
    "table = pd.DataFrame({'x': np.arange(20), 'y': np.arange(20) ** 2})",
    "fig, ax = plt.subplots()\nax.plot(table.x, table.y)\nplt.close(fig)",
)
_LIGHT = ("import math", "values = list(range(20))", "print(sum(values))")


def _marked(name: str, source: str, *, points: int | None = None) -> nbformat.NotebookNode:
    graded = points is not None
    marks = {
        "schema_version": 3,
        "grade_id": name,
        "grade": graded,
        "solution": not graded,
        "locked": graded,
        "task": False,
    }
    return new_code_cell(
        source, metadata={"nbgrader": marks | ({"points": points} if graded else {})}
    )


def ten_cells(*, heavy: bool) -> nbformat.NotebookNode:
    """A notebook of ten cells: three of setting up, three answers, three tests, and words."""
    cells = [new_markdown_cell("# Bài tập"), *map(new_code_cell, _HEAVY if heavy else _LIGHT)]
    for number in range(3):
        answer = f"def f{number}(n):\n    return [i * {number + 1} for i in range(n)]"
        expected = [i * (number + 1) for i in range(3)]
        tests = f"assert f{number}(3) == {expected}\nassert f{number}(0) == []"
        cells += [_marked(f"s{number}", answer), _marked(f"t{number}", tests, points=1)]
    return new_notebook(cells=cells)


def make_benchmark_course(folder: Path, students: int, *, heavy: bool) -> Course:
    """A course with ``students`` equal submissions, all of them right."""
    course = make_course(folder, "do-toc-do")
    add_assignment(course, ASSIGNMENT, students, heavy=heavy)
    return course


def add_assignment(course: Course, name: str, students: int, *, heavy: bool) -> None:
    """Release one more assignment and have everybody submit it."""
    source = course.folder / "source" / name
    source.mkdir(parents=True)
    notebook = ten_cells(heavy=heavy)
    nbformat.write(notebook, source / "p1.ipynb")
    release(course, name, _DUE)
    submitted = nbformat.read(course.folder / "release" / name / "p1.ipynb", as_version=4)
    for empty, answered in zip(submitted.cells, notebook.cells, strict=True):
        empty.source = answered.source  # releasing has taken the answers out
    for number in range(students):
        place = course.folder / "submitted" / f"hv{number:04d}" / name
        place.mkdir(parents=True)
        nbformat.write(submitted, place / "p1.ipynb")
