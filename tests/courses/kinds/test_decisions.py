"""A branching case: a path that holds together, and the same number of decisions on each."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from courses.exercise import EXERCISE, present
from courses.kinds.base import InvalidAnswerError, Key
from courses.kinds.decisions import DecisionSequence

CASE = DecisionSequence(
    id="C1",
    prompt="Xử lý.",
    start="đầu",
    steps={
        "đầu": {
            "situation": "Một.",
            "options": [
                {"id": "a", "text": "Ký", "next": "sau"},
                {"id": "b", "text": "Trả lại", "next": "khác"},
            ],
        },
        "sau": {
            "situation": "Hai.",
            "options": [{"id": "a", "text": "Gửi"}, {"id": "b", "text": "Lưu"}],
        },
        "khác": {
            "situation": "Ba.",
            "options": [{"id": "a", "text": "Hỏi"}, {"id": "b", "text": "Chờ"}],
        },
    },
)
WORTH = Key(
    kind="decisions",
    correct=("khác/a=0", "khác/b=1", "sau/a=1", "sau/b=0.25", "đầu/a=1", "đầu/b=0.5"),
)


def choice(text, credit, onward=None):
    return {"text": text, "credit": credit, "feedback": f"Vì {text}.", "next": onward}


def step(*options):
    return {"situation": "Tình huống giả định.", "options": options}


def authored(**steps):
    return EXERCISE.validate_python(
        {"kind": "decisions", "prompt": "Hỏi.", "start": "b1", "steps": steps}
    )


def branching():
    return authored(
        b1=step(choice("Ký", "1", "b2"), choice("Trả", "0.5", "b3")),
        b2=step(choice("Gửi", "1"), choice("Lưu", "0.25")),
        b3=step(choice("Hỏi", "1"), choice("Chờ", "0")),
    )


@pytest.mark.parametrize("raw", [{}, None, "a", ["a"]])
def test_the_first_decision_is_asked_for(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Hãy chọn quyết định đầu tiên\.$"):
        CASE.parse(raw)


@pytest.mark.parametrize("raw", [{"đầu": "z"}, {"đầu": ["a"]}, {"đầu": "a", "sau": "z"}])
def test_a_decision_is_one_of_the_list(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Có quyết định ngoài danh sách\.$"):
        CASE.parse(raw)


@pytest.mark.parametrize("raw", [{"sau": "a"}, {"đầu": "a", "khác": "a"}, {"đầu": "a", "x": "a"}])
def test_decisions_follow_one_another(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Các quyết định không nối tiếp nhau\.$"):
        CASE.parse(raw)


def test_a_path_is_read_from_its_start_and_may_stop_early():
    assert list(CASE.parse({"sau": "b", "đầu": "a"}).items()) == [("đầu", "a"), ("sau", "b")]
    assert CASE.parse({"đầu": "b"}) == {"đầu": "b"}
    assert CASE.render({"đầu": "a", "sau": "b"}) == "Ký → Lưu"


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ({"đầu": "a", "sau": "a"}, "1"),
        ({"đầu": "a", "sau": "b"}, "0.625"),
        ({"đầu": "b", "khác": "b"}, "0.75"),
        ({"đầu": "a"}, "0.5"),
        ({"đầu": "b", "khác": "a"}, "0.25"),
    ],
)
def test_the_mean_is_taken_over_a_whole_path(path, share):
    assert CASE.length == 2
    assert CASE.share(WORTH, path) == Decimal(share)


def test_options_are_shown_in_random_order_and_lead_where_their_author_said():
    shown = set()
    for seed in range(40):
        question, key = present(branching(), "Q1", str(seed))
        credit = dict(pair.split("=") for pair in key.correct)
        told = {
            (name, option.text): (credit[f"{name}/{option.id}"], option.next)
            for name, one in question.steps.items()
            for option in one.options
        }
        assert told == {
            ("b1", "Ký"): ("1", "b2"),
            ("b1", "Trả"): ("0.5", "b3"),
            ("b2", "Gửi"): ("1", None),
            ("b2", "Lưu"): ("0.25", None),
            ("b3", "Hỏi"): ("1", None),
            ("b3", "Chờ"): ("0", None),
        }
        assert (key.kind, question.id, question.prompt) == ("decisions", "Q1", "Hỏi.")
        assert (question.start, question.length) == ("b1", 2)
        assert {one.situation for one in question.steps.values()} == {"Tình huống giả định."}
        assert key.correct == tuple(sorted(key.correct))
        shown.add(tuple(option.text for option in question.steps["b1"].options))
    assert shown == {("Ký", "Trả"), ("Trả", "Ký")}


def test_each_decision_is_told_its_own_feedback():
    exercise = branching()
    question, _ = present(exercise, "Q1", "x")
    ids = {option.text: option.id for one in question.steps.values() for option in one.options}
    told = exercise.tell(question, {"b1": ids["Trả"], "b3": ids["Chờ"]}, Decimal(0))
    assert told == ["Trả: Vì Trả.", "Chờ: Vì Chờ."]


END = step(choice("Gửi", "1"), choice("Lưu", "0"))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (
            {"b1": step(choice("Ký", "1", "b9"), choice("Trả", "0", "b8"))},
            "bước thiếu hoặc không đường nào dẫn tới: b8, b9 ",
        ),
        ({"b1": END, "b2": END}, "bước thiếu hoặc không đường nào dẫn tới: b2 "),
        (
            {"b1": step(choice("Ký", "0.9"), choice("Trả", "0"))},
            r"mỗi bước phải có một quyết định được trọn điểm \(credit: 1\) ",
        ),
        (
            {"b1": step(choice("Ký", "1", "b1"), choice("Trả", "0"))},
            "ca phân nhánh chạy vòng ",
        ),
        (
            {
                "b1": step(choice("Ký", "1", "b2"), choice("Trả", "0", "b3")),
                "b2": END,
                "b3": step(choice("Hỏi", "1", "b4"), choice("Chờ", "0", "b4")),
                "b4": END,
            },
            "mọi nhánh phải có cùng số quyết định ",
        ),
        (
            {"b1": step(choice("Ký", "1", "b2"), choice("Trả", "0")), "b2": END},
            "mọi nhánh phải có cùng số quyết định ",
        ),
        ({"b1": step(choice("Ký", "1"), choice("Ký", "0"))}, "hai phương án trùng nội dung "),
    ],
)
def test_a_case_that_does_not_hold_together_is_refused_in_words(steps, words):
    with pytest.raises(ValidationError, match=f"Value error, {words}"):
        authored(**steps)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_case_may_be_as_long_as_it_has_steps(length):
    steps = {
        f"b{n}": step(
            *(choice(text, "1", f"b{n + 1}" if n < length else None) for text in ("Ký", "Trả"))
        )
        for n in range(1, length + 1)
    }
    question, _ = present(authored(**steps), "Q1", "x")
    assert question.length == length
