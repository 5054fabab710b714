"""One run over every attack, for all the tests that look at what it left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat
import pytest
from code_course import ATTACKS, RIGHT, WRONG, answered, new_course, paper, released, run, submit

from grading.engine.gradebook import read_scores

if TYPE_CHECKING:
    import pandas as pd

    from grading.engine.course import Course
    from grading.engine.outcome import Outcome


@dataclass(frozen=True)
class AttackedCourse:
    """Everything one run over all attacks left."""

    course: Course
    outcomes: dict[str, Outcome]
    scores: pd.DataFrame

    def score(self, student, cell):
        """Points a student has for a cell."""
        rows = self.scores[(self.scores.student == student) & (self.scores.cell == cell)]
        return float(rows.score.iloc[0])

    def notebook(self, student):
        """The marked notebook of a student."""
        path = self.course.path("autograded", student, "bai1") / "square.ipynb"
        return nbformat.read(path, as_version=4)


@pytest.fixture(scope="session")
def attacked(tmp_path_factory):
    """Every attack and two honest submissions, graded in one run by two workers."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CIO_SECRET", "SECRET")
    folder = tmp_path_factory.mktemp("khoa-bi-tan-cong")
    course = new_course(folder, {"square": paper()})
    blank = released(course)
    for path in ATTACKS:
        attack = f"COURSE = {str(folder)!r}\n{WRONG}{path.read_text()}"
        submit(course, path.stem, answered(blank, attack))
    for name in ("0-first", "zz-last"):
        submit(course, name, answered(blank, RIGHT))
    outcomes = run(course, workers=2)
    patch.undo()
    return AttackedCourse(course, outcomes, read_scores(course))
