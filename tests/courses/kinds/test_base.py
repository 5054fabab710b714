"""What all kinds share: the one rule for numbers, labels in random order, words for mistakes."""

import random
from decimal import Decimal

import pytest

from courses.kinds.base import (
    Feedback,
    InvalidAnswerError,
    Key,
    Option,
    Precision,
    distinct,
    nearly_a_number,
    refuse_repeated,
    relabel,
    share_of_numbers,
    share_of_readings,
    told,
)
from courses.kinds.choice import SingleChoice

HALF = "(nửa đơn vị thì làm tròn lên)"
OPTIONS = (Option(id="a", text="Một"), Option(id="b", text="Hai"))


def numbers(*values):
    return {Decimal(value) for value in values}


def key(*correct, decimals=None, rounding="nearest", tolerance="0"):
    """A key of as many numbers as are given, all of one precision."""
    asked = None if decimals is None else Precision(decimals=decimals, rounding=rounding)
    return Key(
        kind="table",
        correct=correct,
        tolerances=(Decimal(tolerance),) * len(correct),
        precisions=(asked,) * len(correct) if asked else (),
    )


@pytest.mark.parametrize(
    ("decimals", "rounding", "number", "right"),
    [
        (1, "nearest", "6.25", numbers("6.3")),
        (1, "nearest", "6.24", numbers("6.2")),
        (1, "down", "6.25", numbers("6.2", "6.3")),
        (1, "up", "6.21", numbers("6.2", "6.3")),
        (0, "nearest", "6.5", numbers("7")),
        (0, "up", "6.2", numbers("7")),
        (0, "down", "6.8", numbers("6")),
    ],
)
def test_the_safe_side_is_right_beside_the_usual_one_and_of_whole_things_it_alone(
    decimals, rounding, number, right
):
    assert Precision(decimals=decimals, rounding=rounding).accepted(Decimal(number)) == right


@pytest.mark.parametrize(
    ("decimals", "rounding", "words"),
    [
        (0, "nearest", f"Làm tròn đến số nguyên {HALF}."),
        (0, "up", "Làm tròn lên số nguyên."),
        (0, "down", "Làm tròn xuống số nguyên."),
        (2, "up", f"Làm tròn đến 2 chữ số sau dấu phẩy {HALF}; làm tròn lên cũng được nhận."),
        (1, "down", f"Làm tròn đến 1 chữ số sau dấu phẩy {HALF}; làm tròn xuống cũng được nhận."),
    ],
)
def test_the_paper_says_how_precise_a_number_is_asked(decimals, rounding, words):
    assert Precision(decimals=decimals, rounding=rounding).told() == words


@pytest.mark.parametrize(
    ("answer", "right", "near"),
    [
        ("7", True, None),
        ("7.0", True, None),
        ("6", False, False),
        ("8", False, False),
        ("6.2", False, True),  # the key itself, not yet rounded
        ("6.23", False, True),
        ("6.24", False, False),
        ("6.9", False, False),
    ],
)
def test_of_whole_things_a_fraction_will_not_do_whatever_the_tolerance(answer, right, near):
    asked = key("6.23", decimals=0, rounding="up", tolerance="5")
    assert asked.accepts(0, Decimal(answer), Decimal("6.23")) is right
    if near is not None:
        assert asked.nearly(0, Decimal(answer), Decimal("6.23")) is near


def test_a_whole_number_rounded_as_usual_is_right_as_typed_and_nearly_right_never():
    asked = key("6.2", decimals=0)
    assert asked.accepts(0, Decimal("6.4"), Decimal("6.2"))
    assert asked.nearly(0, Decimal("6.2"), Decimal("6.2")) is False


def test_what_a_key_does_not_say_is_not_stored_and_what_it_says_is():
    assert Key(kind="essay").model_dump() == {"kind": "essay", "correct": (), "tolerances": ()}
    stored = Key(kind="short", around=("của",)).model_dump()
    assert stored == {"kind": "short", "correct": (), "tolerances": (), "around": ("của",)}


@pytest.mark.parametrize(
    ("answer", "right"),
    [("6.25", True), ("6.3", True), ("6.34", True), ("6.35", False), ("6.24", False)],
)
def test_right_is_what_rounds_to_the_key_at_the_precision_asked(answer, right):
    assert key("6.25", decimals=1).accepts(0, Decimal(answer), Decimal("6.25")) is right


@pytest.mark.parametrize(
    ("answer", "right"), [("10.5", True), ("9.5", True), ("10.51", False), ("9.49", False)]
)
def test_without_a_precision_the_tolerance_alone_decides(answer, right):
    assert key("10", tolerance="0.5").accepts(0, Decimal(answer), Decimal(10)) is right


def test_each_number_has_a_tolerance_and_a_precision_of_its_own():
    asked = Precision(decimals=1)
    two = Key(
        kind="table",
        correct=("a=1", "b=2.25"),
        tolerances=(Decimal(1), Decimal(0)),
        precisions=(None, asked),
    )
    assert (two.precision(0), two.precision(1)) == (None, asked)
    assert two.accepts(0, Decimal(2), Decimal(1))
    assert not two.accepts(1, Decimal("3.25"), Decimal("2.25"))
    assert two.accepts(1, Decimal("2.3"), Decimal("2.25"))
    assert key("a=1", tolerance="1").precision(0) is None


