"""What a lesson asks to be read: its two parts, and the legal table on a sheet to take home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from courses.outline import halves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from courses.lesson import Block, Lesson

POINTER = "*Bảng văn bản in ở **tờ mang về**, cuối bài.*"
_LEGAL = re.compile(
    r"^\|\s*Văn bản\s*\|.*\|\s*Tình trạng hiệu lực\s*\|\n(?:\|.*(?:\n|\Z))+", re.MULTILINE
)
_AFTERWARDS = frozenset(
    {"feedback", "consequence", "model_answer", "id", "kind", "outcome", "name"}
)


def apart(parts: Sequence[str | Block]) -> tuple[list[str | Block], str]:
    """The parts with a pointer in the place of each legal table, and the tables for the sheet."""
    tables: list[str] = []

    def move(match: re.Match[str]) -> str:
        tables.append(match[0].rstrip("\n"))
        return f"{POINTER}\n"

    kept = [_LEGAL.sub(move, part) if isinstance(part, str) else part for part in parts]
    return kept, "\n\n".join(tables)


def must_read(lesson: Lesson) -> tuple[int, int]:
    """Syllables to be read in the two parts: texts, prompts and options.

    The sheet to take home is left out, and so is what comes only after an answer.
    """
    _, second = halves(lesson)
    begin = second[0].first if second else len(lesson.parts)
    return to_read(lesson, 0, begin - 1), to_read(lesson, begin, len(lesson.parts) - 1)


def to_read(lesson: Lesson, first: int, last: int) -> int:
    """Syllables to be read from the ``first`` to the ``last`` part of the lesson's text."""
    return sum(map(_syllables, apart(lesson.parts)[0][first : last + 1]))


def _syllables(part: str | Block) -> int:
    texts = [part] if isinstance(part, str) else _asked(part.body.model_dump(mode="json"))
    return sum(len(text.split()) for text in texts)


def longest_stretch(lesson: Lesson) -> int:
    """Most syllables of text that stand between two things to do, the sheet left out."""
    longest = run = 0
    for part in apart(lesson.parts)[0]:
        run = run + len(part.split()) if isinstance(part, str) else 0
        longest = max(longest, run)
    return longest


def _asked(value: Any) -> Iterator[str]:
    """What stands on the page of a question or case before it is answered."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for k, v in value.items() if k not in _AFTERWARDS for text in _asked(v))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in _asked(part))
