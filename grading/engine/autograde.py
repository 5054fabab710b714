"""Submissions in, marks out: what ``cio grade`` does for each submission of a folder.

Our papers are judged from the answers file and run nothing. Other notebooks hold candidates'
code: each runs in a sandboxed fork of a warm process, and the tests are judged outside it.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from nbgrader import __version__ as nbgrader_version

from courses.errors import CioError, GradingError
from grading.engine.code_marking import CodeMarker
from grading.engine.course import nbgrader_messages
from grading.engine.gradebook import forget
from grading.engine.marked_tree import STAMP, put_in_place
from grading.engine.papers import PaperMarker
from grading.engine.results import SubmissionResult
from grading.engine.sandbox.confinement import SANDBOXES
from grading.engine.sandbox.limits import Limits
from grading.engine.sandbox.probe import prove
from grading.engine.snapshot import take_snapshot
from grading.engine.submission import Submission, make_stamp
from grading.engine.warm import WarmProcess
from grading.engine.writer import BulkWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Executor, Future

    from assessments.form import Form
    from grading.engine.course import Course
    from grading.engine.sandbox.confinement import Tier as Sandbox

Tier = Literal["judged", "namespaces", "landlock", "unsafe"]
BATCH = 16  # submissions written in one transaction
_METHOD = "1"  # raised when the same files would be marked otherwise


@dataclass(frozen=True)
class Outcome:
    """What became of one submission.

    ``tier`` says how it was marked: ``judged`` ran no candidate code; ``namespaces`` and
    ``landlock`` ran it in that sandbox; ``unsafe`` without one. ``altered`` names notebooks that
    differ from what was released. ``review`` says which cells a person should look at and why;
    ``stopped`` which limits were hit.
    """

    student: str
    assignment: str
    state: Literal["graded", "unchanged", "failed"]
    tier: Tier
    reason: str = ""
    altered: tuple[str, ...] = ()
    seconds: float = 0.0
    review: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Done:
    """One submission through a worker: an outcome, and what is still to be written for it."""

    submission: Submission
    outcome: Outcome
    result: SubmissionResult | None = None
    stamp: bytes = b""


@dataclass
class _Plan:
    """How the submissions of one assignment are marked."""

    against: str
    papers: PaperMarker | None = None
    code: CodeMarker | None = None
    force: bool = False
    tiers: tuple[Sandbox, ...] = SANDBOXES
    limits: Limits = field(default_factory=Limits)
    libraries: tuple[str, ...] = ()


def grade(  # noqa: PLR0913 - each is a choice of the caller's own
    course: Course,
    assignment: str,
    forms: Mapping[str, Form],
    *,
    student: str = "*",
    force: bool = False,
    unsafe: bool = False,
    workers: int = 1,
    limits: Limits | None = None,
    tiers: tuple[Sandbox, ...] = SANDBOXES,
) -> Iterator[Outcome]:
    """Grade every submission of ``assignment``, yielding as each is written.

    A submission that cannot be graded is reported with its reason and leaves nothing behind;
    the others go on. One that has not changed since it was graded is left alone, so that an
    interrupted run is completed by running again.

    Args:
        course: the course folder.
        assignment: its name.
        forms: frozen forms by assignment; an assignment without one holds candidates' code.
        student: one student's id, or ``*``.
        force: grade again what has not changed.
        unsafe: execute candidates' code without a sandbox.
        workers: notebooks run at a time.
        limits: what a notebook may use; by default as the course's configuration says.
        tiers: sandboxes to try, best first.

    Raises:
        GradingError: when candidates' code would run and no sandbox can be had here, or the
            sandbox does not hold; nothing is graded then.
    """
    form = forms.get(assignment)
    plan = _plan(course, assignment, form, limits)
    plan.force, plan.tiers = force, ("unsafe",) if unsafe else tiers
    names = course.submissions(assignment, student)
    submissions = [Submission(course, assignment, name, form) for name in names]
    if not submissions:
        return
    writer = BulkWriter(course, assignment)
    try:
        with nbgrader_messages(), _workers(plan, course, workers) as executor:
            for batch in _batches(executor, plan, submissions):
                yield from _write(writer, batch)
    finally:
        writer.close()


def _plan(course: Course, assignment: str, form: Form | None, limits: Limits | None) -> _Plan:
    snapshot = take_snapshot(course, assignment)
    if form is not None:
        released = course.folder / "release" / assignment
        papers = PaperMarker(form, course.folder / "source" / assignment, released)
        return _Plan(against=form.digest, papers=papers)
    seconds = course.config.Execute.get("timeout", Limits.cell_seconds)
    if limits is None:
        limits = Limits(cell_seconds=seconds or Limits.notebook_seconds)
    against = f"{_METHOD} nbgrader {nbgrader_version} {snapshot.digest}"
    code = CodeMarker(course, snapshot)
    return _Plan(against=against, code=code, limits=limits, libraries=snapshot.libraries)


_local = threading.local()


@contextmanager
def _workers(plan: _Plan, course: Course, count: int) -> Iterator[Executor]:
    """Threads with a warm process each; papers need only one thread and no process."""
    if plan.code is None:
        with ThreadPoolExecutor(1) as executor:
            yield executor
        return
    warm = [WarmProcess(plan.tiers, plan.limits, plan.libraries)]
    try:
        prove(warm[0], course.folder)
        warm += [WarmProcess((warm[0].tier,), plan.limits, plan.libraries) for _ in range(1, count)]
        free = iter(warm)
        with ThreadPoolExecutor(count, initializer=lambda: _take(next(free))) as executor:
            yield executor
    finally:
        for process in warm:
            process.close()


def _take(warm: WarmProcess) -> None:
    _local.warm = warm


def _batches(
    executor: Executor, plan: _Plan, submissions: Iterable[Submission]
) -> Iterator[list[_Done]]:
    """Results as they come, a batch at a time; what waits to be written is bounded."""
    left = iter(submissions)
    running: set[Future[_Done]] = set()
    batch: list[_Done] = []
    while True:
        for submission in islice(left, 2 * BATCH - len(running)):
            running.add(executor.submit(_mark, plan, submission))
        if not running:
            break
        done, running = wait(running, return_when=FIRST_COMPLETED)
        batch += [future.result() for future in done]
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def _write(writer: BulkWriter, batch: list[_Done]) -> Iterator[Outcome]:
    """Gradebook first, then the folders: a folder with a stamp has its marks in the gradebook."""
    written = [done.result for done in batch if done.result is not None]
    if written:
        writer.write(written)
    for done in batch:
        if done.result is not None:
            put_in_place(done.submission.marked, done.result, done.stamp, _mode(done.submission))
        elif done.outcome.state == "failed":
            forget(done.submission.course, done.submission.student, done.submission.assignment)
        yield done.outcome


def _mode(submission: Submission) -> int:
    return 0o664 if submission.course.config.CourseDirectory.get("groupshared", False) else 0o444


def _mark(plan: _Plan, submission: Submission) -> _Done:
    begin = time.monotonic()
    tier: Tier = "judged" if plan.papers else _local.warm.tier
    try:
        files = submission.files()
        stamp = make_stamp(files, tier, plan.against)
        if not plan.force and _read(submission) == stamp:
            return _done(submission, "unchanged", tier)
        result, notes = _result(plan, submission, files)
    except (CioError, OSError) as error:
        return _done(submission, "failed", tier, reason=_reason(error))
    except Exception as error:  # noqa: BLE001 - one hostile submission must not end the run
        if plan.code:
            _local.warm.restart()
        reason = f"không chấm được, cần chấm tay ({type(error).__name__}: {error})"
        return _done(submission, "failed", tier, reason=reason)
    outcome = Outcome(
        student=submission.student,
        assignment=submission.assignment,
        state="graded",
        tier=tier,
        altered=notes.get("altered", ()),
        seconds=time.monotonic() - begin,
        review=notes.get("review", ()),
        stopped=notes.get("stopped", ()),
    )
    return _Done(submission, outcome, result, stamp)


def _done(
    submission: Submission, state: Literal["unchanged", "failed"], tier: Tier, reason: str = ""
) -> _Done:
    return _Done(
        submission, Outcome(submission.student, submission.assignment, state, tier, reason)
    )


def _result(
    plan: _Plan, submission: Submission, files: dict[str, bytes]
) -> tuple[SubmissionResult, dict[str, tuple[str, ...]]]:
    course, student, assignment = submission.course, submission.student, submission.assignment
    timestamp = course.directory(assignment, student).get_existing_timestamp(str(submission.folder))
    if plan.papers:
        altered = plan.papers.altered(submission)
        marked = tuple(plan.papers.mark(submission))
        beside = {name: data for name, data in files.items() if not name.endswith(".ipynb")}
        result = SubmissionResult(student, assignment, timestamp, marked, files=beside)
        return result, {"altered": altered}
    if plan.code is None:
        raise GradingError("không biết cách chấm bài này", path=submission.folder)
    marks = plan.code.mark(_local.warm, submission, files)
    result = SubmissionResult(
        student, assignment, timestamp, marks.notebooks, marks.missing, marks.files
    )
    return result, {"review": marks.review, "stopped": marks.stopped}


def _read(submission: Submission) -> bytes | None:
    path = submission.marked / STAMP
    return path.read_bytes() if path.is_file() else None


def _reason(error: CioError | OSError) -> str:
    """The reason without the folder, which the outcome names already."""
    if isinstance(error, CioError) and error.path is not None:
        return f"{getattr(error.path, 'name', error.path)}: {error.message}"
    return str(error)
