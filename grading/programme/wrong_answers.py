"""The wrong answers that a lesson's author expected, with what there is to say to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.lesson import Block, Lesson

_LONGEST = 180  # characters of a question in a table


@dataclass(frozen=True)
class WrongAnswer:
    """One wrong answer: to what, what is answered, and what the teacher says to it."""

    question: str
    answer: str
    reply: str


def wrong_answers(lesson: Lesson, most: int) -> tuple[WrongAnswer, ...]:
    """The first of each question in reading order, then the second of each, ``most`` in all.

    A dilemma has no wrong answer, nor has what is written freely.
    """
    of_each = [list(_of(block)) for block in lesson.blocks if block.kind == "question"]
    in_turn = chain.from_iterable(zip_longest(*of_each))
    return tuple(islice((one for one in in_turn if one is not None), most))


def plain(text: str) -> str:
    """Markdown as plain text on one line."""
    return " ".join(re.sub(r"\*+|`|^>\s?", "", text, flags=re.MULTILINE).split())


def shortened(text: str) -> str:
    """The beginning of a question, whole sentences where they fit."""
    words = plain(text)
    if len(words) <= _LONGEST:
        return words
    stop = max(words.rfind(mark, 0, _LONGEST) for mark in (". ", "? ", ": "))
    return words[: stop + 1] if stop > 0 else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _of(block: Block) -> Iterator[WrongAnswer]:
    exercise: Any = block.body.exercise
    asked = shortened(exercise.prompt)
    for answer, reply in _WRONG.get(exercise.kind, _none)(exercise):
        yield WrongAnswer(asked, plain(answer), plain(reply))


def _none(_exercise: Any) -> Iterator[tuple[str, str]]:
    return iter(())


def _chosen(exercise: Any) -> Iterator[tuple[str, str]]:
    if any(option.correct for option in exercise.options):
        yield from ((o.text, o.feedback) for o in exercise.options if not o.correct)


def _sorted_wrong(exercise: Any) -> Iterator[tuple[str, str]]:
    for entry in exercise.entries:
        other = next(c for c in exercise.categories if c != entry.category)
        yield f"“{entry.text}” xếp vào “{other}”", f"Đúng là “{entry.category}”. {entry.feedback}"


def _matched_wrong(exercise: Any) -> Iterator[tuple[str, str]]:
    for pair in exercise.pairs:
        other = next(p.right for p in exercise.pairs if p.right != pair.right)
        yield f"“{pair.left}” ghép với “{other}”", f"Đúng là “{pair.right}”. {pair.feedback}"


def _other_result(exercise: Any) -> Iterator[tuple[str, str]]:
    yield "Kết quả khác đáp án", exercise.feedback.wrong


def _other_order(exercise: Any) -> Iterator[tuple[str, str]]:
    first, second = exercise.steps[:2]
    yield f"“{second}” trước “{first}”", exercise.feedback.wrong


_WRONG = {
    "single": _chosen,
    "multiple": _chosen,
    "classification": _sorted_wrong,
    "matching": _matched_wrong,
    "numeric": _other_result,
    "table": _other_result,
    "ordering": _other_order,
}
