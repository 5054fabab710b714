"""How far a user is in each lesson, and where they stopped; read from their own folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from courses.answer_sheet import read_sheet
from courses.build import build_lesson
from courses.foundation.errors import AnswerError, ContentError
from courses.lesson import Block, lesson_paths, read_lesson

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from centre.configuration import Centre
    from courses.lesson import Lesson

_HEADING = re.compile(r"^##\s+(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Progress:
    """One lesson as a user stands in it: ``stopped_at`` is the section to go on with."""

    name: str
    code: str
    title: str
    minutes: int
    done: int
    total: int
    stopped_at: str
    last_at: datetime | None
    damaged: bool = False

    @property
    def finished(self) -> bool:
        """Whether every activity is done."""
        return self.done == self.total


def learning_folder(centre: Centre, user: int) -> Path:
    """Where one user's lessons and progress are kept; a number, so that no name is a path."""
    return centre.folder / "learning" / str(user)


def lay_out_lesson(centre: Centre, user: int, name: str) -> Path:
    """Write a lesson's notebook into a user's folder and return where it is.

    Raises:
        ContentError: when there is no such lesson.
    """
    known = {path.stem: path for path in lesson_paths()}
    if name not in known:
        raise ContentError("không có bài học này; về danh sách bài học")
    return build_lesson(known[name], learning_folder(centre, user))


def progress_of(centre: Centre, user: int) -> list[Progress]:
    """Every lesson, in the order to learn them in, as one user stands in it."""
    return [_progress(learning_folder(centre, user), lesson) for lesson in _lessons()]


@cache
def _lessons() -> list[Lesson]:
    return [read_lesson(path) for path in lesson_paths()]


def _progress(folder: Path, lesson: Lesson) -> Progress:
    try:
        answers = read_sheet(folder / f"{lesson.path.stem}.tien-do.json").answers
        damaged = False
    except AnswerError:  # the lesson itself puts it aside and tells the user
        answers, damaged = {}, True
    to_do = [block for block in lesson.blocks if block.kind != "simulation"]
    done = [block.name for block in to_do if _is_done(block, answers)]
    return Progress(
        name=lesson.path.stem,
        code=lesson.head.code,
        title=lesson.head.title,
        minutes=lesson.head.minutes,
        done=len(done),
        total=len(to_do),
        stopped_at=_stopped_at(lesson, done),
        last_at=max((one.saved_at for one in answers.values()), default=None),
        damaged=damaged,
    )


def _is_done(block: Block, answers: Collection[str]) -> bool:
    """A case is answered step by step, each under the case's name and its own; to its end."""
    if block.kind == "question":
        return block.name in answers
    ends = (step for step, body in block.body.steps.items() if _may_end(body))
    return any(f"{block.name}-{step}" in answers for step in ends)


def _may_end(step: object) -> bool:
    return any(option.next is None for option in getattr(step, "options", ()))


def _stopped_at(lesson: Lesson, done: Collection[str]) -> str:
    """The heading over the first activity that is not done; empty when all are."""
    heading = ""
    for part in lesson.parts:
        if isinstance(part, str):
            found = _HEADING.findall(part)
            heading = found[-1] if found else heading
        elif part.kind != "simulation" and part.name not in done:
            return heading or lesson.head.title
    return ""
