"""Ways in which courses test answers, each with a right and a wrong one, as one small course.

Each file in ``grading/code/idioms`` is a notebook: ``### name``, the right answer, ``--- wrong``,
the wrong one, ``--- test``, the test. What nbgrader itself gives for them is kept by its version.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

import nbformat
from code_course import new_course, released, solution, submit, test_cell
from nbformat.v4 import new_notebook
from nbgrader import __version__ as nbgrader_version
from nbgrader.converters import Autograde
from sqlalchemy import create_engine, text

from grading.gradebook.course import nbgrader_messages

FOLDER = Path(__file__).parent / "grading" / "code" / "idioms"
GOLDEN = FOLDER / "stock.json"
ROWS = text("""
SELECT submitted_assignment.student_id, notebook.name, base_cell.name, grade.auto_score,
       grade.needs_manual_grade
FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
""")
STUDENTS = ("right", "wrong")


class Idiom(NamedTuple):
    """A test, with an answer that is right and one that is wrong."""

    name: str
    right: str
    wrong: str
    test: str


def idioms(path):
    """The idioms of one file."""
    found = []
    for block in path.read_text(encoding="utf-8").split("### ")[1:]:
        name, _, rest = block.partition("\n")
        right, _, rest = rest.partition("--- wrong\n")
        wrong, _, test = rest.partition("--- test\n")
        found.append(Idiom(name, right.strip(), wrong.strip(), test.strip()))
    return found


def cell_name(number, idiom):
    return f"{number:02d}-{idiom.name.replace(' ', '-')}"


def notebook(path):
    cells = []
    for number, idiom in enumerate(idioms(path)):
        name = cell_name(number, idiom)
        answer = f"### BEGIN SOLUTION\n{idiom.right}\n### END SOLUTION"
        cells += [solution(f"a{name}", answer), test_cell(f"t{name}", idiom.test, 1)]
    return new_notebook(cells=cells)


def build(folder):
    """The course with its two submissions: every answer right, and every answer wrong."""
    paths = sorted(FOLDER.glob("*.txt"))
    course = new_course(folder, {path.stem: notebook(path) for path in paths})
    for path in paths:
        blank = released(course, path.stem)
        for student in STUDENTS:
            answers = {f"a{cell_name(n, i)}": getattr(i, student) for n, i in
                       enumerate(idioms(path))}  # fmt: skip
            done = nbformat.from_dict(json.loads(json.dumps(blank)))
            for cell in done.cells:
                cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
            submit(course, student, done, path.stem)
    return course


def rows(course):
    """Points and flags by student and cell."""
    engine = create_engine(course.db_url)
    with engine.connect() as connection:
        found = connection.execute(ROWS).all()
    engine.dispose()
    return {f"{who} {notebook} {cell}": [points, bool(flag)]
            for who, notebook, cell, points, flag in found}  # fmt: skip


def stock_rows(course):
    """What nbgrader gives, by running it."""
    with nbgrader_messages():
        Autograde(coursedir=course.directory("bai1", "*"), config=course.config).start()
    return rows(course)


def golden(course_maker):
    """What nbgrader of this version gives: as it is kept, or run when ``STOCK=1`` asks for it."""
    kept = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    if os.environ.get("STOCK") or nbgrader_version not in kept:
        kept[nbgrader_version] = stock_rows(course_maker())
        GOLDEN.write_text(json.dumps(kept, indent=0, ensure_ascii=False, sort_keys=True) + "\n")
    return kept[nbgrader_version]
