"""A lesson at work: its questions, cases and simulations, one call a cell of the notebook."""

from __future__ import annotations

import importlib
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from IPython.display import HTML, display

from courses.answer_sheet import AnswerSheet, ConflictError
from courses.exercise import present
from courses.lesson import LESSONS, read_lesson
from courses.prediction import beside, closed_parts, predicted
from courses.review import first_id, recallable
from courses.widgets import markdown
from courses.widgets.question_box import QuestionBox
from courses.widgets.question_view import feedback

if TYPE_CHECKING:
    from collections.abc import Callable

    from courses.lesson import CaseStep, Lesson

_DAMAGED = (
    '<p role="alert"><strong>Phần học đã lưu của bài này không đọc được</strong> và được giữ '
    "nguyên dưới tên {name}. Anh/chị làm tiếp từ đầu bài được; muốn khôi phục, hãy báo cán bộ "
    "phụ trách lớp.</p>"
)


_CLOSED = (
    "<p><em>Phần này mở ra khi anh/chị đã lưu dự đoán ở hoạt động {number}. "
    "Dự đoán sai cũng là bước học.</em></p>"
)
_BESIDE = (
    '<table class="cio-beside"><thead><tr><th scope="col">Anh/chị đã dự đoán</th>'
    '<th scope="col">Mô hình cho kết quả</th></tr></thead>'
    "<tbody><tr><td>{predicted}</td><td>{outcome}</td></tr></tbody></table>"
)


class LessonView:
    """The interactions of one lesson, answered into a progress file beside the notebook.

    What follows a prediction in its section is not sent to the page until it is saved.
    """

    def __init__(self, lesson: Lesson, folder: Path) -> None:
        self._lesson = lesson
        self._sheet = AnswerSheet(
            folder / f"{lesson.path.stem}.tien-do.json", subject=lesson.head.code
        )
        # A simulation has no heading to carry a number: counted, it would leave a gap.
        numbered = (block.name for block in lesson.blocks if block.kind != "simulation")
        self._numbers = {name: n for n, name in enumerate(numbered, start=1)}
        self._opened_by = closed_parts(lesson)
        self._recallable = recallable(lesson)
        self._waiting: dict[str, list[Callable[[], None]]] = defaultdict(list)

    @property
    def warning(self) -> str:
        """In HTML, that earlier progress could not be read and where it is kept; mostly empty."""
        aside = self._sheet.set_aside
        return _DAMAGED.format(name=aside.name) if aside else ""

    def question(self, name: str) -> widgets.Widget:
        """The question called ``name``, with feedback once it is answered."""
        return self._when_predicted(self._place(name), lambda: self._question(name))

    def simulation(self, name: str) -> widgets.Widget:
        """The view of the simulation called ``name``, under the prediction and its outcome."""
        place = self._place(name)
        return self._when_predicted(
            place, lambda: self._simulation(name, self._opened_by.get(place))
        )

    def text(self, place: int) -> widgets.Widget:
        """The text at ``place`` among the lesson's parts, which a prediction opens."""
        return self._when_predicted(
            place, lambda: _html(markdown.block(str(self._lesson.parts[place])))
        )

    def _question(self, name: str) -> QuestionBox:
        exercise = self._lesson.block(name).body.exercise
        saved = self._predict if name in self._opened_by.values() else None
        return self._box(exercise, name, f"Hoạt động {self._numbers[name]}", saved=saved)

    def _simulation(self, name: str, prediction: str | None) -> widgets.Widget:
        module = importlib.import_module(f"courses.widgets.simulations.{name}")
        view: widgets.Widget = module.view()
        pair = self._first(prediction) if prediction else None
        return widgets.VBox([_html(_beside(*pair)), view]) if pair else view

    def _place(self, name: str) -> int:
        return self._lesson.parts.index(self._lesson.block(name))

    def _when_predicted(self, place: int, make: Callable[[], widgets.Widget]) -> widgets.Widget:
        """What ``make`` gives, at once or as soon as the prediction that opens it is saved."""
        prediction = self._opened_by.get(place)
        if prediction is None or self._first(prediction) is not None:
            return make()
        page = widgets.VBox([_html(_CLOSED.format(number=self._numbers[prediction]))])

        def open_page() -> None:
            page.children = (make(),)

        self._waiting[prediction].append(open_page)
        return page

    def _predict(self, name: str, question: Any, value: Any) -> None:
        """Keep the first prediction, whatever is answered later, and open what waits for it."""
        if predicted(question, value) is None:
            return
        self._keep_first(_first_id(name), value)
        for open_page in self._waiting.pop(name, []):
            open_page()

    def _keep_first(self, place: str, value: Any) -> None:
        """Keep what was answered first, whatever is answered later or in another window."""
        if self._sheet.get(place) is None:
            with suppress(ConflictError):
                self._sheet.save(place, value, 0, datetime.now(UTC))

    def _first(self, name: str) -> tuple[str, str] | None:
        """The first prediction saved for the question called ``name``, beside the outcome."""
        saved = self._sheet.get(_first_id(name))
        exercise = self._lesson.block(name).body.exercise
        question, key = present(exercise, name, seed=self._lesson.head.code)
        answer = predicted(question, saved.value) if saved else None
        return None if answer is None else beside(question, key, answer)

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

            box = self._box(step.exercise, question_id, f"{title}{len(made) + 1}", go_on)
            shown = (*made, box)
            page.children = shown
            saved = self._sheet.get(question_id)
            if saved is not None:
                box.announce(saved.value)

        show(case.start, ())
        return page

    def _box(
        self, exercise: Any, question_id: str, legend: str, chosen: Any = None, saved: Any = None
    ) -> QuestionBox:
        question, key = present(exercise, question_id, seed=self._lesson.head.code)

        def tell(value: Any) -> str:
            if question_id in self._recallable:
                self._keep_first(first_id(question_id), value)
            return feedback(exercise, question, key, value)

        def announce(value: Any) -> None:
            if chosen is not None and value in question.ids:
                chosen(question.text_of(value))
            if saved is not None:
                saved(question_id, question, value)

        return QuestionBox(question, self._sheet, legend, tell=tell, announce=announce)


def open_lesson(name: str) -> LessonView:
    """Open the lesson whose file is ``<name>.md``; progress is kept in the working folder."""
    view = LessonView(read_lesson(LESSONS / f"{name}.md"), Path.cwd())
    if view.warning:
        display(HTML(view.warning))
    return view


def _beside(said: str, came: str) -> str:
    return _BESIDE.format(predicted=escape(said), outcome=escape(came))


def _first_id(name: str) -> str:
    return f"{name}/du-doan-dau"


def _html(text: str) -> widgets.HTML:
    return widgets.HTML(f'<div class="jp-RenderedHTMLCommon">{text}</div>')
