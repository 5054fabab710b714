"""A data task's results: read by name and unit, taken from the kernel without calling anything."""

from decimal import Decimal

import numpy as np
import pytest
from pydantic import ValidationError

from courses.exercise import EXERCISE, present
from courses.kinds.base import InvalidAnswerError, Key
from courses.kinds.code import CodeTask, DataFile, Result, take

TASK = CodeTask(
    id="D1",
    prompt="Tính.",
    results=(
        Result(name="tong", label="Tổng", unit="hồ sơ"),
        Result(name="ty_le", label="Tỷ lệ", unit="%"),
        Result(name="so", label="Số"),
    ),
)
RESULTS = [
    {"name": "tong", "label": "Tổng", "unit": "hồ sơ", "answer": "1E+3", "tolerance": "2"},
    {"name": "ty_le", "label": "Tỷ lệ", "answer": "5.5"},
]
SAID = {"correct": "Đúng.", "wrong": "Sai."}


def authored(results, files=()):
    return EXERCISE.validate_python(
        {"kind": "code", "prompt": "Hỏi.", "results": results, "files": files, "feedback": SAID}
    )


@pytest.mark.parametrize("raw", [None, ["tong"], "7", {"khac": "7"}, {"tong": "7", "khac": "1"}])
def test_what_holds_other_results_is_said_to(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Câu trả lời không đúng dạng kết quả\.$"):
        TASK.parse(raw)


@pytest.mark.parametrize("raw", [{}, {"tong": " "}, {"tong": 7, "ty_le": None}])
def test_no_result_is_said_to_be_none(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Chưa có kết quả nào\.$"):
        TASK.parse(raw)


def test_results_are_read_in_their_own_units_and_order():
    raw = {"ty_le": "12,5 %", "tong": "1.234,5 hồ sơ", "so": ""}
    assert list(TASK.parse(raw).items()) == [("tong", "1234.5"), ("ty_le", "12.5")]
    assert TASK.parse({"tong": "0,00000001"}) == {"tong": "0.00000001"}
    assert TASK.render({"ty_le": "12.5", "so": "3"}) == "Tỷ lệ: 12,5 %; Số: 3"


def test_an_unreadable_result_is_named_by_its_label():
    with pytest.raises(InvalidAnswerError, match=r"^Tỷ lệ: Hãy nhập một số, ví dụ 12,5\.$"):
        TASK.parse({"ty_le": "năm"})


def test_each_right_result_earns_its_part():
    key = Key(kind="code", correct=("tong=1", "so=2"), tolerances=(Decimal(0), Decimal(1)))
    assert TASK.share(key, {"tong": "1", "so": "3"}) == 1
    assert TASK.share(key, {"tong": "2", "so": "1"}) == Decimal("0.5")


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (11, "11"),
        (1e-7, "0,0000001"),
        (Decimal("1E+3"), "1000"),
        (np.float64(5.5), "5,5"),
        (np.int64(-3), "-3"),
        (np.array(7), "7"),
    ],
)
def test_a_plain_number_is_taken_as_it_would_be_typed(value, typed):
    assert take(TASK, {"so": value}) == {"so": typed}


@pytest.mark.parametrize("value", [np.array([1, 2]), np.array([]), np.bool_(1), "7", None])
def test_what_is_no_one_number_is_left_out_and_the_others_are_taken(value):
    assert take(TASK, {"tong": value, "so": 2, "khac": 3}) == {"so": "2"}


def test_a_number_of_thousands_of_digits_is_left_out():
    assert take(TASK, {"tong": 10**5000, "so": 2}) == {"so": "2"}


def test_a_task_is_presented_without_its_numbers_and_judged_by_them():
    files = [{"name": "a.csv", "content": "x\n1"}]
    exercise = authored(RESULTS, files)
    question, key = present(exercise, "Q1", "1")
    assert question == CodeTask(
        id="Q1",
        prompt="Hỏi.",
        results=(
            Result(name="tong", label="Tổng", unit="hồ sơ"),
            Result(name="ty_le", label="Tỷ lệ"),
        ),
        files=(DataFile(name="a.csv", content="x\n1"),),
    )
    assert key == Key(
        kind="code", correct=("tong=1000", "ty_le=5.5"), tolerances=(Decimal(2), Decimal(0))
    )
    assert exercise.tell(question, {}, Decimal(1)) == ["Đúng."]
    assert exercise.tell(question, {}, Decimal("0.5")) == ["Sai."]


@pytest.mark.parametrize(
    ("results", "files"),
    [(RESULTS[:1] * 2, ()), (RESULTS, [{"name": "a.csv", "content": "x"}] * 2)],
)
def test_results_or_files_of_one_name_are_refused_in_words(results, files):
    with pytest.raises(ValidationError, match="Value error, hai kết quả hoặc hai tệp trùng tên "):
        authored(results, files)
