"""A lesson on paper: its text, what is asked, and what was answered, without anything to click.

What a prediction opens stays closed until it is saved, as in the lesson itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from courses.exercise import present
from courses.lesson import Block
from courses.outline import outline
from courses.prediction import closed_parts
from courses.widgets import markdown
from courses.widgets.question_view import feedback

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from courses.answer_sheet import SavedAnswer
    from courses.lesson import Lesson

_CLOSED = "<p><em>Phần này mở ra khi đã lưu dự đoán ở hoạt động {number}.</em></p>"
_SIMULATION = (
    "<p><em>Mô phỏng chỉ chạy trong bài học; anh/chị ghi lại điều quan sát được:</em></p>"
    '<p class="lines"></p>'
)


@dataclass(frozen=True)
class Copied:
    """One section in HTML."""

    title: str
    html: str


def copy_of(lesson: Lesson, answers: Mapping[str, SavedAnswer]) -> list[Copied]:
    """What stands before the first section, then each section, with the answers, in HTML."""
    closed = closed_parts(lesson)
    names = [block.name for block in lesson.blocks if block.kind != "simulation"]
    numbers = {name: n for n, name in enumerate(names, start=1)}

    def shown(first: int, last: int) -> Iterator[str]:
        told: set[str] = set()
        for place in range(first, last + 1):
            opener = closed.get(place)
            if opener is None or f"{opener}/du-doan-dau" in answers:
                yield _part(lesson, lesson.parts[place], numbers, answers)
            elif opener not in told:
                told.add(opener)
                yield _CLOSED.format(number=numbers[opener])

    sections = outline(lesson)
    preface = Copied("", "".join(shown(0, sections[0].first - 1)))
    return [preface, *(Copied(s.title, "".join(shown(s.first, s.last))) for s in sections)]


def _part(
    lesson: Lesson,
    part: str | Block,
    numbers: Mapping[str, int],
    answers: Mapping[str, SavedAnswer],
) -> str:
    if isinstance(part, str):
        return markdown.block(part.partition("\n")[2] if part.startswith("## ") else part)
    if part.kind == "simulation":
        return _SIMULATION
    title = f"<h3>Hoạt động {numbers[part.name]}</h3>"
    if part.kind == "case":
        return title + "".join(_steps(lesson, part, answers))
    return title + _question(lesson, part.body.exercise, part.name, answers)


def _steps(lesson: Lesson, case: Block, answers: Mapping[str, SavedAnswer]) -> Iterator[str]:
    """The decisions made so far, and the next one."""
    name = case.body.start
    while name:
        step = case.body.steps[name]
        place = f"{case.name}-{name}"
        yield _question(lesson, step.exercise, place, answers)
        chosen = _chosen(lesson, step.exercise, place, answers)
        name = next((o.next for o in step.options if o.text == chosen), None)


def _chosen(
    lesson: Lesson, exercise: Any, place: str, answers: Mapping[str, SavedAnswer]
) -> str | None:
    question, _ = present(exercise, place, seed=lesson.head.code)
    value = answers[place].value if place in answers else None
    return question.text_of(value) if value in question.ids else None


def _question(lesson: Lesson, exercise: Any, place: str, answers: Mapping[str, SavedAnswer]) -> str:
    question, key = present(exercise, place, seed=lesson.head.code)
    asked = markdown.block(question.prompt) + _choices(question)
    value = answers[place].value if place in answers else None
    try:
        said = question.render(question.parse(value))
    except ValueError:
        return f'{asked}<p class="lines">Trả lời:</p>'
    lines = "<br>".join(escape(line) for line in said.split("\n"))
    told = feedback(exercise, question, key, value)
    return f'{asked}<p><strong>Đã trả lời:</strong> {lines}</p><div class="told">{told}</div>'


def _choices(question: Any) -> str:
    """What can be chosen, as a list; rows of a table to fill, as a table."""
    html = ""
    for name in ("options", "targets"):
        texts = [markdown.inline(one.text) for one in getattr(question, name, ())]
        html += f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>" if texts else ""
    return html + (_table(question) if question.kind == "table" else "")


def _table(question: Any) -> str:
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in ("", *question.columns))
    rows = "".join(
        f'<tr><th scope="row">{escape(row.label)}</th>'
        + "".join(f"<td>{escape(cell) if cell else '…'}</td>" for cell in row.cells)
        + "</tr>"
        for row in question.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def before(lesson: Lesson, name: str, answers: Mapping[str, SavedAnswer]) -> str:
    """The text of a section that stands before one of its questions, as far as it is open."""
    closed, html = closed_parts(lesson), ""
    section = next(one for one in outline(lesson) if name in one.activities)
    for place in range(section.first, section.last + 1):
        part = lesson.parts[place]
        if isinstance(part, Block):
            if part.name == name:
                break
        elif place not in closed or f"{closed[place]}/du-doan-dau" in answers:
            html += _part(lesson, part, {}, answers)
    return html
