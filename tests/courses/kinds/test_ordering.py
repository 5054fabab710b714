"""Putting in order: every pair counts, and the order shown is never the answer."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from courses.exercise import EXERCISE, present
from courses.kinds.base import InvalidAnswerError, Key, Option
from courses.kinds.ordering import Ordering

QUESTION = Ordering(
    id="O1", prompt="Xếp.", options=tuple(Option(id=id_, text=f"Bước {id_}") for id_ in "abc")
)
SAID = {"correct": "Đúng.", "wrong": "Sai."}


def authored(*steps):
    return EXERCISE.validate_python(
        {"kind": "ordering", "prompt": "Xếp.", "steps": steps, "feedback": SAID}
    )


@pytest.mark.parametrize("raw", [["a", "b"], ["a", "b", "z"], []])
def test_an_order_names_every_step_once(raw):
    words = r"^Hãy xếp đủ tất cả các mục, mỗi mục một lần\.$"
    with pytest.raises(InvalidAnswerError, match=words):
        QUESTION.parse(raw)
    assert QUESTION.parse(["c", "a", "b"]) == ["c", "a", "b"]
    assert QUESTION.render(["c", "a", "b"]) == "Bước c → Bước a → Bước b"


@pytest.mark.parametrize(
    ("answer", "share"), [("abc", Decimal(1)), ("acb", Decimal(1) / 3), ("cab", 0), ("cba", 0)]
)
def test_a_pair_the_wrong_way_round_takes_off_what_a_right_one_earns(answer, share):
    assert QUESTION.share(Key(kind="ordering", correct=("a", "b", "c")), [*answer]) == share


def test_the_key_is_the_authors_order_and_the_page_shows_another():
    exercise = authored("Một", "Hai", "Ba")
    shown = set()
    for seed in range(60):
        question, key = present(exercise, "Q1", str(seed))
        assert [question.text_of(id_) for id_ in key.correct] == ["Một", "Hai", "Ba"]
        assert (key.kind, question.id, question.prompt) == ("ordering", "Q1", "Xếp.")
        shown.add(tuple(option.text for option in question.options))
    assert len(shown) == 5
    assert ("Một", "Hai", "Ba") not in shown


def test_one_line_is_told_of_the_whole_order_and_steps_alike_are_refused():
    exercise = authored("Một", "Hai", "Ba")
    assert exercise.tell(QUESTION, ["a"], Decimal(1)) == ["Đúng."]
    assert exercise.tell(QUESTION, ["a"], Decimal("0.5")) == ["Sai."]
    with pytest.raises(ValidationError, match="hai phương án trùng nội dung"):
        authored("Một", "Hai", "Một")