@pytest.mark.parametrize(
    ("number", "decimals", "answer", "near"),
    [
        ("6.25", 1, "6.2", True),
        ("6.25", 1, "6.4", True),
        ("6.25", 1, "6.1", False),
        ("6.25", 1, "6.5", False),
        ("6.25", 1, "6", True),  # rounded too far
        ("6.25", 1, "7", False),
        ("6.254", 2, "6.3", True),
        ("6.254", 2, "6", True),
        ("6.254", 2, "6.4", False),
        ("0.04", 2, "0", False),  # nothing is no rounding of something
        ("6", 0, "7", False),
        ("6", None, "6.1", False),
    ],
)
def test_one_unit_off_or_rounded_too_far_is_nearly_right(number, decimals, answer, near):
    asked = key(number, decimals=decimals)
    assert asked.nearly(0, Decimal(answer), Decimal(number)) is near


def test_only_the_number_at_its_own_place_says_whether_it_is_nearly_met():
    two = Key(
        kind="table",
        correct=("a=1.5", "b=2.5"),
        tolerances=(Decimal(0), Decimal(0)),
        precisions=(Precision(decimals=1), None),
    )
    assert two.nearly(0, Decimal("1.6"), Decimal("1.5"))
    assert not two.nearly(1, Decimal("2.6"), Decimal("2.5"))


def test_what_a_kind_does_not_reread_earns_nothing_and_troubles_nobody():
    question = SingleChoice(id="S1", prompt="Chọn.", options=OPTIONS)
    right = Key(kind="single", correct=("a",))
    assert question.reread(right, "Một") == 0
    assert question.nearly(right, "Một") is False
    assert question.rule() == SingleChoice.RULE


def test_two_options_of_one_id_are_refused_in_words():
    with pytest.raises(ValueError, match="Value error, hai phương án trùng mã "):
        SingleChoice(id="S1", prompt="Chọn.", options=(OPTIONS[0], OPTIONS[0]))


def test_an_option_is_found_by_its_id():
    question = SingleChoice(id="S1", prompt="Chọn.", options=OPTIONS)
    assert (question.text_of("a"), question.text_of("b")) == ("Một", "Hai")


def test_every_right_number_earns_its_part_and_a_missing_one_none():
    asked = key("a=1", "b=2", "c=3")
    assert share_of_numbers(asked, {"a": "1", "b": "2", "c": "3"}) == 1
    assert share_of_numbers(asked, {"a": "1", "c": "3"}) == Decimal(2) / 3
    assert share_of_numbers(asked, {"a": "2", "b": "1"}) == 0
    assert share_of_readings(asked, {"b": (Decimal(5), Decimal(2))}) == Decimal(1) / 3


NEAR = [
    pytest.param({"a": "1.5", "b": "2.6"}, {}, True, id="the first is right, the second near"),
    pytest.param({"a": "1.5", "b": "2.5"}, {"a": "9", "b": "9"}, False, id="all are right"),
    pytest.param({"a": "1.5"}, {"b": "2.5"}, True, id="the second is met by a doubtful reading"),
    pytest.param({"a": "1.5"}, {"b": "2.6"}, False, id="a doubtful reading has to be right"),
    pytest.param({"a": "1.5", "b": "9"}, {"a": "1.5"}, False, id="the second is far off"),
    pytest.param({}, {}, False, id="nothing is there"),
]


@pytest.mark.parametrize(("read", "doubtful", "near"), NEAR)
def test_a_person_looks_where_some_number_is_nearly_met(read, doubtful, near):
    def once(typed):
        return {name: (Decimal(number),) for name, number in typed.items()}

    asked = key("a=1.5", "b=2.5", decimals=1)
    assert nearly_a_number(asked, once(read), once(doubtful)) is near


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("Ký", "**Đúng.** Ký. Vì vậy."),
        *((f"Ký{stop}", f"**Đúng.** Ký{stop} Vì vậy.") for stop in ".?!…"),
    ],
)
def test_a_line_of_feedback_has_one_stop_after_what_it_is_about(what, line):
    assert told("Đúng.", what, "Vì vậy.") == line


def test_only_the_whole_credit_is_told_as_right():
    feedback = Feedback(correct="Đúng.", wrong="Sai.")
    told_of = [feedback.on(Decimal(share)) for share in ("1", "0.5", "0")]
    assert told_of == [["Đúng."], ["Sai."], ["Sai."]]


def relabelled(texts, seed):
    return relabel(texts, random.Random(seed))  # noqa: S311 - reproducible


def test_texts_get_letters_in_the_order_they_are_shown_in():
    texts = ["Một", "Hai", "Ba", "Bốn"]
    options, ids = relabelled(texts, 3)
    assert [option.id for option in options] == ["a", "b", "c", "d"]
    assert {option.id: option.text for option in options} == dict(zip(ids, texts, strict=True))
    orders = {tuple(relabelled(texts, seed)[1]) for seed in range(200)}
    assert len(orders) == 24


def test_texts_that_look_alike_or_outnumber_the_letters_are_refused_in_words():
    refuse_repeated([str(number) for number in range(26)])
    with pytest.raises(ValueError, match=r"^nhiều nhất 26 phương án$"):
        refuse_repeated([str(number) for number in range(27)])
    with pytest.raises(ValueError, match=r"^hai phương án trùng nội dung$"):
        refuse_repeated(["Một", "Hai", "Một"])


@pytest.mark.parametrize("raw", ["ab", [1], [["a"]], None, {"a": "b"}])
def test_what_is_no_list_of_texts_is_said_to_be_none(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Câu trả lời không đúng dạng danh sách\.$"):
        distinct(raw)


def test_a_thing_chosen_twice_is_said_to_be():
    assert distinct(["b", "a"]) == ["b", "a"]
    with pytest.raises(InvalidAnswerError, match=r"^Một mục được chọn hai lần\.$"):
        distinct(["a", "b", "a"])
