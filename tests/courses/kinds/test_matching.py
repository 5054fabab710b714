"""Matching and sorting: a part of the credit for each thing given its right target."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from courses.exercise import EXERCISE, judge, present
from courses.kinds.base import InvalidAnswerError, Key, Option
from courses.kinds.matching import Matching

QUESTION = Matching(
    id="G1",
    prompt="Ghép.",
    options=tuple(Option(id=id_, text=f"Vế {id_}") for id_ in "abc"),
    targets=tuple(Option(id=id_, text=f"Việc {id_}") for id_ in "xyz"),
)


def pairs(*rights):
    return [
        {"left": f"Vế {n}", "right": right, "feedback": f"Vì {n}."}
        for n, right in enumerate(rights)
    ]


def authored(kind, **fields):
    return EXERCISE.validate_python({"kind": kind, "prompt": "Hỏi.", **fields})


def entries(*categories):
    return [
        {"text": f"Việc {n}", "category": category, "feedback": f"Vì {n}."}
        for n, category in enumerate(categories)
    ]


def sorting(*categories, into=("N1", "N2", "N3")):
    return authored("classification", categories=into, entries=entries(*categories))


@pytest.mark.parametrize("raw", [{}, None, "a", ["a"], 7])
def test_at_least_one_thing_is_given_a_target(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Hãy chọn cho ít nhất một mục\.$"):
        QUESTION.parse(raw)


@pytest.mark.parametrize("raw", [{"d": "x"}, {"a": "w"}, {"a": ["x"]}, {"a": "x", "b": None}])
def test_what_is_not_on_the_list_is_said_to_be(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Có mục được chọn ngoài danh sách\.$"):
        QUESTION.parse(raw)


def test_an_answer_is_kept_in_the_order_of_the_page_in_part_or_in_full():
    assert list(QUESTION.parse({"c": "x", "a": "z", "b": "x"}).items()) == [
        ("a", "z"),
        ("b", "x"),
        ("c", "x"),
    ]
    assert QUESTION.parse({"b": "y"}) == {"b": "y"}
    assert QUESTION.render({"a": "z", "b": "x"}) == "Vế a ↔ Việc z; Vế b ↔ Việc x"


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ({"a": "x", "b": "y", "c": "z"}, 3),
        ({"a": "x", "b": "z", "c": "z"}, 2),
        ({"a": "y"}, 0),
        ({"b": "y"}, 1),
    ],
)
def test_each_right_pair_earns_its_part(answer, right):
    key = Key(kind="matching", correct=("a=x", "b=y", "c=z"))
    assert QUESTION.share(key, answer) == Decimal(right) / 3


def test_lefts_and_rights_are_shown_in_random_order_under_one_key():
    exercise = authored("matching", pairs=pairs("M", "N", "M"), distractors=["Thừa"])
    lefts, rights = set(), set()
    for seed in range(60):
        question, key = present(exercise, "Q1", str(seed))
        target = {one.id: one.text for one in question.targets}
        told = {question.text_of(left): target[right] for left, right in split(key)}
        assert told == {"Vế 0": "M", "Vế 1": "N", "Vế 2": "M"}
        assert (key.kind, question.id, question.prompt) == ("matching", "Q1", "Hỏi.")
        assert key.correct == tuple(sorted(key.correct))
        lefts.add(tuple(option.text for option in question.options))
        rights.add(tuple(option.text for option in question.targets))
    assert (len(lefts), len(rights)) == (6, 6)


def split(key):
    return [pair.split("=") for pair in key.correct]


def test_categories_keep_the_order_of_their_author_and_entries_do_not():
    exercise = sorting("N2", "N1", "N3", "N1")
    shown = set()
    for seed in range(200):
        question, key = present(exercise, "Q1", str(seed))
        targets = [(one.id, one.text) for one in question.targets]
        assert targets == [("1", "N1"), ("2", "N2"), ("3", "N3")]
        told = {question.text_of(entry): category for entry, category in split(key)}
        assert told == {"Việc 0": "2", "Việc 1": "1", "Việc 2": "3", "Việc 3": "1"}
        assert (key.kind, question.id, question.prompt) == ("classification", "Q1", "Hỏi.")
        shown.add(tuple(option.text for option in question.options))
    assert len(shown) == 24


@pytest.mark.parametrize(
    ("exercise", "fields", "words"),
    [
        ("matching", {"pairs": pairs("M", "M", "M")}, "phải có ít nhất hai vế phải khác nhau "),
        (
            "matching",
            {"pairs": [*pairs("M", "N"), *pairs("K")]},
            "hai phương án trùng nội dung ",
        ),
        (
            "matching",
            {"pairs": pairs("M", "N", "K"), "distractors": [f"T{n}" for n in range(24)]},
            "nhiều nhất 26 phương án ",
        ),
        (
            "classification",
            {"categories": ["N1", "N1"], "entries": entries(*["N1"] * 4)},
            "hai phương án trùng nội dung ",
        ),
        (
            "classification",
            {"categories": ["N1", "N2"], "entries": entries(*["N1"] * 3) + entries("N2")},
            "hai phương án trùng nội dung ",
        ),
        (
            "classification",
            {"categories": ["N1", "N2"], "entries": entries("N1", "N9", "N2", "N8")},
            "nhóm không có trong categories: N8, N9 ",
        ),
    ],
)
def test_what_cannot_be_told_apart_or_found_is_refused_in_words(exercise, fields, words):
    with pytest.raises(ValidationError, match=f"Value error, {words}"):
        authored(exercise, **fields)


def test_two_different_rights_are_enough_and_one_may_be_a_distractor():
    exercise = authored("matching", pairs=pairs("M", "M", "M"), distractors=["Thừa"])
    question, key = present(exercise, "Q1", "x")
    assert len(question.targets) == 2
    assert judge(question, key, dict(split(key))).share == 1


@pytest.mark.parametrize(
    ("exercise", "right", "wrong"),
    [
        (authored("matching", pairs=pairs("M", "N", "K")), ("Vế 0", "M"), ("Vế 1", "M", "N")),
        (sorting("N1", "N2", "N1", "N3"), ("Việc 0", "N1"), ("Việc 1", "N1", "N2")),
    ],
)
def test_of_each_thing_one_is_told_whether_it_is_right_its_right_target_and_why(
    exercise, right, wrong
):
    question, _ = present(exercise, "Q1", "x")
    option = {one.text: one.id for one in question.options}
    target = {one.text: one.id for one in question.targets}
    answer = {option[right[0]]: target[right[1]], option[wrong[0]]: target[wrong[1]]}
    assert exercise.tell(question, answer, Decimal(0)) == [
        f"**Đúng.** {right[0]} ↔ {right[1]}. Vì 0.",
        f"**Chưa đúng, phải là:** {wrong[0]} ↔ {wrong[2]}. Vì 1.",
    ]
