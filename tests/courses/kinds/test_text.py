"""Short texts and essays: kept in one normal form, within limits, and judged by people at last."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from courses.exercise import EXERCISE, present
from courses.kinds.base import InvalidAnswerError, Key
from courses.kinds.text import Essay, ShortText

SHORT, ESSAY = ShortText(id="S1", prompt="Viết."), Essay(id="E1", prompt="Viết.")
KEY = Key(kind="short", correct=("nghiệm thu", "semantic"), around=("lớp",))
SAID = {"correct": "Đúng.", "wrong": "Sai."}


def authored(kind, **fields):
    return EXERCISE.validate_python({"kind": kind, "prompt": "Hỏi.", **fields})


@pytest.mark.parametrize("raw", ["", " \n ", "x" * 201, "a\x00b", "\ud800", "a\udfff", 7, None])
def test_a_short_text_that_cannot_be_kept_is_asked_for_in_words(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Hãy viết một từ hoặc cụm từ ngắn\.$"):
        SHORT.parse(raw)


def test_a_short_text_is_kept_on_one_line_in_nfc_up_to_its_longest():
    assert SHORT.parse("  nghie\u0323\u0302m \n thu ") == "nghiệm thu"
    assert SHORT.parse("x" * 200) == "x" * 200
    for letter in ("\ud7ff", "\ue000", "\x01"):  # on either side of what cannot be kept
        assert SHORT.parse(f"a{letter}b") == f"a{letter}b"
    assert SHORT.render("nghiệm thu") == "nghiệm thu"


@pytest.mark.parametrize(
    ("answer", "share"), [("Nghiệm thu", 1), ("lớp semantic", 1), ("tầng semantic", 0), ("x", 0)]
)
def test_one_of_the_accepted_meanings_is_right_among_the_words_that_may_stand_around(answer, share):
    assert SHORT.share(KEY, answer) == share


@pytest.mark.parametrize(
    ("raw", "near"),
    [
        ("nghiem thuu", True),
        ("lớp semantics", True),
        ("thu nghiệm", True),
        ("thanh toán", False),
        (7, False),
        (None, False),
        ("nghiệm thu " + "x" * 188 + " sau", True),
        ("x" * 200 + " nghiệm thu", False),  # beyond what is looked at
        ("x" * 189 + " nghiệm thu", True),
        ("x" * 190 + " nghiệm thu", False),
    ],
)
def test_a_slip_goes_to_a_person_and_a_flood_does_not(raw, near):
    assert SHORT.nearly(KEY, raw) is near


def test_a_short_text_is_presented_with_its_meanings():
    exercise = authored("short", accepted=["nghiệm thu"], around=["việc"], feedback=SAID)
    question, key = present(exercise, "Q1", "1")
    assert question == ShortText(id="Q1", prompt="Hỏi.")
    assert key == Key(kind="short", correct=("nghiệm thu",), around=("việc",))
    assert exercise.tell(question, "x", Decimal(1)) == ["Đúng."]
    assert exercise.tell(question, "x", Decimal(0)) == ["Sai."]


def test_a_meaning_that_says_nothing_is_refused_in_words():
    words = "Value error, có câu trả lời được chấp nhận mà để trống "
    with pytest.raises(ValidationError, match=words):
        authored("short", accepted=["nghiệm thu", " . "], feedback=SAID)


@pytest.mark.parametrize("raw", ["", " \n ", 7, None])
def test_an_essay_without_a_word_is_said_to_be_empty(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Chưa có nội dung trả lời\.$"):
        ESSAY.parse(raw)


@pytest.mark.parametrize("raw", ["x" * 30_001, "a\x00", "\ud800"])
def test_an_essay_that_cannot_be_kept_is_said_to_be_so(raw):
    words = r"^Bài viết quá dài hoặc có ký tự không đọc được\.$"
    with pytest.raises(InvalidAnswerError, match=words):
        ESSAY.parse(raw)


def test_an_essay_is_kept_to_its_longest_and_earns_nothing_by_itself():
    assert ESSAY.parse(" " + "x" * 30_000) == "x" * 30_000
    assert ESSAY.parse("\n Ho\u0302\u0300 sơ\n\nHai\n") == "Hồ sơ\n\nHai"
    assert ESSAY.render("Hồ sơ\n\nHai") == "Hồ sơ\n\nHai"
    assert ESSAY.share(Key(kind="essay"), "Hồ sơ") == 0


def test_an_essay_is_presented_with_its_limits_and_an_empty_key():
    exercise = authored("essay", min_words=20, max_words=300, model_answer="Nên trình.")
    question, key = present(exercise, "Q1", "1")
    assert question == Essay(id="Q1", prompt="Hỏi.", min_words=20, max_words=300)
    assert key == Key(kind="essay")
    assert exercise.tell(question, "x", Decimal(0)) == ["Nên trình."]
    assert authored("essay").tell(question, "x", Decimal(0)) == []


def test_an_essays_limits_may_meet_and_may_not_cross():
    assert authored("essay", min_words=300, max_words=300).min_words == 300
    words = r"Value error, số tiếng tối thiểu \(min_words\) lớn hơn tối đa \(max_words\) "
    with pytest.raises(ValidationError, match=words):
        authored("essay", min_words=301, max_words=300)
