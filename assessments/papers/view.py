"""A paper at work in a trainee's kernel: questions from the public half, answers to the file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.display import HTML, display

from assessments.bank.item import mark
from assessments.forms.form import FormItem, TraineePaper, pick
from assessments.handing_in.answers import PAPER_FILE, answers_path, read_answers
from assessments.papers.panel import PaperPanel, WaitingRoom
from courses.answer_sheet import AnswerSheet
from courses.foundation.content import read_text, validate_json
from courses.foundation.files import write_atomically
from courses.widgets.question_box import QuestionBox, static_answer

if TYPE_CHECKING:
    from decimal import Decimal

GRADING = "NBGRADER_EXECUTION"  # set by nbgrader while it executes a notebook


class PaperView:
    """The questions of one notebook of a paper.

    While nbgrader executes the notebook nothing can be answered: each question is shown as
    static text with what was answered, so that graders can read it.
    """

    def __init__(self, paper: TraineePaper, competency: str, folder: Path) -> None:
        items = [item for item in paper.items if item.competency == competency]
        self._folder = folder
        self._competency = competency
        self._paper = paper
        self._items = {item.question.id: item for item in items}
        self._numbers = {item.question.id: n for n, item in enumerate(items, start=1)}
        self._desk = None if GRADING in os.environ else self._open_desk()

    def _open_desk(self) -> _Desk:
        """Open the answers for writing and show the panel."""
        path = answers_path(self._folder, self._competency)
        sheet = AnswerSheet(path, self._paper.digest, closes_at=self._paper.due)
        if sheet.set_aside:
            display(HTML(_DAMAGED.format(name=sheet.set_aside.name)))
        panel = PaperPanel(sheet, self._paper, self._competency)
        display(panel)
        return _Desk(sheet, panel)

    def ask(self, item_id: str) -> None:
        """Show one question: as an input, or as static text while grading."""
        item = self._items[item_id]
        if self._desk is None:
            answers = read_answers(self._folder, self._competency, self._paper.digest)
            display(HTML(static_answer(item.question, answers.get(item_id))))
            return
        self._lay_data(item.question)
        legend = f"Câu {self._numbers[item_id]} ({_points(item.points)} điểm)"
        refresh = self._desk.panel.refresh
        display(QuestionBox(item.question, self._desk.sheet, legend, announce=refresh))

    def _lay_data(self, question: Any) -> None:
        """Put the data files of a code task beside the notebook, once."""
        for file in getattr(question, "files", ()):
            path = self._folder / "du-lieu" / file.name
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                write_atomically(path, file.content.encode())

    def mark(self, item_json: str, seed: str) -> float:
        """Points for one answer, for nbgrader to read as partial credit.

        Called only by the hidden half of a cell, which holds the item with all its variants.
        Whose submission it is, nbgrader's folder says: ``autograded/<student>/<assignment>``.
        """
        item = FormItem.model_validate_json(item_json)
        if item.trial:
            return 0.0
        number = pick(seed, self._folder.parent.name, item.id, len(item.variants))
        answers = read_answers(self._folder, self._competency, self._paper.digest)
        return float(mark(item.variant(number), answers.get(item.id)).points)


@dataclass(frozen=True)
class _Desk:
    """What a trainee works with: the answers file and the panel."""

    sheet: AnswerSheet
    panel: PaperPanel


_DAMAGED = (
    '<p role="alert"><strong>Tệp trả lời đã lưu bị hỏng</strong> và được giữ nguyên dưới tên '
    "{name}. Hãy báo ngay cho cán bộ coi thi trước khi làm tiếp.</p>"
)


class NotStarted:
    """A paper before its start: the waiting room is shown, and no questions."""

    def __init__(self, folder: Path) -> None:
        display(WaitingRoom(folder))

    def ask(self, item_id: str) -> None:
        """Show nothing: the questions are not here yet."""


def open_paper(competency: str) -> PaperView | NotStarted:
    """Open the paper in the working folder at the notebook of ``competency``.

    Raises:
        ContentError: when the paper file is damaged, or missing while grading.
    """
    path = Path.cwd() / PAPER_FILE
    if not path.exists() and GRADING not in os.environ:
        return NotStarted(path.parent)
    paper = validate_json(TraineePaper, read_text(path), path)
    return PaperView(paper, competency, Path.cwd())


def _points(points: Decimal) -> str:
    return f"{points.normalize():f}".replace(".", ",")
