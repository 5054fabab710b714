"""Submissions in, marks out: what ``cio grade`` does for each submission of a folder.

Our papers are judged from the answers file and run nothing. Other notebooks hold candidates'
code: each runs in a sandboxed fork of a warm process, and the tests are judged outside it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from grading.code.run import CodeRun
from grading.code.sandbox.confinement import SANDBOXES
from grading.gradebook.course import nbgrader_messages
from grading.gradebook.marked_tree import put_in_place
from grading.gradebook.scores import forget
from grading.gradebook.snapshot import take_snapshot
from grading.gradebook.submission import Submission
from grading.gradebook.writer import BulkWriter
from grading.papers.run import PaperRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assessments.forms.form import Form
    from grading.code.sandbox.confinement import Tier
    from grading.code.sandbox.limits import Limits
    from grading.gradebook.course import Course
    from grading.gradebook.outcome import Done, Outcome

BATCH = 16  # submissions written in one transaction


def grade(  # noqa: PLR0913 - each is a choice of the caller's own
    course: Course,
    assignment: str,
    forms: Mapping[str, Form],
    *,
    student: str = "*",
    force: bool = False,
    unsafe: bool = False,
    workers: int = 1,
    scheduler: str = "",
    limits: Limits | None = None,
    tiers: tuple[Tier, ...] = SANDBOXES,
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
        workers: notebooks run at a time on this machine.
        scheduler: address of a Dask cluster to run them on instead, ``tcp://host:port``.
        limits: what a notebook may use; by default as the course's configuration says.
        tiers: sandboxes to try, best first.

    Raises:
        GradingError: when candidates' code would run and no sandbox can be had here, or the
            sandbox does not hold, or the cluster cannot be reached.
    """
    form = forms.get(assignment)
    snapshot = take_snapshot(course, assignment)
    names = course.submissions(assignment, student)
    submissions = [Submission(course, assignment, name) for name in names]
    run: PaperRun | CodeRun
    if form is not None:
        run = PaperRun(course, assignment, form)
    else:
        tiers = ("unsafe",) if unsafe else tiers
        run = CodeRun(course, snapshot, limits, tiers, scheduler or workers)
    writer = BulkWriter(course, assignment)
    try:
        with nbgrader_messages():
            done = run.done(submissions, force=force)
            while batch := list(islice(done, BATCH)):
                yield from _write(writer, batch)
    finally:
        writer.close()


def _write(writer: BulkWriter, batch: list[Done]) -> Iterator[Outcome]:
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
