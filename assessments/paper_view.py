"""A paper at work in a trainee's kernel: questions from the public half, answers to the file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import HTML, display

from assessments.answers import PAPER_FILE, answers_path, read_answers
from assessments.form import FormItem, TraineePaper, pick
from assessments.item import mark
from courses.answer_sheet import AnswerSheet
from courses.content import read_text, validate_json
from courses.widgets.question_box import QuestionBox, static_answer

if TYPE_CHECKING:
    from decimal import Decimal


class PaperView:
    """The questions of one notebook of a paper.

    While nbgrader executes the notebook nothing can be answered: each question is shown as
    static text with what was answered, so that graders can read it.
    """

    def __init__(self, paper: TraineePaper, competency: str, folder: Path) -> None:
        items = [item for item in paper.items if item.competency == competency]
        self._folder = folder
        self._competency = competency
        self._digest = paper.digest
        self._items = {item.question.id: item for item in items}
        self._numbers = {item.question.id: n for n, item in enumerate(items, start=1)}
        self._grading = "NBGRADER_EXECUTION" in os.environ
        self._sheet: AnswerSheet | None = None

    def ask(self, item_id: str) -> None:
        """Show one question: as an input, or as static text while grading."""
        item = self._items[item_id]
        if self._grading:
            answers = read_answers(self._folder, self._competency, self._digest)
            display(HTML(static_answer(item.question, answers.get(item_id))))
            return
        legend = f"Câu {self._numbers[item_id]} ({_points(item.points)} điểm)"
        display(QuestionBox(item.question, self._open_sheet(), legend))

    def mark(self, item_json: str, seed: str) -> float:
        """Points for one answer, for nbgrader to read as partial credit.

        Called only by the hidden half of a cell, which holds the item with all its variants.
        Whose submission it is, nbgrader's folder says: ``autograded/<student>/<assignment>``.
        """
        item = FormItem.model_validate_json(item_json)
        number = pick(seed, self._folder.parent.name, item.id, len(item.variants))
        answers = read_answers(self._folder, self._competency, self._digest)
        return float(mark(item.variant(number), answers.get(item.id)).points)

    def _open_sheet(self) -> AnswerSheet:
        if self._sheet is None:
            path = answers_path(self._folder, self._competency)
            self._sheet = AnswerSheet(path, self._digest)
            if self._sheet.set_aside:
                display(HTML(_DAMAGED.format(name=self._sheet.set_aside.name)))
        return self._sheet


_DAMAGED = (
    '<p role="alert"><strong>Tệp trả lời đã lưu bị hỏng</strong> và được giữ nguyên dưới tên '
    "{name}. Hãy báo ngay cho cán bộ coi thi trước khi làm tiếp.</p>"
)


def open_paper(competency: str) -> PaperView:
    """Open the paper in the working folder at the notebook of ``competency``.

    Raises:
        ContentError: when the paper's public half is missing or damaged.
    """
    path = Path.cwd() / PAPER_FILE
    paper = validate_json(TraineePaper, read_text(path), path)
    return PaperView(paper, competency, Path.cwd())


def _points(points: Decimal) -> str:
    return f"{points.normalize():f}".replace(".", ",")
