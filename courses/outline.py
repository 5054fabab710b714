"""A lesson as an outline: its sections, how long each takes, and what there is to do in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.lesson import Block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from courses.lesson import Lesson

LAST_OF_FIRST_PART = 4
"""The first part of a lesson holds the sections 0 to 4, the second the rest."""
_HEADING = re.compile(r"^## +(.+?)(?: +\((\d+) phút\))?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A section: its heading as it stands, planned minutes, and the names of what is to be done.

    ``first`` and ``last`` are the places of its parts in the lesson, the last one included.
    """

    heading: str
    minutes: int
    activities: tuple[str, ...]
    first: int
    last: int

    @property
    def anchor(self) -> str:
        """Where the lesson's page shows the heading; the same as notebooks number theirs."""
        return self.heading.replace(" ", "-")

    @property
    def title(self) -> str:
        """The heading without its minutes."""
        return re.sub(r" +\(\d+ phút\)$", "", self.heading)


def outline(lesson: Lesson) -> tuple[Section, ...]:
    """Every section of a lesson, in reading order; what stands before the first is none."""
    starts = [
        (place, found)
        for place, part in enumerate(lesson.parts)
        if isinstance(part, str) and (found := _HEADING.match(part))
    ]
    ends = [place - 1 for place, _ in starts[1:]] + [len(lesson.parts) - 1]
    return tuple(
        Section(
            heading=found[0].removeprefix("##").strip(),
            minutes=int(found[2] or 0),
            activities=tuple(_activities(lesson, place, end)),
            first=place,
            last=end,
        )
        for (place, found), end in zip(starts, ends, strict=True)
    )


def halves(lesson: Lesson) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The sections of the two parts of a lesson, each one sitting."""
    sections = outline(lesson)
    return sections[: LAST_OF_FIRST_PART + 1], sections[LAST_OF_FIRST_PART + 1 :]


def _activities(lesson: Lesson, first: int, last: int) -> Iterator[str]:
    for part in lesson.parts[first : last + 1]:
        if isinstance(part, Block) and part.kind != "simulation":
            yield part.name


def is_done(block: Block, answers: Collection[str]) -> bool:
    """Whether a question is answered, or a case to one of its ends.

    A case is answered step by step, each under the case's name and its own.
    """
    if block.kind == "question":
        return block.name in answers
    ends = (step for step, body in block.body.steps.items() if _may_end(body))
    return any(f"{block.name}-{step}" in answers for step in ends)


def _may_end(step: object) -> bool:
    return any(option.next is None for option in getattr(step, "options", ()))


def minutes_left(sections: Collection[Section], done: Collection[str]) -> int:
    """Planned minutes of what is not done: of a section begun, the share that is left.

    A section to read only counts as done once something after it is.
    """
    left, passed = 0.0, False
    for section in reversed(list(sections)):
        made = sum(name in done for name in section.activities)
        passed = passed or made > 0
        if section.activities:
            left += section.minutes * (1 - made / len(section.activities))
        elif not passed:
            left += section.minutes
    return round(left)
