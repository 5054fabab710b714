"""A run over notebooks that hold candidates' code: given to workers, taken as they finish."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from nbgrader import __version__ as nbgrader_version

from courses.foundation.errors import GradingError
from grading.code import pool
from grading.code.marking import CodeMarker
from grading.code.sandbox.limits import Limits
from grading.code.worker import Job
from grading.gradebook.outcome import Done, Outcome, failed, reason_of, unchanged
from grading.gradebook.results import SubmissionResult
from grading.gradebook.submission import make_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from datetime import datetime

    from grading.code.marking import CodeMarks
    from grading.code.pool import Submit
    from grading.code.sandbox.confinement import Tier
    from grading.code.worker import Marked
    from grading.gradebook.course import Course
    from grading.gradebook.snapshot import Snapshot
    from grading.gradebook.submission import Submission

# Submissions given to workers at a time, which bounds what is held in memory.
_AHEAD_OF_EACH, _AHEAD_OF_A_CLUSTER = 8, 64
_METHOD = "2"  # raised when the same files would be marked otherwise


@dataclass(frozen=True)
class _Task:
    submission: Submission
    timestamp: datetime | None
    files: dict[str, bytes]


class CodeRun:
    """Marks submissions of one assignment by ``workers`` threads, or on a cluster."""

    def __init__(
        self,
        course: Course,
        snapshot: Snapshot,
        limits: Limits | None,
        tiers: tuple[Tier, ...],
        place: int | str,
    ) -> None:
        if limits is None:
            seconds = course.config.Execute.get("timeout", Limits.cell_seconds)
            limits = Limits(cell_seconds=seconds or Limits.notebook_seconds)
        marker = CodeMarker.of(course, snapshot)
        self._job = Job(course.folder, marker, tiers, limits, snapshot.libraries)
        self._against = f"{_METHOD} nbgrader {nbgrader_version} {snapshot.digest}"
        self._place = place

    def done(self, submissions: Iterable[Submission], *, force: bool) -> Iterator[Done]:
        """Mark each, in the order they finish; nothing is started for what has not changed.

        Raises:
            GradingError: when no sandbox can be had, or the cluster cannot be reached.
        """
        tasks = (self._examine(submission, force=force) for submission in submissions)
        for task in tasks:
            if isinstance(task, Done):
                yield task
            else:
                yield from self._marked(chain([task], tasks))

    def _examine(self, submission: Submission, *, force: bool) -> Done | _Task:
        try:
            files, timestamp = submission.files(), submission.timestamp
        except Exception as error:  # noqa: BLE001 - one hostile submission must not end the run
            return failed(submission, self._job.tiers[0], reason_of(error))
        for tier in () if force else self._job.tiers:
            if submission.stamp == make_stamp(files, tier, self._against):
                return unchanged(submission, tier)
        return _Task(submission, timestamp, files)

    def _pool(self) -> AbstractContextManager[Submit]:
        if isinstance(self._place, int):
            return pool.local(self._job, self._place)
        return pool.cluster(self._job, self._place)

    def _marked(self, tasks: Iterator[Done | _Task]) -> Iterator[Done]:
        running: dict[Future[Marked], _Task] = {}
        place = self._place
        ahead = place * _AHEAD_OF_EACH if isinstance(place, int) else _AHEAD_OF_A_CLUSTER
        with self._pool() as submit:
            while (taken := list(islice(tasks, ahead - len(running)))) or running:
                for task in taken:
                    if isinstance(task, Done):
                        yield task
                    else:
                        running[submit(task.submission.student, task.files)] = task
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield self._finished(running.pop(future), future)

    def _finished(self, task: _Task, future: Future[Marked]) -> Done:
        submission = task.submission
        try:
            marked = future.result()
        except GradingError:
            raise
        except Exception as error:  # noqa: BLE001 - a worker lost again and again with this one
            reason = f"tiến trình chấm bị mất nhiều lần với bài này ({type(error).__name__})"
            return failed(submission, self._job.tiers[0], reason)
        if marked.marks is None:
            return failed(submission, marked.tier, marked.reason)
        return self._graded(task, marked, marked.marks)

    def _graded(self, task: _Task, marked: Marked, marks: CodeMarks) -> Done:
        submission = task.submission
        who = submission.student, submission.assignment
        outcome = Outcome(
            *who,
            "graded",
            marked.tier,
            seconds=marked.seconds,
            review=marks.review,
            stopped=marks.stopped,
            kernels=marks.kernels,
        )
        result = SubmissionResult(*who, task.timestamp, marks.notebooks, marks.missing, marks.files)
        stamp = make_stamp(task.files, marked.tier, self._against)
        return Done(submission, outcome, result, stamp)
