"""A lesson at work: its questions, cases and simulations, one call a cell of the notebook."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from IPython.display import HTML, display

from courses.answer_sheet import AnswerSheet
from courses.exercise import SingleExercise, judge, present
from courses.lesson import LESSONS, read_lesson
from courses.widgets import markdown
from courses.widgets.question_box import QuestionBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from courses.lesson import CaseStep, Lesson

_VERDICT = {
    "correct": "<strong>Đúng.</strong>",
    "partial": "<strong>Đúng một phần.</strong>",
    "wrong": "<strong>Chưa đúng.</strong>",
}

_DAMAGED = (
    '<p role="alert"><strong>Phần học đã lưu của bài này không đọc được</strong> và được giữ '
    "nguyên dưới tên {name}. Anh/chị làm tiếp từ đầu bài được; muốn khôi phục, hãy báo cán bộ "
    "phụ trách lớp.</p>"
)


class LessonView:
    """The interactions of one lesson, answered into a progress file beside the notebook."""

    def __init__(self, lesson: Lesson, folder: Path) -> None:
        self._lesson = lesson
        self._sheet = AnswerSheet(
            folder / f"{lesson.path.stem}.tien-do.json", subject=lesson.head.code
        )
        self._numbers = {block.name: n for n, block in enumerate(lesson.blocks, start=1)}

    @property
    def warning(self) -> str:
        """In HTML, that earlier progress could not be read and where it is kept; mostly empty."""
        aside = self._sheet.set_aside
        return _DAMAGED.format(name=aside.name) if aside else ""

    def question(self, name: str) -> QuestionBox:
        """The question called ``name``, with feedback once it is answered."""
        exercise = self._lesson.block(name).body.exercise
        return self._box(exercise, name, f"Hoạt động {self._numbers[name]}")

    def simulation(self, name: str) -> widgets.Widget:
        """The view of the simulation called ``name``."""
        module = importlib.import_module(f"courses.widgets.simulations.{name}")
        view: widgets.Widget = module.view()
        return view

    def case(self, name: str) -> widgets.VBox:
        """The branching case called ``name``: each decision opens the next step."""
        case, page = self._lesson.block(name).body, widgets.VBox()
        title = f"Hoạt động {self._numbers[name]} – quyết định "

        def show(step_name: str, made: tuple[widgets.Widget, ...]) -> None:
            step: CaseStep = case.steps[step_name]
            question_id = f"{name}-{step_name}"
            following = {option.text: option.next for option in step.options}

            def go_on(option_text: str) -> None:
                target = following[option_text]
                page.children = shown  # a changed decision closes what followed from the old one
                if target is not None:
                    show(target, shown)

            box = self._box(_as_exercise(step), question_id, f"{title}{len(made) + 1}", go_on)
            shown = (*made, box)
            page.children = shown
            saved = self._sheet.get(question_id)
            if saved is not None:
                box.announce(saved.value)

        show(case.start, ())
        return page

    def _box(self, exercise: Any, question_id: str, legend: str, chosen: Any = None) -> QuestionBox:
        question, key = present(exercise, question_id, seed=self._lesson.head.code)

        def tell(value: Any) -> str:
            answer, judgement = question.parse(value), judge(question, key, value)
            lines = exercise.tell(question, answer, judgement.share)
            return _verdict(judgement.state, lines) + "".join(
                markdown.block(line) for line in lines
            )

        def announce(value: Any) -> None:
            if chosen is not None and value in question.ids:
                chosen(question.text_of(value))

        return QuestionBox(question, self._sheet, legend, tell=tell, announce=announce)


def open_lesson(name: str) -> LessonView:
    """Open the lesson whose file is ``<name>.md``; progress is kept in the working folder."""
    view = LessonView(read_lesson(LESSONS / f"{name}.md"), Path.cwd())
    if view.warning:
        display(HTML(view.warning))
    return view


def _verdict(state: str, lines: Sequence[str]) -> str:
    # Many feedbacks open with the word themselves; it is not said twice.
    said = state == "correct" and bool(lines) and lines[0].startswith(("Đúng.", "Đúng:"))
    return "" if said else _VERDICT.get(state, "")


def _as_exercise(step: CaseStep) -> SingleExercise:
    options = [{"text": o.text, "feedback": o.consequence} for o in step.options]
    return SingleExercise.model_validate(
        {"kind": "single", "prompt": step.situation, "options": options}
    )
