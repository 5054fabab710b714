"""Questions read what trainees send: canonical answers, numbers as officials write them."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import KINDS, answers, anything, as_typed, numbers, presented, texts

from courses.kinds.base import Key
from courses.question import Essay, InvalidAnswerError, Matching, Numeric, Option, SingleChoice


def number(unit=""):
    return Numeric(id="Q1", prompt="Bao nhiêu?", unit=unit)


NUMBERS = ("numeric", "table", "code")  # read with a comma, stored with a point


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_a_read_answer_survives_storage_as_json(kind, data):
    question, _ = data.draw(presented(kind))
    answer = question.parse(data.draw(answers(question)))
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NUMBERS])
@given(st.data())
def test_reading_a_read_answer_again_changes_nothing(kind, data):
    question, _ = data.draw(presented(kind))
    answer = question.parse(data.draw(answers(question)))
    assert question.parse(answer) == answer


@pytest.mark.parametrize("kind", ["numeric", "essay"])
@given(st.data())
def test_what_is_shown_to_markers_reads_back_as_the_same_answer(kind, data):
    question, _ = data.draw(presented(kind))
    answer = question.parse(data.draw(answers(question)))
    assert question.parse(question.render(answer)) == answer


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering", "matching"])
@given(st.data())
def test_different_answers_are_shown_differently_to_markers(kind, data):
    question, _ = data.draw(presented(kind))
    one, other = (question.parse(data.draw(answers(question))) for _ in range(2))
    assert (question.render(one) == question.render(other)) == (one == other)


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_whatever_is_sent_is_read_or_called_invalid_in_words(kind, data):
    question, _ = data.draw(presented(kind))
    try:
        said = question.parse(data.draw(anything))
    except InvalidAnswerError as error:
        said = str(error)
    assert said


@given(numbers, st.sampled_from(["", "%", "tỷ đồng", "tr.đ"]))
def test_every_vietnamese_way_to_write_a_number_reads_as_that_number(value, unit):
    question = number(unit)
    canonical = {float(question.parse(f"{typed} {unit}")) for typed in as_typed(value)}
    assert canonical == {float(value)}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("43.43", "43.43"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234 567,8", "1234567.8"),
        ("1\u00a0234", "1234"),
        ("1\u202f234,5", "1234.5"),
        ("-3,5", "-3.5"),
        ("−3,5", "-3.5"),
        ("+7", "7"),
        ("  7  ", "7"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("12,345", "12.345"),
    ],
)
def test_numbers_read_as_vietnamese_officials_type_them(typed, read):
    assert number().parse(typed) == read


@pytest.mark.parametrize("typed", ["1.234", "12.345", "-123.456"])
def test_a_number_that_reads_two_ways_is_asked_back_with_both_spellings(typed):
    with pytest.raises(InvalidAnswerError, match="đọc được hai cách") as asked:
        number().parse(typed)
    for spelling in (typed.replace(".", ""), typed.replace(".", ",")):
        assert f"“{spelling}”" in str(asked.value)
        assert number().parse(spelling)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "12,5,6", "1,234.5", "1.23.456", "1.234 567", "12 5", "mười hai", "1e5", "NaN"),
        *("Infinity", "1_000", "9" * 41, "12 %", "--5", ",5", True, 12.5, ["12"]),
    ],
)
def test_what_is_no_number_is_invalid(typed):
    with pytest.raises(InvalidAnswerError, match="số"):
        number().parse(typed)


def test_the_questions_own_unit_may_be_typed_and_another_may_not():
    assert number("tỷ đồng").parse("7,4 tỷ đồng") == "7.4"
    assert number("%").parse("12,5%") == "12.5"
    with pytest.raises(InvalidAnswerError):
        number("tỷ đồng").parse("7,4 triệu đồng")


def test_a_number_is_shown_with_a_comma_and_its_unit_untouched():
    assert number("tr.đ").render("1234.5") == "1234,5 tr.đ"


@given(texts)
def test_an_essay_is_kept_letter_for_letter_in_nfc(text):
    assert Essay(id="E1", prompt="Viết.").parse(f"  {text}\n") == text.strip()


def test_a_decomposed_essay_is_composed():
    assert Essay(id="E1", prompt="Viết.").parse("Ho\u0302\u0300 so\u031b") == "Hồ sơ"


@pytest.mark.parametrize("text", ["", "  \n ", "a\x00b", "\ud800", "dài " * 20_000, 7, None])
def test_an_empty_enormous_or_unreadable_essay_is_invalid(text):
    with pytest.raises(InvalidAnswerError):
        Essay(id="E1", prompt="Viết.").parse(text)


def test_word_limits_are_never_enforced_on_what_is_saved():
    assert Essay(id="E1", prompt="Viết.", min_words=50, max_words=60).parse("Ngắn.") == "Ngắn."


def test_a_partly_matched_answer_is_valid():
    options = tuple(Option(id=id_, text=id_) for id_ in "abc")
    question = Matching(id="M1", prompt="Ghép.", options=options, targets=options)
    assert question.parse({"b": "c"}) == {"b": "c"}


@pytest.mark.parametrize(("right", "share"), [(0, 0), (1, Decimal(1) / 3), (3, 1)])
def test_each_matched_pair_earns_its_own_part_and_no_more(right, share):
    options = tuple(Option(id=id_, text=id_) for id_ in "abc")
    question = Matching(id="M1", prompt="Ghép.", options=options, targets=options)
    key = Key(kind="matching", correct=("a=a", "b=b", "c=c"))
    wrong = {"a": "b", "b": "c", "c": "a"}
    answer = {id_: id_ if at < right else wrong[id_] for at, id_ in enumerate("abc")}
    assert question.share(key, answer) == share
    assert question.share(key, {"b": "b"}) == Decimal(1) / 3


def test_two_options_with_one_id_are_refused():
    options = (Option(id="a", text="Một"), Option(id="a", text="Hai"))
    with pytest.raises(ValueError, match="trùng mã"):
        SingleChoice(id="S1", prompt="Chọn.", options=options)
