"""Submissions in, marks out: what ``cio grade`` does for each submission of a folder.

Our papers are judged from the answers file. Other notebooks hold candidates' code, which is
executed by nbgrader itself, outside any sandbox, and only when asked for by name.
"""

from __future__ import annotations

import hashlib
import json
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import nbformat
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, SaveAutoGrades

from assessments.answers import read_answers
from courses.answer_sheet import write_atomically
from courses.errors import CioError, GradingError
from grading.engine.course import nbgrader_messages
from grading.engine.gradebook import forget
from grading.engine.judging import judge, restore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assessments.form import Form
    from grading.engine.course import Course

Tier = Literal["judged", "unsafe"]
LARGEST_FILE = 20_000_000  # bytes
STAMP = ".da-cham.json"


@dataclass(frozen=True)
class Outcome:
    """What became of one submission.

    ``tier`` says how it was marked: ``judged`` ran no candidate code; ``unsafe`` ran it
    without a sandbox. ``altered`` names notebooks that differ from what was released.
    """

    student: str
    assignment: str
    state: Literal["graded", "unchanged", "failed"]
    tier: Tier
    reason: str = ""
    altered: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class _Submission:
    course: Course
    assignment: str
    student: str
    form: Form | None

    @property
    def folder(self) -> Path:
        return self.course.path("submitted", self.student, self.assignment)

    @property
    def marked(self) -> Path:
        return self.course.path("autograded", self.student, self.assignment)

    @property
    def source(self) -> Path:
        return self.course.folder / "source" / self.assignment

    @property
    def tier(self) -> Tier:
        return "judged" if self.form else "unsafe"


def grade(
    course: Course,
    assignment: str,
    forms: Mapping[str, Form],
    *,
    student: str = "*",
    force: bool = False,
    unsafe: bool = False,
) -> Iterator[Outcome]:
    """Grade every submission of ``assignment``, yielding as each is done.

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

    Raises:
        GradingError: when the assignment holds candidates' code and ``unsafe`` is not given.
    """
    form = forms.get(assignment)
    if form is None and not unsafe:
        raise GradingError(
            f"bài {assignment} có mã lệnh của thí sinh; chưa có hộp cát để chạy. Chỉ chạy khi tin "
            "mọi bài nộp, bằng cách thêm --unsafe",
            path=course.folder,
        )
    for name in course.submissions(assignment, student):
        yield _grade_one(_Submission(course, assignment, name, form), force=force)


def _grade_one(submission: _Submission, *, force: bool) -> Outcome:
    begin = time.monotonic()
    altered: tuple[str, ...] = ()
    try:
        stamp = _stamp(submission)
        if not force and _read(submission.marked / STAMP) == stamp:
            return _outcome(submission, "unchanged")
        altered = _check(submission) if submission.form else ()
        _convert(submission)
        write_atomically(submission.marked / STAMP, stamp)
    except (CioError, OSError) as error:
        forget(submission.course, submission.student, submission.assignment)
        return _outcome(submission, "failed", reason=_reason(error))
    seconds = time.monotonic() - begin
    return _outcome(submission, "graded", altered=altered, seconds=seconds)


def _reason(error: CioError | OSError) -> str:
    """The reason without the folder, which the outcome names already."""
    if isinstance(error, CioError) and error.path is not None:
        return f"{Path(error.path).name}: {error.message}"
    return str(error)


def _outcome(
    submission: _Submission,
    state: Literal["graded", "unchanged", "failed"],
    *,
    reason: str = "",
    altered: tuple[str, ...] = (),
    seconds: float = 0.0,
) -> Outcome:
    return Outcome(
        student=submission.student,
        assignment=submission.assignment,
        state=state,
        tier=submission.tier,
        reason=reason,
        altered=altered,
        seconds=seconds,
    )


def _stamp(submission: _Submission) -> bytes:
    """What was marked, and against which form: equal stamps mean equal marks."""
    files = {}
    for path in sorted(submission.folder.rglob("*")):
        name = str(path.relative_to(submission.folder))
        if path.is_symlink():
            raise GradingError("bài nộp chứa liên kết tới nơi khác, không chấm", path=path)
        if path.is_file():
            if path.stat().st_size > LARGEST_FILE:
                raise GradingError("tệp lớn bất thường, không chấm", path=path)
            files[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    digest = submission.form.digest if submission.form else None
    stamp = {"tier": submission.tier, "form": digest, "files": files}
    return json.dumps(stamp, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _check(submission: _Submission) -> tuple[str, ...]:
    """Check that everything a paper needs can be read; return the altered notebooks.

    Raises:
        GradingError: when a notebook is missing or damaged.
        AnswerError: when an answers file is damaged or answers another form.
    """
    form = submission.form
    if form is None:  # pragma: no cover - only papers of ours are checked
        return ()
    altered = []
    for competency in form.competencies:
        read_answers(submission.folder, competency, form.digest)
        released = submission.course.folder / "release" / submission.assignment
        name = f"{competency}.ipynb"
        if _sources(submission.folder / name) != _sources(released / name):
            altered.append(name)
    return tuple(altered)


def _sources(path: Path) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old notebooks lack cell ids; that harms nothing
            notebook = nbformat.read(path, as_version=4)
            return [str(cell.source) for cell in notebook.cells]
    except FileNotFoundError:
        raise GradingError("thiếu tệp bài thi này trong bài nộp", path=path) from None
    except Exception as error:  # noqa: BLE001 - a hostile file may fail in any way
        raise GradingError(
            f"tệp bài thi bị hỏng, không đọc được ({type(error).__name__}); "
            "khôi phục tệp từ thư mục release/ rồi chấm lại",
            path=path,
        ) from None


def _convert(submission: _Submission) -> None:
    directory = submission.course.directory(submission.assignment, submission.student)
    grader = Autograde(coursedir=directory, config=submission.course.config, force=True)
    if submission.form:
        grader.sanitize_preprocessors = [restore(submission.source)]
        grader.autograde_preprocessors = [
            judge(submission.form, submission.student, submission.folder),
            SaveAutoGrades,
            AssignLatePenalties,
            CheckCellMetadata,
        ]
    with nbgrader_messages() as messages:
        try:
            grader.start()
        except NbGraderException as error:
            reason = next((m for m in reversed(messages) if "Traceback" in m), str(error))
            raise GradingError(reason.strip().splitlines()[-1], path=submission.folder) from None
