"""A small course whose notebooks hold candidates' code, for tests of the engine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.autograde import grade
from grading.code.sandbox.limits import MIB, Limits
from grading.gradebook.course import make_course, release
from grading.gradebook.scores import read_scores
from grading.gradebook.snapshot import NotebookSnapshot

ATTACKS = sorted((Path(__file__).parent / "grading" / "code" / "attacks").glob("*.txt"))
LIMITS = Limits(
    cell_seconds=2, notebook_seconds=60, memory=1024 * MIB, box=128 * MIB, file=64 * MIB
)
DUE = datetime(2026, 1, 10, 10, 0, tzinfo=UTC)

CELLS = ["test_square", "test_partial", "test_honest"]
FULL = [2.0, 1.0, 1.0]  # what RIGHT earns in them

HELPER = "TOLERANCE = 0.01\ndef close_enough(a, b):\n    return abs(a - b) < 1e-9"
RIGHT = "def square(n):\n    return n * n"
WRONG = "def square(n):\n    return 0\n"
TEST = """\
assert square(3) == 9
### BEGIN HIDDEN TESTS
expected = 16
assert square(-4) == expected
assert close_enough(square(0.5), 0.25)
### END HIDDEN TESTS
"""
# Tests by ways of ending loops, by the examiner's constant, and by a module of the examiner's.
LOOPED = """\
assert all(map(lambda pair: square(pair[0]) == pair[1], [(3, 9), (4, 16)]))
assert sum(1 for _ in zip([1, 2], map(square, [1, 2]))) in (0, 2)
"""
UNITTEST = """\
import unittest
class Squares(unittest.TestCase):
    def test_three(self):
        self.assertEqual(square(3), 9)
result = unittest.defaultTestLoader.loadTestsFromTestCase(Squares).run(unittest.TestResult())
assert Squares("test_three").run().wasSuccessful()
"""
TOLERANT = "assert abs(square(3) - 9) < TOLERANCE"
CHECKED = "import checking\nassert checking.same(square(3), 9)"
CHECKING = "def same(left, right):\n    return left == right\n"
PARTIAL = """\
score = 0.0
for number in (1, 2):
    if square(number) == number * number:
        score += 0.5
score
"""


def marked(name, *, grade=False, solution=False, locked=True, task=False, points=None):
    """Metadata of a cell as nbgrader writes it."""
    marks = {
        "schema_version": 3,
        "grade_id": name,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": task,
    }
    return {"nbgrader": marks | ({"points": points} if points is not None else {})}


def solution(name, source):
    return new_code_cell(source, metadata=marked(name, solution=True, locked=False))


def test_cell(name, source, points):
    return new_code_cell(source, metadata=marked(name, grade=True, points=points))


test_cell.__test__ = False


def locked(name, source):
    return new_code_cell(source, metadata=marked(name))


def paper(answer="### BEGIN SOLUTION\n" + RIGHT + "\n### END SOLUTION", **more):
    """The examiner's notebook: one answer that is tested, and another that must not suffer.

    ``more`` are further tests of the answer, by name.
    """
    return new_notebook(
        cells=[
            new_markdown_cell("# Bài tập (tình huống giả định)"),
            locked("helper", HELPER),
            solution("square", answer),
            solution(
                "honest", "### BEGIN SOLUTION\ndef honest():\n    return 'thật'\n### END SOLUTION"
            ),
            test_cell("test_square", TEST, 2),
            test_cell("test_partial", PARTIAL, 1),
            *(test_cell(f"test_{name}", source, 1) for name, source in more.items()),
            test_cell("test_honest", "assert honest() == 'thật'", 1),
            new_markdown_cell(
                "Trả lời",
                metadata=marked("essay", grade=True, solution=True, locked=False, points=3),
            ),
        ]
    )


def answered(released, answer):
    """A submission: the released notebook with an answer, and the other answer done honestly."""
    notebook = nbformat.from_dict(released.copy())
    notebook.cells = [nbformat.from_dict(dict(cell)) for cell in released.cells]
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name == "square":
            cell.source = answer
        if name == "honest":
            cell.source = "def honest():\n    return 'thật'"
    return notebook


def new_course(folder, notebooks, assignment="bai1", files=None):
    """A course with one released assignment."""
    course = make_course(folder, "khoa-thu")
    source = folder / "source" / assignment
    source.mkdir(parents=True)
    for name, notebook in notebooks.items():
        nbformat.write(notebook, source / f"{name}.ipynb")
    for name, text in (files or {}).items():
        (source / name).write_text(text)
    release(course, assignment, DUE)
    return course


def released(course, name="square", assignment="bai1"):
    return nbformat.read(course.folder / "release" / assignment / f"{name}.ipynb", as_version=4)


def submit(course, student, notebook, name="square", assignment="bai1"):
    folder = course.folder / "submitted" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


def run(course, assignment="bai1", **options):
    """Grade with the tests' limits."""
    return {
        outcome.student: outcome
        for outcome in grade(course, assignment, {}, **{"limits": LIMITS, **options})
    }


EMPTY = NotebookSnapshot("bai", None, [], [], [], [])
KERNEL = "kernel = get_ipython().kernel\n"  # what needs one


def code(*sources):
    """A notebook of code cells."""
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def points(course, student):
    """One student's marks in the cells of the paper."""
    scores = read_scores(course).set_index(["student", "cell"])
    return [float(scores.score[student, cell]) for cell in CELLS]
