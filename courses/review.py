"""Spaced review: what was answered wrongly comes back, at equal intervals, until it is held.

Recall that is spaced beats reading again; equal intervals serve at least as well as growing ones
where what is learnt must last (Karpicke, Bauernschmidt, *Spaced retrieval: absolute spacing
enhances learning regardless of relative spacing*, 2011). A wrong answer begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from courses.exercise import judge, present
from courses.foundation.dates import VIETNAM
from courses.prediction import closed_parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from courses.answer_sheet import SavedAnswer
    from courses.lesson import Block, Lesson

INTERVAL = timedelta(days=10)
TIMES = 4
"""How often in a row a question has to be answered rightly before it rests."""


@dataclass(frozen=True)
class Recall:
    """Where one question stands: right answers in a row, and when it is due; None at rest."""

    right: int
    due_on: date | None


def begun(on: date) -> Recall:
    """The standing of a question that was answered wrongly on that day."""
    return Recall(0, on + INTERVAL)


def answered(recall: Recall, *, correct: bool, on: date) -> Recall:
    """The standing after one more answer."""
    if not correct:
        return begun(on)
    right = recall.right + 1
    return Recall(right, None if right >= TIMES else on + INTERVAL)


def first_id(question: str) -> str:
    """Under which name a lesson's progress keeps the first answer that got feedback."""
    return f"{question}/tra-loi-dau"


def recallable(lesson: Lesson) -> dict[str, Block]:
    """The questions of a lesson that have a right answer and are no predictions, by name."""
    predictions = set(closed_parts(lesson).values())
    return {
        block.name: block
        for block in lesson.blocks
        if block.kind == "question" and block.name not in predictions and _has_key(lesson, block)
    }


def _has_key(lesson: Lesson, block: Block) -> bool:
    _, key = present(block.body.exercise, block.name, seed=lesson.head.code)
    return bool(key.correct)


def wrong_ones(lesson: Lesson, answers: Mapping[str, SavedAnswer]) -> dict[str, date]:
    """The questions whose first answer was not right, with the day (in Vietnam) of that answer.

    An answer mended after its feedback tells of reading, not of knowing; where the first one is
    not kept, the last one counts.
    """
    found = {}
    for name, block in recallable(lesson).items():
        saved = answers.get(first_id(name)) or answers.get(name)
        if saved is None:
            continue
        question, key = present(block.body.exercise, name, seed=lesson.head.code)
        if judge(question, key, saved.value).state in ("wrong", "partial"):
            found[name] = saved.saved_at.astimezone(VIETNAM).date()
    return found
