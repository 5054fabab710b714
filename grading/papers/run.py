"""A run over papers of ours: judged here, one after another, for nothing is executed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from grading.gradebook.outcome import Done, Outcome, failed, unchanged
from grading.gradebook.results import SubmissionResult
from grading.gradebook.submission import make_stamp
from grading.papers.marker import PaperMarker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessments.forms.form import Form
    from grading.gradebook.course import Course
    from grading.gradebook.submission import Submission


class PaperRun:
    """Marks submissions of one form."""

    def __init__(self, course: Course, assignment: str, form: Form) -> None:
        source, release = (course.folder / step / assignment for step in ("source", "release"))
        self._marker = PaperMarker(form, source, release)
        self._against = form.digest

    def done(self, submissions: Iterable[Submission], *, force: bool) -> Iterator[Done]:
        """Mark each; what cannot be marked is told, and the others go on."""
        for submission in submissions:
            try:
                yield self._one(submission, force=force)
            except Exception as error:  # noqa: BLE001 - one hostile submission must not end the run
                yield failed(submission, "judged", error)

    def _one(self, submission: Submission, *, force: bool) -> Done:
        begin = time.monotonic()
        files = submission.files()
        stamp = make_stamp(files, "judged", self._against)
        if not force and submission.stamp == stamp:
            return unchanged(submission, "judged")
        altered = self._marker.altered(submission)
        marked = tuple(self._marker.mark(submission))
        beside = {name: data for name, data in files.items() if not name.endswith(".ipynb")}
        student, assignment = submission.student, submission.assignment
        result = SubmissionResult(student, assignment, submission.timestamp, marked, files=beside)
        seconds = time.monotonic() - begin
        outcome = Outcome(student, assignment, "graded", "judged", "", altered, seconds)
        return Done(submission, outcome, result, stamp)
