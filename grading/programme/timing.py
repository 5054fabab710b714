"""A lesson's sections with the minutes that their headings plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError
from courses.lesson import Block
from courses.outline import outline

if TYPE_CHECKING:
    from courses.lesson import Lesson


@dataclass(frozen=True)
class Timed:
    """A section: its title, its minutes and its blocks."""

    title: str
    minutes: int
    blocks: tuple[Block, ...]


def timed(lesson: Lesson) -> tuple[Timed, ...]:
    """Every section in reading order; ContentError when a heading plans no minutes."""
    sections = outline(lesson)
    for one in sections:
        if not one.minutes:
            raise ContentError(f"mục “{one.heading}” chưa ghi số phút", path=lesson.path)
    within = [lesson.parts[one.first : one.last + 1] for one in sections]
    return tuple(
        Timed(one.title, one.minutes, tuple(part for part in parts if isinstance(part, Block)))
        for one, parts in zip(sections, within, strict=True)
    )
