"""Marking papers of ours: no code runs, the answers file and the form's key decide."""

from __future__ import annotations

import copy
import warnings
from typing import TYPE_CHECKING, Any

import nbformat

from assessments.handing_in.answers import read_answers
from courses.foundation.errors import GradingError
from grading.gradebook.results import NotebookResult, comments_of, marks_of
from grading.papers.judging import judge, near_misses

if TYPE_CHECKING:
    from pathlib import Path

    from assessments.forms.form import Form
    from grading.gradebook.submission import Submission


class PaperMarker:
    """Marks submissions of one form; the examiner's notebooks are read once."""

    def __init__(self, form: Form, source: Path, release: Path) -> None:
        self._form = form
        self._papers = {c: nbformat.read(source / f"{c}.ipynb", 4) for c in form.competencies}
        self._released = {c: _sources(release / f"{c}.ipynb") for c in form.competencies}

    def mark(self, submission: Submission) -> list[NotebookResult]:
        """Mark one submission.

        Raises:
            AnswerError: when an answers file is damaged or answers another form.
        """
        fill = judge(self._form, submission.student, submission.folder)
        near = near_misses(self._form, submission.student, submission.folder)
        marked = []
        for competency, paper in self._papers.items():
            resources = {"nbgrader": {"notebook": competency}}
            notebook, _ = fill(copy.deepcopy(paper), resources)
            text = nbformat.v4.writes_json(notebook)
            marks, comments = marks_of(notebook, near, {}), comments_of(notebook)
            marked.append(NotebookResult(competency, text, marks, comments))
        return marked

    def altered(self, submission: Submission) -> tuple[str, ...]:
        """Check that everything a paper needs can be read; name the altered notebooks.

        Raises:
            GradingError: when a notebook is missing or damaged.
            AnswerError: when an answers file is damaged or answers another form.
        """
        names = []
        for competency in self._form.competencies:
            read_answers(submission.folder, competency, self._form.digest)
            name = f"{competency}.ipynb"
            if _sources(submission.folder / name) != self._released[competency]:
                names.append(name)
        return tuple(names)


def _sources(path: Path) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old notebooks lack cell ids; that harms nothing
            notebook: Any = nbformat.read(path, as_version=4)
            return [str(cell.source) for cell in notebook.cells]
    except FileNotFoundError:
        raise GradingError("thiếu tệp bài thi này trong bài nộp", path=path) from None
    except Exception as error:  # noqa: BLE001 - a hostile file may fail in any way
        raise GradingError(
            f"tệp bài thi bị hỏng, không đọc được ({type(error).__name__}); "
            "khôi phục tệp từ thư mục release/ rồi chấm lại",
            path=path,
        ) from None
