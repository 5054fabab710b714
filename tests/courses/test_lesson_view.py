"""A lesson at work: what it says of a right answer, it says once."""

import re
from datetime import UTC, datetime

import pytest
from shipped import LESSONS
from strategies import right_answer

from courses.answer_sheet import AnswerSheet
from courses.exercise import present
from courses.prediction import closed_parts
from courses.widgets.lesson_view import LessonView

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def _said(lesson, name, folder):
    """The words of the feedback on a right answer that was saved before the lesson opened."""
    sheet = AnswerSheet(folder / f"{lesson.path.stem}.tien-do.json", subject=lesson.head.code)
    # A prediction that was not saved keeps what follows it closed.
    first = {f"{opener}/du-doan-dau": opener for opener in closed_parts(lesson).values()}
    for place, asked in {name: name, **first}.items():
        if sheet.get(place) is None:
            exercise = lesson.block(asked).body.exercise
            question, key = present(exercise, asked, seed=lesson.head.code)
            sheet.save(place, right_answer(question, key), 0, NOW)
    html = LessonView(lesson, folder).question(name).feedback
    return re.sub(r"<[^>]+>|\s+", " ", html).strip()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.head.code)
def test_a_right_answer_is_called_right_exactly_once(lesson, tmp_path):
    names = [
        block.name
        for block in lesson.blocks[1:]  # the opening dilemma has no right answer
        if block.kind == "question" and block.body.exercise.kind in ("single", "numeric", "table")
    ]
    for name in names:
        said = _said(lesson, name, tmp_path)
        assert said.startswith("Đúng"), name
        assert not re.match(r"Đúng[.:]\s*Đúng[.:]", said), name


def test_progress_that_cannot_be_read_is_kept_and_the_trainee_is_told_where(tmp_path):
    lesson = LESSONS[0]
    (tmp_path / f"{lesson.path.stem}.tien-do.json").write_text("hỏng", encoding="utf-8")
    warning = LessonView(lesson, tmp_path).warning
    (kept,) = tmp_path.glob("*.hong-1.json")
    assert kept.read_text(encoding="utf-8") == "hỏng"
    assert kept.name in warning
    assert LessonView(lesson, tmp_path).warning == ""


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.head.code)
def test_activities_are_numbered_without_gaps(lesson, tmp_path):
    view = LessonView(lesson, tmp_path)
    legends = []
    for block in lesson.blocks:
        if block.kind == "question":
            box = view.question(block.name)
            legends.append(getattr(box, "legend", None))
            if block.name in closed_parts(lesson).values():
                box.announce(
                    right_answer(*present(block.body.exercise, block.name, lesson.head.code))
                )
        elif block.kind == "case":
            legends.append(view.case(block.name).children[0].legend)
    numbers = [int(re.match(r"Hoạt động (\d+)", legend)[1]) for legend in legends]
    assert numbers == list(range(1, len(numbers) + 1))
