"""Numbers and tables: read, shown, judged at the precision asked, and written by authors."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from courses.exercise import EXERCISE, judge, present
from courses.kinds.base import InvalidAnswerError, Key, Precision
from courses.kinds.numeric import FillTable, Numeric, TableRow

SAID = {"correct": "Đúng.", "wrong": "Sai."}
ONE = Precision(decimals=1)
TABLE = FillTable(
    id="T1",
    prompt="Điền.",
    columns=("Năm", "Vốn"),
    rows=(
        TableRow(label="Dự án S", cells=("2026", None)),
        TableRow(label="Dự án Q", cells=(None, None)),
    ),
    unit="tỷ đồng",
)
CELLS = Key(
    kind="table",
    correct=("r1c2=7.25", "r2c1=3", "r2c2=1234"),
    tolerances=(Decimal(0), Decimal(1), Decimal(0)),
    precisions=(ONE, None, None),
)


def numeric(unit="", precision=None):
    return Numeric(id="N1", prompt="Bao nhiêu?", unit=unit, precision=precision)


def worth(number, precision=None, tolerance="0"):
    return Key(
        kind="numeric",
        correct=(number,),
        tolerances=(Decimal(tolerance),),
        precisions=(precision,) if precision else (),
    )


def authored(kind, **fields):
    return EXERCISE.validate_python({"kind": kind, "prompt": "Hỏi.", "feedback": SAID, **fields})


def made(exercise):
    return present(exercise, "Q1", "1")


def test_a_number_is_read_in_the_questions_unit_and_shown_with_it():
    assert numeric("tỷ đồng").parse("1.234,50 tỷ đồng") == "1234.50"
    assert numeric().parse("0,00000001") == "0.00000001"
    assert numeric("tỷ đồng").render("-1234.5") == "-1234,5 tỷ đồng"
    assert numeric().render("7") == "7"


@pytest.mark.parametrize("raw", ["mười", 12, None, ["12"], "12 %"])
def test_what_is_no_number_is_asked_back_in_words(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Hãy nhập một số, ví dụ 12,5\.$"):
        numeric().parse(raw)


def test_the_paper_says_the_precision_before_the_rule():
    assert numeric().rule() == Numeric.RULE
    assert numeric(precision=ONE).rule() == f"{ONE.told()} {Numeric.RULE}"


def test_a_precision_that_is_not_asked_is_not_stored():
    assert "precision" not in numeric().model_dump()
    assert numeric(precision=ONE).model_dump()["precision"] == ONE.model_dump()


@pytest.mark.parametrize(("answer", "share"), [("6.3", 1), ("6.25", 1), ("6.2", 0)])
def test_a_number_is_right_or_wrong(answer, share):
    assert numeric().share(worth("6.25", ONE), answer) == share


@pytest.mark.parametrize(
    ("raw", "share"), [("1.234", 1), ("6,3 tỷ", 0), ("1234 tỷ đồng", 1), (1234, 0), (None, 0)]
)
def test_what_the_page_asks_back_is_read_as_an_examiner_would(raw, share):
    assert numeric("tỷ đồng").reread(worth("1234"), raw) == share


@pytest.mark.parametrize(
    ("raw", "near"),
    [
        ("6,2", True),
        ("khoảng 6,3", True),
        ("6,3", False),
        ("6,1", False),
        ("khoảng 6,1", False),
        ("0,063", False),
        (6.2, False),
        (None, False),
    ],
)
def test_a_person_looks_at_a_number_that_misses_by_the_last_place_or_stands_among_words(raw, near):
    assert numeric("triệu đồng").nearly(worth("6.25", ONE), raw) is near


def test_a_share_typed_where_per_cent_is_asked_goes_to_a_person():
    assert numeric("%").nearly(worth("16"), "0,16")
    assert not numeric().nearly(worth("16"), "0,16")


def test_a_number_is_presented_with_what_it_is_judged_by():
    exercise = authored("numeric", answer="1E+3", tolerance="0.5", unit="hồ sơ")
    question, key = made(exercise)
    assert question == Numeric(id="Q1", prompt="Hỏi.", unit="hồ sơ")
    assert key == Key(kind="numeric", correct=("1000",), tolerances=(Decimal("0.5"),))
    exercise = authored("numeric", answer="6.25", decimals=1, rounding="up")
    question, key = made(exercise)
    precision = Precision(decimals=1, rounding="up")
    assert (question.precision, question.unit) == (precision, "")
    assert key == Key(
        kind="numeric", correct=("6.25",), tolerances=(Decimal(0),), precisions=(precision,)
    )
    assert made(authored("numeric", answer="6", decimals=0))[1].precisions == (
        Precision(decimals=0),
    )
    assert exercise.tell(question, "6.3", Decimal(1)) == ["Đúng."]
    assert exercise.tell(question, "6.2", Decimal(0)) == ["Sai."]


CELL = {"answer": "1", "rounding": "down"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("numeric", {"answer": "1", "rounding": "up"}),
        ("table", {"columns": ["A"], "rows": [{"label": "1", "cells": [CELL]}]}),
    ],
)
def test_a_safe_side_without_a_precision_is_refused(kind, fields):
    with pytest.raises(ValidationError, match="Value error, có rounding thì phải có decimals "):
        authored(kind, **fields)


def test_the_cells_to_fill_are_called_by_row_and_column():
    assert TABLE.blanks == ["r1c2", "r2c1", "r2c2"]


@pytest.mark.parametrize("raw", [None, ["r1c2"], "7", {"r1c1": "7"}, {"r1c2": "7", "x": "1"}])
def test_what_is_no_table_is_said_to_be_none(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Câu trả lời không đúng dạng bảng\.$"):
        TABLE.parse(raw)


@pytest.mark.parametrize("raw", [{}, {"r1c2": ""}, {"r1c2": " ", "r2c1": 7}, {"r2c2": None}])
def test_an_empty_table_is_asked_for_one_cell(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Hãy điền ít nhất một ô\.$"):
        TABLE.parse(raw)


def test_filled_cells_are_read_in_the_order_of_the_table_in_its_unit():
    raw = {"r2c2": "1.234,5 tỷ đồng", "r1c2": "7,3", "r2c1": " "}
    assert list(TABLE.parse(raw).items()) == [("r1c2", "7.3"), ("r2c2", "1234.5")]
    shown = TABLE.render({"r1c2": "7.3", "r2c1": "3"})
    assert shown == "Dự án S – Vốn: 7,3; Dự án Q – Năm: 3"


@pytest.mark.parametrize(("cell", "where"), [("r1c2", "Dự án S – Vốn"), ("r2c1", "Dự án Q – Năm")])
def test_an_unreadable_cell_is_named_by_its_headings(cell, where):
    words = rf"^Ô “{where}”: Hãy nhập một số, ví dụ 12,5\.$"
    with pytest.raises(InvalidAnswerError, match=words):
        TABLE.parse({cell: "bảy"})


def test_cells_below_and_right_of_the_tenth_have_their_own_headings():
    wide = FillTable(
        id="T1",
        prompt="Điền.",
        columns=tuple(f"Cột {n}" for n in range(1, 13)),
        rows=tuple(TableRow(label=f"Hàng {n}", cells=(None,) * 12) for n in range(1, 12)),
    )
    assert wide.render({"r11c12": "1"}) == "Hàng 11 – Cột 12: 1"
    with pytest.raises(InvalidAnswerError, match=r"^Ô “Hàng 11 – Cột 12”"):
        wide.parse({"r11c12": "một"})


def test_each_right_cell_earns_its_part():
    assert TABLE.share(CELLS, {"r1c2": "7.3", "r2c1": "4", "r2c2": "1234"}) == 1
    assert TABLE.share(CELLS, {"r1c2": "7.25", "r2c1": "4.5"}) == Decimal(1) / 3


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ({"r1c2": "bảy", "r2c2": "1.234"}, 1),
        ({"r1c2": "7,3 tỷ đồng", "r2c1": 3, "r2c2": "1234"}, 2),
        ({"r1c1": "7"}, 0),
        (["7,3"], 0),
        (None, 0),
    ],
)
def test_one_odd_cell_costs_that_cell_alone(raw, right):
    assert TABLE.reread(CELLS, raw) == Decimal(right) / 3


@pytest.mark.parametrize(
    ("raw", "near"),
    [
        ({"r1c2": "7,2"}, True),
        ({"r1c2": "khoảng 7,3"}, True),
        ({"r1c2": "7,3", "r2c2": "1,234"}, True),
        ({"r1c2": "9", "r2c1": "9"}, False),
        ({"r1c2": 7.2}, False),
        ("7,2", False),
    ],
)
def test_a_person_looks_where_a_cell_is_nearly_right(raw, near):
    assert TABLE.nearly(CELLS, raw) is near


def test_a_table_is_presented_without_its_numbers_and_judged_by_them():
    rows = [
        {"label": "Dự án S", "cells": ["2026", {"answer": "7.25", "decimals": 1}]},
        {"label": "Dự án Q", "cells": [{"answer": "3", "tolerance": "1"}, {"answer": "1234"}]},
    ]
    exercise = authored("table", columns=["Năm", "Vốn"], rows=rows, unit="tỷ đồng")
    question, key = made(exercise)
    assert question == TABLE.model_copy(update={"id": "Q1", "prompt": "Hỏi."})
    assert key == CELLS
    assert exercise.tell(question, {}, Decimal(1)) == ["Đúng."]
    assert exercise.tell(question, {}, Decimal("0.5")) == ["Sai."]


def test_where_no_cell_asks_for_a_precision_the_key_holds_none():
    rows = [{"label": "A", "cells": [{"answer": "1E+2"}, {"answer": "2"}]}]
    _, key = present(authored("table", columns=["x", "y"], rows=rows), "Q1", "x")
    assert (key.precisions, key.correct) == ((), ("r1c1=100", "r1c2=2"))
    question, key = present(authored("table", columns=["x", "y"], rows=rows), "Q1", "x")
    assert judge(question, key, {"r1c1": "100", "r1c2": "2"}).state == "correct"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["x", {"answer": "1"}], ["x"]], "mỗi hàng phải có đúng số ô như số cột "),
        ([["x", "y"], ["z", "t"]], "bảng không có ô nào để điền "),
    ],
)
def test_a_table_that_cannot_be_filled_is_refused_in_words(rows, words):
    shown = [{"label": "A", "cells": cells} for cells in rows]
    with pytest.raises(ValidationError, match=f"Value error, {words}"):
        authored("table", columns=["x", "y"], rows=shown)
