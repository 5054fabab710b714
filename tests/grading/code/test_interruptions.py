"""Runs that are broken off, and warm processes that are killed: nothing is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from code_course import (
    FULL,
    LIMITS,
    RIGHT,
    answered,
    graded_by_a_person,
    persons_word,
    points,
    released,
    run,
    submit,
)

import grading
from grading.autograde import grade
from grading.code.sandbox.processes import descendants

ROOT = Path(grading.__file__).parents[1]
KILLED = """
import sys
from pathlib import Path
from grading.autograde import grade
from grading.gradebook.course import open_course
for outcome in grade(open_course(Path(sys.argv[1])), "bai1", {}):
    print(outcome.student, flush=True)
"""


def until_tried(course, _output):
    """Wait until the assignment has been tried: its first submissions are being marked."""
    kept = course.folder / ".cio" / "preflight" / "bai1.json"
    while not kept.exists():
        time.sleep(0.02)


def until_written(_course, output):
    """Wait until a first batch is in the gradebook: the others are still being marked."""
    output.readline()


@pytest.mark.parametrize("wait", [until_tried, until_written])
def test_killed_at_any_moment_and_run_again_gives_the_same_gradebook(course, wait):
    graded_by_a_person(course, "hv00")
    (course.path("autograded", "hv00", "bai1") / ".da-cham.json").unlink()  # to be graded again
    shutil.rmtree(course.folder / ".cio")  # and tried
    for number in range(18):
        submit(course, f"hv{number:02d}", answered(released(course), RIGHT))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", KILLED, str(course.folder)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as process:
        wait(course, process.stdout)
        process.send_signal(signal.SIGKILL)
    outcomes = run(course)
    assert {o.state for o in outcomes.values()} <= {"graded", "unchanged"}
    assert all(points(course, student) == FULL for student in outcomes)
    assert len(outcomes) == 18
    assert persons_word(course, "hv00") == (2.5, "Tốt")


def is_warm(process):
    with contextlib.suppress(OSError):  # it has ended meanwhile
        return b"candidate.zygote" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def warm_processes():
    """Warm processes of this process, wherever their confinement has put them."""
    return [process.number for process in descendants(os.getpid()) if is_warm(process.number)]


def test_warm_processes_that_are_killed_cost_no_submission(course):
    for number in range(40):
        submit(course, f"hv{number:02d}", answered(released(course), RIGHT))
    others = set(warm_processes())
    work = grade(course, "bai1", {}, limits=LIMITS, workers=2)
    outcomes = [next(work)]
    victims = set(warm_processes()) - others
    for process in victims:
        with contextlib.suppress(ProcessLookupError):  # a notebook's, which has ended meanwhile
            os.kill(process, signal.SIGKILL)
    outcomes += work
    assert victims
    assert Counter(outcome.state for outcome in outcomes) == {"graded": 40}
    assert all(points(course, outcome.student) == FULL for outcome in outcomes)
