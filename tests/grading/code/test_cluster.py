"""The same work on a Dask cluster, whose workers may be lost at any moment."""

from __future__ import annotations

import os
import signal
from collections import Counter

import pytest
from code_course import (
    ATTACKS,
    LIMITS,
    RIGHT,
    WRONG,
    answered,
    new_course,
    paper,
    released,
    run,
    submit,
)

from courses.foundation.errors import GradingError
from grading.autograde import grade
from grading.gradebook.scores import read_scores

distributed = pytest.importorskip("distributed", reason="cần gói distributed")


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs=50,
    ) as cluster:
        yield cluster


def processes(cluster):
    """The workers' processes by address."""
    with distributed.Client(cluster) as client:
        return client.run(os.getpid)


@pytest.mark.proof
def test_every_submission_is_graded_once_though_a_worker_is_killed_twice(tmp_path, cluster):
    course = new_course(tmp_path / "khoa", {"square": paper()})
    notebook = answered(released(course), RIGHT)
    students = [f"hv{number:03}" for number in range(150)]
    for student in students:
        submit(course, student, notebook)
    seen = Counter()
    outcomes = grade(course, "bai1", {}, limits=LIMITS, scheduler=cluster.scheduler_address)
    for number, outcome in enumerate(outcomes):
        seen[outcome.student, outcome.state] += 1
        if number in (40, 90):
            os.kill(next(iter(processes(cluster).values())), signal.SIGKILL)
    assert seen == Counter({(student, "graded"): 1 for student in students})
    scores = read_scores(course)
    marks = scores[scores.cell != "essay"].groupby("student").score.sum()
    assert marks.to_dict() == dict.fromkeys(students, 4.0)
    assert len(scores) == len(students) * 4


@pytest.mark.proof
def test_a_poisonous_notebook_costs_only_itself_and_gets_the_mark_it_gets_at_home(
    tmp_path, cluster
):
    attacks = {"crash", "exit_at_once", "endless_loop"}
    course = new_course(tmp_path / "khoa", {"square": paper()})
    submit(course, "an", answered(released(course), RIGHT))
    for path in ATTACKS:
        if path.stem in attacks:
            submit(course, path.stem, answered(released(course), WRONG + path.read_text()))
    outcomes = run(course, scheduler=cluster.scheduler_address)
    away = read_scores(course)
    assert {outcome.state for outcome in outcomes.values()} == {"graded"}
    assert {name for name, outcome in outcomes.items() if outcome.stopped} == attacks
    run(course, force=True)
    assert read_scores(course).equals(away)


def test_a_scheduler_that_does_not_answer_is_named_and_nothing_is_graded(tmp_path, monkeypatch):
    monkeypatch.setattr("grading.code.pool._REACH", 1)
    course = new_course(tmp_path / "khoa", {"square": paper()})
    submit(course, "an", answered(released(course), RIGHT))
    with pytest.raises(GradingError, match=r"127\.0\.0\.1:9"):
        run(course, scheduler="tcp://127.0.0.1:9")
    assert read_scores(course).empty
