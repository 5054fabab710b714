"""A test before the course: two questions a competency, and the path that the answers propose.

Each competency is asked what its lesson asks of prior knowledge, and one thing that later lessons
recall of it. The result proposes; it counts for nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from courses.review import recallable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from courses.lesson import Block, Lesson

QUESTIONS = 2
MINUTES = 2  # a question; an estimate, printed as “khoảng”
_RECALLS = re.compile(r"^on-([a-z]{2}\d)$")

Advice = Literal["first", "whole", "skim"]
_WEAK, _STRONG = Decimal("0.4"), Decimal("0.8")


@dataclass(frozen=True)
class Asked:
    """A question of the test: the lesson it is written in, and its block there."""

    lesson: Lesson
    block: Block


def asked(lessons: Sequence[Lesson], code: str) -> tuple[Asked, ...]:
    """What is asked of one competency, in a fixed order."""
    return tuple(_candidates(lessons, code))[:QUESTIONS]


def _candidates(lessons: Sequence[Lesson], code: str) -> Iterator[Asked]:
    own = [one for one in lessons if one.head.code == code]
    names = [(one, list(recallable(one).values())) for one in own]
    yield from (Asked(one, blocks[0]) for one, blocks in names if blocks)
    for lesson in lessons:
        for block in recallable(lesson).values():
            if (found := _RECALLS.match(block.name)) and found[1].upper() == code:
                yield Asked(lesson, block)
    for one, blocks in names:
        yield from (Asked(one, b) for b in reversed(blocks[1:]) if not _RECALLS.match(b.name))


def advice(share: Decimal) -> Advice:
    """What a share of the points (0 to 1) on one competency proposes for its lesson."""
    if share < _WEAK:
        return "first"
    return "skim" if share >= _STRONG else "whole"


def path(shares: Mapping[str, Decimal]) -> dict[Advice, list[str]]:
    """The competencies by what is proposed for each, the weakest first; of equals as given."""
    found: dict[Advice, list[str]] = {"first": [], "whole": [], "skim": []}
    for code in sorted(shares, key=lambda code: shares[code]):
        found[advice(shares[code])].append(code)
    return found
