"""What was answered wrongly comes back at equal intervals until it is held."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import LESSONS
from strategies import right_answer, wrong_answer

from courses.answer_sheet import AnswerSheet, SavedAnswer
from courses.exercise import present
from courses.placement import QUESTIONS, advice, asked, path
from courses.prediction import closed_parts
from courses.review import INTERVAL, TIMES, answered, begun, first_id, recallable, wrong_ones
from courses.widgets.lesson_view import LessonView

NIGHT = datetime(2026, 1, 4, 20, tzinfo=UTC)  # the fifth in Vietnam


def saved(value):
    return SavedAnswer(value=value, revision=1, saved_at=NIGHT)


def right_and_wrong(lesson, name):
    question, key = present(lesson.block(name).body.exercise, name, seed=lesson.head.code)
    return right_answer(question, key), wrong_answer(question, key)


@given(st.lists(st.booleans(), max_size=12))
def test_a_question_rests_after_so_many_right_answers_in_a_row_and_not_before(answers):
    recall, day, streak = begun(date(2026, 1, 5)), date(2026, 1, 5), 0
    for correct in answers:
        if recall.due_on is None:
            break
        assert recall.due_on - day == INTERVAL
        day = recall.due_on
        streak = streak + 1 if correct else 0
        recall = answered(recall, correct=correct, on=day)
        assert recall.right == streak
        assert (recall.due_on is None) == (streak >= TIMES)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.head.code)
def test_only_questions_with_a_right_answer_come_back_and_no_predictions(lesson):
    names = recallable(lesson)
    assert names
    assert not set(names) & set(closed_parts(lesson).values())
    for name in names:
        right, wrong = right_and_wrong(lesson, name)
        assert wrong_ones(lesson, {name: saved(right)}) == {}
        assert wrong_ones(lesson, {name: saved(wrong)}) == {name: date(2026, 1, 5)}


def test_an_answer_mended_after_its_feedback_still_counts_as_not_known():
    lesson = LESSONS[0]
    name = next(iter(recallable(lesson)))
    right, wrong = right_and_wrong(lesson, name)
    assert name in wrong_ones(lesson, {name: saved(right), first_id(name): saved(wrong)})
    assert wrong_ones(lesson, {name: saved(wrong), first_id(name): saved(right)}) == {}
    assert wrong_ones(lesson, {name: saved("không đọc được")}) == {}


def test_the_lesson_keeps_the_first_answer_that_got_feedback_whatever_follows(tmp_path):
    lesson = LESSONS[0]
    name = next(iter(recallable(lesson)))
    right, wrong = right_and_wrong(lesson, name)
    box, sent = LessonView(lesson, tmp_path).question(name), []
    box.send = sent.append
    for n, (value, reveal) in enumerate([(wrong, False), (wrong, True), (right, True)]):
        box._receive(  # noqa: SLF001 - what the browser sends
            box,
            {"type": "save", "value": value, "revision": n, "request": n, "reveal": reveal},
            [],
        )
    assert [one["type"] for one in sent] == ["saved"] * 3
    sheet = AnswerSheet(tmp_path / f"{lesson.path.stem}.tien-do.json", lesson.head.code)
    assert sheet.get(name).value == right
    assert sheet.get(first_id(name)).value == wrong


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.head.code)
def test_the_test_before_the_course_asks_each_competency_the_same_number_of_questions(lesson):
    found = asked(LESSONS, lesson.head.code)
    assert len({(one.lesson.head.code, one.block.name) for one in found}) == QUESTIONS
    assert all(one.block.name in recallable(one.lesson) for one in found)


def test_the_weakest_come_first_in_the_proposed_path_and_nobody_is_left_out():
    shares = {"QL1": 0.85, "QL2": 0.0, "QL3": 0.5, "KM1": 0.39, "KT1": 1.0}
    found = path(shares)
    assert found == {"first": ["QL2", "KM1"], "whole": ["QL3"], "skim": ["QL1", "KT1"]}
    assert (advice(0.4), advice(0.8)) == ("whole", "skim")
    assert timedelta(days=1) < INTERVAL
