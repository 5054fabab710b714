"""Coverage: what each outcome is practised by in its lesson and assessed by in the bank."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.lesson import lesson_paths, read_lesson

if TYPE_CHECKING:
    from assessments.bank.bank import Bank


@dataclass(frozen=True)
class Coverage:
    """One outcome: how many activities practise it and how many live items assess it."""

    outcome: str
    practised: int
    assessed: int


def coverage(bank: Bank) -> list[Coverage]:
    """Every outcome of every lesson, in the order of the lessons."""
    assessed = Counter(item.outcome for item in bank.items.values() if item.status == "live")
    rows = []
    for lesson in map(read_lesson, lesson_paths()):
        practised = Counter(block.body.outcome for block in lesson.blocks)
        rows += [Coverage(o.id, practised[o.id], assessed[o.id]) for o in lesson.head.outcomes]
    return rows
