"""A refused answer that is close to a right one waits for a person in nbgrader's gradebook."""

from datetime import UTC, datetime

import pytest
from shipped import BANK

from assessments.bank.item import draw
from assessments.forms.form import Drawn, Form, FormItem
from assessments.handing_in.answers import answers_path
from courses.answer_sheet import AnswerSheet
from grading.papers.judging import near_misses

ITEM = BANK.items["QL2-20"]


@pytest.fixture
def form():
    variant = draw(ITEM, "x")
    drawn = (Drawn(question=variant.question, key=variant.key),)
    about = {"competency": "QL2", "depth": ITEM.depth, "points": 2, "minutes": 2}
    item = FormItem(id="QL2-20", anchor=False, rubric=None, variants=drawn, **about)
    return Form(paper="QL", letter="A", name="Bài", minutes=9, seed="s", items=(item,))


@pytest.mark.parametrize(
    ("typed", "waits"),
    [
        ("ngữ nghỉa", True),
        ("ngữ nghĩa hoặc kỹ thuật", True),
        ("tầng ngữ nghĩa", False),
        ("kỹ thuật", False),
    ],
)
def test_what_is_nearly_right_waits_and_what_is_right_or_wrong_does_not(
    form, tmp_path, typed, waits
):
    sheet = AnswerSheet(answers_path(tmp_path, "QL2"), form.digest)
    sheet.save("QL2-20", typed, 0, datetime.now(UTC))
    assert set(near_misses(form, "HV1", tmp_path)) == ({"QL2-20"} if waits else set())
