"""A small course whose notebooks hold candidates' code, for tests of the engine."""

from __future__ import annotations

import atexit
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from functools import cache
from itertools import cycle
from pathlib import Path
from unittest import mock

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from grading.autograde import grade
from grading.code import pool, worker
from grading.code.sandbox.limits import MIB, Limits
from grading.gradebook.course import make_course, release
from grading.gradebook.scores import read_scores
from grading.gradebook.snapshot import NotebookSnapshot

ATTACKS = sorted((Path(__file__).parent / "grading" / "code" / "attacks").glob("*.txt"))
LIMITS = Limits(
    cell_seconds=2, notebook_seconds=60, memory=1024 * MIB, box=128 * MIB, file=64 * MIB
)
AFTER = "-sau"  # what the honest submission right after another is called
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
    """Grade with the tests' limits; one warm process serves all runs that ask for no more."""
    graded = grade(course, assignment, {}, **{"limits": LIMITS, **options})
    if options.keys() & {"workers", "scheduler"}:
        return {outcome.student: outcome for outcome in graded}
    with mock.patch("grading.autograde.workers_at", return_value=nullcontext(_everybodys())):
        return {outcome.student: outcome for outcome in graded}


@cache
def _everybodys():
    threads = pool._Threads(1)  # noqa: SLF001 - what the engine itself would start for each run
    atexit.register(threads.close)
    return threads


def graded_by_a_person(course, student):
    """Submit, grade, and have a person mark the essay and say a word on it."""
    submit(course, student, answered(released(course), RIGHT))
    run(course)
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade("essay", "square", "bai1", student)
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.find_comment("essay", "square", "bai1", student).manual_comment = "Tốt"
        gradebook.db.commit()


def persons_word(course, student):
    """A person's mark of the essay and word on it."""
    with Gradebook(course.db_url) as gradebook:
        score = gradebook.find_grade("essay", "square", "bai1", student).manual_score
        return score, gradebook.find_comment("essay", "square", "bai1", student).manual_comment


def run_in_pairs(course, count, **options):
    """Grade in ``count`` threads, each submission in the same one as that it is named after."""
    with mock.patch("grading.autograde.workers_at", return_value=closing(_Pairs(count))):
        return run(course, workers=count, **options)


class _Pairs:
    """Workers as the engine knows them, where a student and ``<student>-sau`` share one."""

    def __init__(self, count):
        self._threads = [ThreadPoolExecutor(1) for _ in range(count)]
        self._next, self._of, self.ahead = cycle(self._threads), {}, 8 * count

    def submit(self, function, job, *arguments):
        """Have it done by the thread that is the student's."""
        whose = str(arguments[0]).removesuffix(AFTER)
        thread = self._of.setdefault(whose, None) or next(self._next)
        self._of[whose] = thread
        return thread.submit(function, job, *arguments)

    def close(self):
        """End the threads and their processes."""
        for thread in self._threads:
            thread.shutdown()
        worker.end()


EMPTY = NotebookSnapshot("bai", None, [], [], [], [])
KERNEL = "kernel = get_ipython().kernel\n"  # what needs one


def code(*sources):
    """A notebook of code cells."""
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def points(course, student):
    """One student's marks in the cells of the paper."""
    scores = read_scores(course).set_index(["student", "cell"])
    return [float(scores.score[student, cell]) for cell in CELLS]
