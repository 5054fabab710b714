"""One notebook of several marked alone; and a notebook that others kept from the processor."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest
from code_course import (
    EMPTY,
    LIMITS,
    RIGHT,
    WRONG,
    answered,
    code,
    new_course,
    paper,
    released,
    run,
    submit,
)

from grading.code import worker
from grading.code.execution import execute
from grading.code.run import CodeRun
from grading.code.warm import WarmProcess
from grading.gradebook.scores import read_scores
from grading.gradebook.snapshot import take_snapshot
from grading.gradebook.submission import Submission


@pytest.fixture(scope="module")
def regraded_in_part(tmp_path_factory):
    """Two notebooks marked, both then answered wrongly, and one of them marked again."""
    course = new_course(tmp_path_factory.mktemp("hai-so"), {"one": paper(), "two": paper()})
    for answer in (RIGHT, WRONG):
        for name in ("one", "two"):
            submit(course, "an", answered(released(course, name), answer), name)
        first = run(course, notebook="*" if answer is RIGHT else "o*")
    return course, first


def square(course):
    scores = read_scores(course)
    rows = scores[scores.cell == "test_square"]
    return dict(zip(rows.notebook, rows.score, strict=True))


def test_marks_of_other_notebooks_stand(regraded_in_part):
    course, outcomes = regraded_in_part
    assert outcomes["an"].state == "graded"
    assert square(course) == {"one": 0.0, "two": 2.0}


def test_other_marked_notebooks_stay_in_their_folder(regraded_in_part):
    course, _ = regraded_in_part
    marked = course.path("autograded", "an", "bai1")
    assert "return 0" in (marked / "one.ipynb").read_text()
    assert "return 0" not in (marked / "two.ipynb").read_text()


def test_a_whole_run_still_marks_the_rest(regraded_in_part):
    course, _ = regraded_in_part
    assert run(course)["an"].state == "graded"
    assert square(course) == {"one": 0.0, "two": 0.0}


def test_no_notebook_of_that_name_is_nothing_found(regraded_in_part):
    course, _ = regraded_in_part
    assert run(course, notebook="three") == {}


class Crowd:
    """Workers that mark at once, and say of one student that a crowd stopped the first run."""

    ahead = 2

    def __init__(self, student):
        self.student, self.asked = student, []

    def submit(self, function, job, *arguments):
        """Do it at once."""
        future = Future()
        done = function(job, *arguments)
        if function is worker.mark:
            crowded = arguments[0] == self.student and self.student not in self.asked
            self.asked.append(arguments[0])
            done = replace(done, crowded=crowded)
        future.set_result(done)
        return future


def test_what_a_crowd_stopped_is_marked_once_more_when_all_others_are_done(tmp_path):
    course = new_course(tmp_path, {"square": paper()})
    for student in ("an", "binh", "chi"):
        submit(course, student, answered(released(course), RIGHT))
    crowd = Crowd("an")
    marking = CodeRun(course, take_snapshot(course, "bai1"), LIMITS, ("namespaces",), crowd)
    submissions = [Submission(course, "bai1", student) for student in ("an", "binh", "chi")]
    done = [each.outcome.student for each in marking.done(submissions, force=False)]
    worker.end()
    assert crowd.asked == ["an", "binh", "chi", "an"]
    assert done == ["binh", "chi", "an"]


LOOP = "while True:\n    pass"


@pytest.mark.parametrize("starved", [True, False])
def test_a_crowd_is_known_by_what_the_kernel_says_of_waiting(starved, monkeypatch):
    waited = iter(range(10, 1000, 10))
    monkeypatch.setattr(WarmProcess, "_starved", lambda _self: next(waited) * starved + 0.0)
    with WarmProcess(limits=replace(LIMITS, cell_seconds=0.4)) as warm:
        execute(warm, code(LOOP), EMPTY, {}, 7)
        assert warm.crowded is starved
