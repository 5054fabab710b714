"""Data tasks for specialists: results are taken as plain numbers, and nothing is run again."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from courses.exercise import EXERCISE, judge, present
from courses.kinds.base import InvalidAnswerError
from courses.kinds.code import take

TASK = EXERCISE.validate_python(
    {
        "kind": "code",
        "prompt": "Tính từ tệp su-co.csv.",
        "files": [{"name": "su-co.csv", "content": "thang,so_su_co\n1,4\n2,7\n"}],
        "results": [
            {"name": "tong", "label": "Tổng số sự cố", "answer": "11"},
            {"name": "trung_binh", "label": "Trung bình", "answer": "5.5", "tolerance": "0.01"},
        ],
        "feedback": {"correct": "Đúng.", "wrong": "Xem lại cách gộp theo tháng."},
    }
)
QUESTION, KEY = present(TASK, "KT1-D1", "x")


def test_the_question_holds_no_answer():
    assert "11" not in QUESTION.model_dump_json().replace("su-co", "")
    assert "answer" not in QUESTION.model_dump_json()


def test_plain_and_numpy_numbers_are_taken_with_a_comma():
    variables = {"tong": np.int64(11), "trung_binh": np.float64(5.5), "khac": 1}
    assert take(QUESTION, variables) == {"tong": "11", "trung_binh": "5,5"}
    assert judge(QUESTION, KEY, take(QUESTION, variables)).state == "correct"


class Liar:
    """A candidate's object that calls itself the right number."""

    def __str__(self):
        return "11"

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 11

    def item(self):
        """As NumPy numbers have."""
        return 11


class LyingNumber(float):
    """A float that prints as something else."""

    def __str__(self):
        return "11"


@pytest.mark.parametrize("value", [Liar(), LyingNumber(3), True, "11", [11], None, pd.Series([11])])
def test_whatever_is_no_plain_number_is_not_taken(value):
    assert take(QUESTION, {"tong": value}) == {}


def test_part_of_the_results_earns_part_of_the_credit():
    assert judge(QUESTION, KEY, {"tong": "11", "trung_binh": "6"}).share == Decimal("0.5")
    assert judge(QUESTION, KEY, {"tong": "11"}).share == Decimal("0.5")


def test_an_unreadable_result_is_named_and_costs_nothing_until_it_is_mended():
    with pytest.raises(InvalidAnswerError, match="Trung bình: Hãy nhập một số"):
        QUESTION.parse({"tong": "11", "trung_binh": "năm rưỡi"})
    assert judge(QUESTION, KEY, {"trung_binh": "nan"}).state == "invalid"


def test_two_results_of_one_name_are_refused():
    data = TASK.model_dump(mode="json")
    data["results"] = [data["results"][0]] * 2
    with pytest.raises(ValueError, match="trùng tên"):
        EXERCISE.validate_python(data)
