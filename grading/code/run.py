"""A run over notebooks that hold candidates' code: given to workers, taken as they finish."""

from __future__ import annotations

import fnmatch
import hashlib
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from nbgrader import __version__ as nbgrader_version

from courses.foundation.errors import GradingError
from grading.code import worker
from grading.code.marking import CodeMarker
from grading.code.preflight import default_splits, found_by, keep_preflight, read_preflight
from grading.code.worker import Job
from grading.gradebook.outcome import Done, Outcome, failed, unchanged
from grading.gradebook.refusals import RefusedError
from grading.gradebook.results import SubmissionResult
from grading.gradebook.submission import make_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from datetime import datetime

    from grading.code.marking import CodeMarks
    from grading.code.pool import Workers
    from grading.code.preflight import Preflight
    from grading.code.sandbox.confinement import Tier
    from grading.code.sandbox.limits import Limits
    from grading.code.testing import Split
    from grading.code.worker import Marked
    from grading.gradebook.course import Course
    from grading.gradebook.snapshot import Snapshot
    from grading.gradebook.submission import Submission

_METHOD = "3"  # raised when the same files would be marked otherwise


@dataclass(frozen=True)
class _Task:
    submission: Submission
    timestamp: datetime | None
    files: dict[str, bytes]


class CodeRun:
    """Marks submissions of one assignment by ``workers``."""

    def __init__(
        self,
        course: Course,
        snapshot: Snapshot,
        limits: Limits,
        tiers: tuple[Tier, ...],
        workers: Workers,
        *,
        hostile: bool = False,
        notebook: str = "*",
    ) -> None:
        self._course, self._snapshot, self._workers = course, snapshot, workers
        self._tiers, self._limits, self._hostile = tiers, limits, hostile
        self._notebook = notebook
        self._against = ""
        self._job = self._job_with({})

    def check(self, *, anew: bool = False) -> Preflight:
        """The preflight of this assignment as it is now: what is kept of it, or a new one.

        Raises:
            GradingError: when no sandbox can be had.
        """
        kept = None if anew else read_preflight(self._course, self._snapshot)
        if kept is not None:
            return kept
        job = self._job_with(default_splits(self._snapshot))
        trials = [self._workers.submit(worker.try_out, job, blank) for blank in (False, True)]
        done = found_by(self._snapshot, *(tried.result() for tried in trials))
        keep_preflight(self._course, self._snapshot, done)
        return done

    def done(self, submissions: Iterable[Submission], *, force: bool) -> Iterator[Done]:
        """Mark each, in the order they finish; nothing is started for what has not changed.

        Raises:
            GradingError: when no sandbox can be had, or the cluster cannot be reached.
        """
        submissions = iter(submissions)
        first = next(submissions, None)
        if first is None or not fnmatch.filter(self._snapshot.notebooks, self._notebook):
            return
        self._prepare()
        tasks = (self._examine(s, force=force) for s in chain([first], submissions))
        yield from self._marked(tasks)

    def _prepare(self) -> None:
        splits = self.check().splits(self._snapshot, hostile=self._hostile)
        self._job = self._job_with(splits, self._notebook)
        told = "; ".join(f"{name} {split}" for name, split in sorted(splits.items()))
        digest = hashlib.sha256(f"{self._snapshot.digest} {told}".encode()).hexdigest()[:16]
        self._against = f"{_METHOD} nbgrader {nbgrader_version} {digest}"

    def _job_with(self, splits: dict[str, Split], wanted: str = "*") -> Job:
        marker = CodeMarker.of(self._course, self._snapshot, splits, wanted)
        libraries = self._snapshot.libraries
        return Job(self._course.folder, marker, self._tiers, self._limits, libraries)

    def _examine(self, submission: Submission, *, force: bool) -> Done | _Task:
        try:
            files, timestamp = submission.files(self._snapshot.files), submission.timestamp
        except Exception as error:  # noqa: BLE001 - one hostile submission must not end the run
            return failed(submission, self._tiers[0], error)
        for tier in () if force else self._tiers:
            if submission.stamp == make_stamp(files, tier, self._against):
                return unchanged(submission, tier)
        return _Task(submission, timestamp, files)

    def _marked(self, tasks: Iterator[Done | _Task]) -> Iterator[Done]:
        """Mark them; what a crowd may have stopped is marked once more at the end, alone."""
        running: dict[Future[Marked], _Task] = {}
        crowded: list[_Task] = []
        while (taken := list(islice(tasks, self._workers.ahead - len(running)))) or running:
            for task in taken:
                if isinstance(task, Done):
                    yield task
                else:
                    running[self._submit(task)] = task
            finished = wait(running, return_when=FIRST_COMPLETED).done if running else set()
            for future in finished:
                task = running.pop(future)
                if future.exception() is None and future.result().crowded:
                    crowded.append(task)
                else:
                    yield self._finished(task, future)
        for task in crowded:
            yield self._finished(task, self._submit(task))

    def _submit(self, task: _Task) -> Future[Marked]:
        return self._workers.submit(worker.mark, self._job, task.submission.student, task.files)

    def _finished(self, task: _Task, future: Future[Marked]) -> Done:
        submission = task.submission
        try:
            marked = future.result()
        except GradingError:
            raise
        except Exception as error:  # noqa: BLE001 - a worker lost again and again with this one
            lost = RefusedError("worker-lost", type(error).__name__)
            return failed(submission, self._tiers[0], lost)
        if marked.marks is None:
            return failed(submission, marked.tier, marked.error)
        return self._graded(task, marked, marked.marks)

    def _graded(self, task: _Task, marked: Marked, marks: CodeMarks) -> Done:
        submission = task.submission
        who = submission.student, submission.assignment
        outcome = Outcome(
            *who,
            "graded",
            marked.tier,
            seconds=marked.seconds,
            review=marks.remarks,
            stopped=marks.stopped,
            kernels=marks.kernels,
        )
        in_part = self._notebook != "*"
        result = SubmissionResult(
            *who, task.timestamp, marks.notebooks, marks.missing, marks.files, in_part
        )
        stamp = make_stamp(task.files, marked.tier, self._against)
        return Done(submission, outcome, result, stamp)
