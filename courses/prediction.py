"""Predict before run: what of a lesson stays closed until a prediction has been saved.

The question right before a simulation is its prediction. All that follows it in its section
(the simulation, what to try, the comparison, the explanation) opens once it is answered.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from courses.lesson import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from courses.exercise import Key
    from courses.lesson import Lesson

KINDS = ("numeric", "single", "table")
"""Kinds of question whose answer can be laid beside an outcome."""


def closed_parts(lesson: Lesson) -> dict[int, str]:
    """The name of the prediction that opens it, by the place of each part that starts closed."""
    closed: dict[int, str] = {}
    for begin, end in _sections(lesson):
        blocks = [at for at in range(begin, end) if isinstance(lesson.parts[at], Block)]
        for before, at in pairwise(blocks):
            first, second = lesson.parts[before], lesson.parts[at]
            if _is(second, "simulation") and _is(first, "question"):
                closed |= dict.fromkeys(range(before + 1, end), first.name)  # type: ignore[union-attr]
    return closed


def _sections(lesson: Lesson) -> Iterator[tuple[int, int]]:
    """First place and the place after the last of each section."""
    starts = [
        at
        for at, part in enumerate(lesson.parts)
        if isinstance(part, str) and part.startswith("## ")
    ]
    yield from zip([0, *starts], [*starts, len(lesson.parts)], strict=True)


def _is(part: str | Block, kind: str) -> bool:
    return isinstance(part, Block) and part.kind == kind


def predicted(question: Any, raw: object) -> Any | None:
    """The prediction that ``raw`` makes, read; None while it is unreadable or incomplete."""
    try:
        answer = question.parse(raw)
    except ValueError:
        return None
    complete = question.kind != "table" or set(answer) == set(question.blanks)
    return answer if complete else None


def beside(question: Any, key: Key, answer: Any) -> tuple[str, str]:
    """What was predicted and what came out, in words."""
    return question.render(answer), question.render(_OUTCOME[question.kind](key))


_OUTCOME: dict[str, Any] = {
    "numeric": lambda key: key.correct[0],
    "single": lambda key: key.correct[0],
    "table": lambda key: dict(pair.split("=") for pair in key.correct),
}
