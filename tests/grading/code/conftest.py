"""One run over every attack, for all the tests that look at what it left."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import nbformat
import pytest
from code_course import (
    AFTER,
    ATTACKS,
    CHECKED,
    CHECKING,
    LOOPED,
    RIGHT,
    TOLERANT,
    UNITTEST,
    WRONG,
    answered,
    new_course,
    paper,
    released,
    run_in_pairs,
    submit,
)
from strangers import STRANGER, as_a_stranger

from grading.code.sandbox import landlock
from grading.gradebook.course import open_course
from grading.gradebook.outcome import Outcome
from grading.gradebook.remarks import Remark
from grading.gradebook.scores import read_scores

if TYPE_CHECKING:
    import pandas as pd

    from grading.gradebook.course import Course


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

    def pending(self, student):
        """Cells that a person has still to look at."""
        rows = self.scores[(self.scores.student == student) & self.scores.pending]
        return set(rows.cell)

    def notebook(self, student):
        """The marked notebook of a student."""
        path = self.course.path("autograded", student, "bai1") / "square.ipynb"
        return nbformat.read(path, as_version=4)


WORKERS = 4  # most attacks wait to be stopped
AS_A_STRANGER = """
import sys, warnings
from code_course import run_in_pairs
from pathlib import Path
from grading.gradebook.course import open_course
warnings.simplefilter("ignore")
options = {"tiers": (sys.argv[2],), "hostile": True}
for outcome in run_in_pairs(open_course(Path(sys.argv[1])), int(sys.argv[3]), **options).values():
    print(repr(outcome))
"""


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("namespaces", marks=pytest.mark.proof),
        "ordinary user",
        pytest.param("namespaces forbidden", marks=pytest.mark.proof),
    ],
)
def attacked(request):
    """Every attack, and an honest submission after each in the same worker, graded in one run.

    Three times: by whoever runs the tests; by an ordinary user; and by an ordinary user where no
    namespace can be had.
    """
    # Not in a folder of pytest's, which each run of it closes to other users.
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CIO_SECRET", "SECRET")
        more = {"looped": LOOPED, "unittest": UNITTEST, "tolerant": TOLERANT, "checked": CHECKED}
        files = {"checking.py": CHECKING}
        course = new_course(Path(folder), {"square": paper(**more)}, files=files)
        _submit_attacks(course)
        if request.param == "namespaces":
            outcomes = run_in_pairs(course, WORKERS, hostile=True)
        else:
            forbidden = request.param == "namespaces forbidden"
            outcomes = _run_as_a_stranger(course, "landlock" if forbidden else "namespaces")
        yield AttackedCourse(course, outcomes, read_scores(course))


def _submit_attacks(course):
    blank = released(course)
    for path in ATTACKS:
        attack = f"COURSE = {str(course.folder)!r}\n{WRONG}{path.read_text()}"
        submit(course, path.stem, answered(blank, attack))
    for name in ("0-first", *(path.stem + AFTER for path in ATTACKS)):
        submit(course, name, answered(blank, RIGHT))


def _run_as_a_stranger(course, tier):
    if tier == "landlock" and landlock.abi() < landlock.LEAST_ABI:
        pytest.skip("nhân không có Landlock ABI 6")
    if os.geteuid() == 0:
        for place in (course.folder, *course.folder.rglob("*")):
            os.chown(place, STRANGER, STRANGER)
    done = as_a_stranger(AS_A_STRANGER, course.folder, tier, WORKERS)
    assert done.returncode == 0, done.stderr[-2000:]
    kinds = {"Outcome": Outcome, "Remark": Remark}
    outcomes = [eval(line, kinds) for line in done.stdout.splitlines()]  # noqa: S307 - our own repr
    return {outcome.student: outcome for outcome in outcomes}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A released course without submissions, made once and copied."""
    return new_course(tmp_path_factory.mktemp("mau") / "khoa", {"square": paper()}).folder


@pytest.fixture
def course(template, tmp_path):
    return open_course(shutil.copytree(template, tmp_path / "khoa"))
