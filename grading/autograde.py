"""Submissions in, marks out: what ``cio grade`` does for each submission of a folder.

Our papers are judged from the answers file and run nothing. Other notebooks hold candidates'
code: each runs in a sandboxed fork of a warm process, and the tests are judged outside it.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from grading.code.pool import workers as workers_at
from grading.code.run import CodeRun
from grading.code.sandbox.confinement import SANDBOXES
from grading.gradebook.configuration import (
    is_hostile,
    limits_of,
    refuse_other_languages,
    refuse_unsupported,
)
from grading.gradebook.course import nbgrader_messages
from grading.gradebook.faults import explained
from grading.gradebook.marked_tree import Staged
from grading.gradebook.outcome import failed
from grading.gradebook.snapshot import take_snapshot
from grading.gradebook.submission import Submission
from grading.gradebook.writer import BulkWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assessments.forms.form import Form
    from grading.code.pool import Workers
    from grading.code.preflight import Preflight
    from grading.code.sandbox.confinement import Tier
    from grading.code.sandbox.limits import Limits
    from grading.gradebook.course import Course
    from grading.gradebook.outcome import Done, Outcome
    from grading.papers.run import PaperRun

BATCH = 16  # submissions written in one transaction


@dataclass(frozen=True)
class Options:
    """How to grade.

    ``student`` is one student's id, or a pattern; ``force`` grades again what has not changed;
    ``unsafe`` executes candidates' code without a sandbox, and ``tiers`` are the sandboxes to try,
    best first; ``place`` is how many notebooks run at a time here, or the address of a Dask
    cluster, ``tcp://host:port``; ``limits`` are what a notebook may use, by default as the
    course's configuration says; ``hostile`` trusts no verdict that came from a candidate's process
    alone; ``notebook`` is the pattern of the notebooks to grade, where what there is of others
    stands.
    """

    student: str = "*"
    force: bool = False
    unsafe: bool = False
    hostile: bool = False
    place: int | str = 1
    limits: Limits | None = None
    tiers: tuple[Tier, ...] = field(default=SANDBOXES)
    notebook: str = "*"


def grade_all(
    course: Course, assignments: Sequence[str], forms: Mapping[str, Form], options: Options
) -> Iterator[Outcome]:
    """Grade every submission of ``assignments``, yielding as each is written.

    A submission that cannot be graded is reported with its reason, and the marks it has stand;
    the others go on. One that has not changed since it was graded is left alone, so that an
    interrupted run is completed by running again.

    Args:
        course: the course folder.
        assignments: their names.
        forms: frozen forms by assignment; an assignment without one holds candidates' code.
        options: how to grade.

    Raises:
        GradingError: when candidates' code would run and no sandbox can be had here, or the
            sandbox does not hold, or the cluster cannot be reached, or the gradebook cannot be
            written.
    """
    with workers_at(options.place) as workers:
        for assignment in assignments:
            yield from _graded(course, assignment, forms.get(assignment), options, workers)


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
    hostile: bool = False,
    notebook: str = "*",
) -> Iterator[Outcome]:
    """Grade every submission of one assignment: see :func:`grade_all` and :class:`Options`."""
    place = scheduler or workers
    options = Options(student, force, unsafe, hostile, place, limits, tiers, notebook)
    return grade_all(course, [assignment], forms, options)


def check(course: Course, assignment: str, options: Options) -> Preflight:
    """Try an assignment with the examiner's own solution and with nothing, and keep the result.

    Raises:
        GradingError: as :func:`grade_all` does.
    """
    with workers_at(options.place) as workers, nbgrader_messages():
        return _code_run(course, assignment, options, workers).check(anew=True)


def _code_run(course: Course, assignment: str, options: Options, workers: Workers) -> CodeRun:
    tiers: tuple[Tier, ...] = ("unsafe",) if options.unsafe else options.tiers
    limits = options.limits or limits_of(course.config)
    hostile = options.hostile or is_hostile(course.config)
    snapshot = take_snapshot(course, assignment)
    refuse_unsupported(course.config, course.folder)
    refuse_other_languages(snapshot, course.folder)
    notebook = options.notebook
    return CodeRun(course, snapshot, limits, tiers, workers, hostile=hostile, notebook=notebook)


def _paper_run(course: Course, assignment: str, form: Form) -> PaperRun:
    # With it come the widgets of papers, which no other course waits for.
    from grading.papers.run import PaperRun  # noqa: PLC0415 - as said

    return PaperRun(course, assignment, form)


def _graded(
    course: Course, assignment: str, form: Form | None, options: Options, workers: Workers
) -> Iterator[Outcome]:
    names = course.submissions(assignment, options.student)
    submissions = [Submission(course, assignment, name) for name in names]
    run: PaperRun | CodeRun = (
        _paper_run(course, assignment, form)
        if form is not None
        else _code_run(course, assignment, options, workers)
    )
    with ExitStack() as stack:
        stack.enter_context(explained(course.folder))
        writer = BulkWriter(course, assignment)
        stack.callback(writer.close)
        stack.enter_context(nbgrader_messages())
        done = run.done(submissions, force=options.force)
        while batch := list(islice(done, BATCH)):
            yield from _write(writer, batch)


def _write(writer: BulkWriter, batch: list[Done]) -> Iterator[Outcome]:
    """Folders beside their places, then the gradebook, then the swap.

    A folder with a stamp has its marks in the gradebook; what fails changes neither.
    """
    staged: list[tuple[Done, Staged | None]] = [_staged(writer, done) for done in batch]
    results = [done.result for done, folder in staged if folder and done.result]
    try:
        if results:
            writer.write(results)
    except (SQLAlchemyError, OSError):
        for _done, folder in staged:
            if folder:
                folder.drop()
        raise
    for done, folder in staged:
        if folder:
            folder.put_in_place()
        yield done.outcome


def _staged(writer: BulkWriter, done: Done) -> tuple[Done, Staged | None]:
    if done.result is None:
        return done, None
    submission = done.submission
    try:
        writer.admit(submission.student)
        folder = Staged.of(submission.marked, done.result, done.stamp, _mode(submission))
    except Exception as error:  # noqa: BLE001 - one that cannot be written must not end the run
        return failed(submission, done.outcome.tier, error), None
    return done, folder


def _mode(submission: Submission) -> int:
    return 0o664 if submission.course.config.CourseDirectory.get("groupshared", False) else 0o444
