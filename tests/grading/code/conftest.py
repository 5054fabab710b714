"""One run over every attack, for all the tests that look at what it left."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat
import pytest
from code_course import (
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
    run,
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
from code_course import run
from pathlib import Path
from grading.gradebook.course import open_course
warnings.simplefilter("ignore")
options = {"workers": int(sys.argv[3]), "tiers": (sys.argv[2],), "hostile": True}
for outcome in run(open_course(Path(sys.argv[1])), **options).values():
    print(repr(outcome))
"""


@pytest.fixture(scope="session", params=["namespaces", "ordinary user", "namespaces forbidden"])
def attacked(request, tmp_path_factory):
    """Every attack and two honest submissions, graded in one run by two workers.

    Three times: by whoever runs the tests; by an ordinary user; and by an ordinary user where no
    namespace can be had.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CIO_SECRET", "SECRET")
        folder = tmp_path_factory.mktemp("khoa-bi-tan-cong")
        more = {"looped": LOOPED, "unittest": UNITTEST, "tolerant": TOLERANT, "checked": CHECKED}
        files = {"checking.py": CHECKING}
        course = new_course(folder, {"square": paper(**more)}, files=files)
        _submit_attacks(course)
        if request.param == "namespaces":
            outcomes = run(course, workers=WORKERS, hostile=True)
        else:
            forbidden = request.param == "namespaces forbidden"
            outcomes = _run_as_a_stranger(course, "landlock" if forbidden else "namespaces")
    return AttackedCourse(course, outcomes, read_scores(course))


def _submit_attacks(course):
    blank = released(course)
    for path in ATTACKS:
        attack = f"COURSE = {str(course.folder)!r}\n{WRONG}{path.read_text()}"
        submit(course, path.stem, answered(blank, attack))
    for name in ("0-first", "zz-last"):
        submit(course, name, answered(blank, RIGHT))


def _run_as_a_stranger(course, tier):
    if tier == "landlock" and landlock.abi() < landlock.LEAST_ABI:
        pytest.skip("nhân không có Landlock ABI 6")
    if os.geteuid() == 0:
        for place in (course.folder, *course.folder.rglob("*")):
            os.chown(place, STRANGER, STRANGER)
        for parent in course.folder.parents:  # pytest's own, which are its user's alone
            if "pytest-" in str(parent):
                parent.chmod(parent.stat().st_mode | 0o011)
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
