"""A lesson's sections with the minutes that their headings plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError
from courses.lesson import Block

if TYPE_CHECKING:
    from courses.lesson import Lesson

_HEADING = re.compile(r"## +(?P<title>.+?) +\((?P<minutes>\d+) phút\)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Timed:
    """A section: its title, its minutes and its blocks."""

    title: str
    minutes: int
    blocks: tuple[Block, ...]


def timed(lesson: Lesson) -> tuple[Timed, ...]:
    """Every section in reading order; ContentError when a heading plans no minutes."""
    found: list[tuple[str, int, list[Block]]] = []
    for part in lesson.parts:
        if isinstance(part, Block):
            found[-1][2].append(part)
        elif part.startswith("## "):
            heading = _HEADING.match(part)
            if heading is None:
                line = part.partition("\n")[0]
                raise ContentError(f"mục “{line}” chưa ghi số phút", path=lesson.path)
            found.append((heading["title"], int(heading["minutes"]), []))
    return tuple(Timed(title, minutes, tuple(blocks)) for title, minutes, blocks in found)
