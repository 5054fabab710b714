"""One choice or several: what is read, what it earns, and what an author may write."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from courses.exercise import EXERCISE, judge, present
from courses.kinds.base import InvalidAnswerError, Key, Option
from courses.kinds.choice import MultipleChoice, SingleChoice

OPTIONS = tuple(Option(id=id_, text=f"Việc {id_}") for id_ in "abcd")
ONE = SingleChoice(id="S1", prompt="Chọn.", options=OPTIONS)
SOME = MultipleChoice(id="M1", prompt="Chọn.", options=OPTIONS)


def authored(kind, *right, number=4):
    options = [
        {"text": f"Việc {n}", "correct": n in right, "feedback": f"Vì {n}."} for n in range(number)
    ]
    return EXERCISE.validate_python({"kind": kind, "prompt": "Hỏi.", "options": options})


@pytest.mark.parametrize("raw", ["z", "", "A", 1, ["a"], None, {"a": "a"}])
def test_one_choice_is_an_option_of_the_list(raw):
    with pytest.raises(InvalidAnswerError, match=r"^Hãy chọn một phương án trong danh sách\.$"):
        ONE.parse(raw)
    assert ONE.parse("b") == "b"


def test_one_choice_is_right_or_wrong():
    key = Key(kind="single", correct=("b",))
    assert (ONE.share(key, "b"), ONE.share(key, "a")) == (1, 0)
    assert ONE.render("b") == "Việc b"


@pytest.mark.parametrize("raw", [[], ["z"], ["a", "z"]])
def test_several_choices_are_options_of_the_list(raw):
    words = r"^Hãy chọn ít nhất một phương án trong danh sách\.$"
    with pytest.raises(InvalidAnswerError, match=words):
        SOME.parse(raw)
    assert SOME.parse(["d", "a", "c", "b"]) == ["a", "b", "c", "d"]
    assert SOME.render(["a", "c"]) == "Việc a; Việc c"


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (["a", "b", "c"], "1"),
        (["a", "b"], "2/3"),
        (["a", "b", "d"], "1/3"),
        (["a", "d"], "0"),
        (["d"], "0"),
        (["a", "b", "c", "d"], "2/3"),
    ],
)
def test_a_wrong_pick_takes_off_what_a_right_one_earns(answer, share):
    above, _, below = share.partition("/")
    worth = Decimal(above) / Decimal(below or 1)
    assert SOME.share(Key(kind="multiple", correct=("a", "b", "c")), answer) == worth


@pytest.mark.parametrize(("kind", "right"), [("single", (2,)), ("multiple", (0, 2))])
def test_the_key_names_the_right_texts_under_the_letters_they_are_shown_with(kind, right):
    for seed in "abcdef":
        question, key = present(authored(kind, *right), "Q1", seed)
        named = {question.text_of(id_) for id_ in key.correct}
        assert named == {f"Việc {n}" for n in right}
        assert (key.kind, question.id, question.prompt) == (kind, "Q1", "Hỏi.")
        assert key.correct == tuple(sorted(key.correct))


@pytest.mark.parametrize("right", [(0, 1), (0, 1, 2)])
def test_of_several_two_may_be_right_or_all_but_one(right):
    _, key = present(authored("multiple", *right), "Q1", "x")
    assert len(key.correct) == len(right)


@pytest.mark.parametrize("right", [(), (0,), (0, 1, 2, 3)])
def test_of_several_at_least_two_are_right_and_one_is_not(right):
    words = "Value error, phải có ít nhất hai phương án đúng và một phương án sai "
    with pytest.raises(ValidationError, match=words):
        authored("multiple", *right)


def test_of_one_choice_at_most_one_is_right():
    assert authored("single").options
    words = r"Value error, nhiều nhất một phương án đúng \(correct: true\) "
    with pytest.raises(ValidationError, match=words):
        authored("single", 0, 1)


def test_options_of_one_text_are_refused():
    option = {"text": "Ký", "feedback": "Vì vậy."}
    with pytest.raises(ValidationError, match="hai phương án trùng nội dung"):
        EXERCISE.validate_python({"kind": "single", "prompt": "Hỏi.", "options": [option] * 2})


def test_of_one_choice_the_feedback_of_that_option_alone_is_told():
    exercise = authored("single", 1)
    question, key = present(exercise, "Q1", "x")
    chosen = next(option.id for option in question.options if option.text == "Việc 3")
    assert exercise.tell(question, chosen, judge(question, key, chosen).share) == ["Vì 3."]


def test_of_several_what_was_rightly_chosen_wrongly_chosen_or_missed_is_told():
    exercise = authored("multiple", 0, 1)
    question, key = present(exercise, "Q1", "x")
    id_of = {option.text: option.id for option in question.options}
    chosen = [id_of["Việc 0"], id_of["Việc 3"]]
    assert exercise.tell(question, chosen, judge(question, key, chosen).share) == [
        "**Chọn đúng.** Việc 0. Vì 0.",
        "**Còn thiếu.** Việc 1. Vì 1.",
        "**Không nên chọn.** Việc 3. Vì 3.",
    ]
