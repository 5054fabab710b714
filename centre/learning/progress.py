"""How far a user is in each lesson, and where they stopped; read from their own folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from courses.answer_sheet import read_sheet
from courses.build import build_lesson
from courses.foundation.errors import AnswerError, ContentError
from courses.lesson import lesson_paths, read_lesson
from courses.outline import is_done, minutes_left, outline

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from centre.configuration import Centre
    from courses.answer_sheet import SavedAnswer
    from courses.lesson import Lesson
    from courses.outline import Section

# Where a lesson's page is, on the portal's own origin, by what ``centre.toml`` says of lessons.
_PAGES = {
    "portal": "/hoc/bai/{}",
    "hub": "/jupyter/hub/user-redirect/voila/render/{}.ipynb",
}


@dataclass(frozen=True)
class Stage:
    """A section of a lesson as a user stands in it."""

    section: Section
    done: int

    @property
    def finished(self) -> bool:
        """Whether there was something to do, and all of it is done."""
        return 0 < len(self.section.activities) == self.done


@dataclass(frozen=True)
class Progress:
    """One lesson as a user stands in it; ``minutes_left`` is of the planned minutes.

    ``page`` is the address of the lesson itself.
    """

    name: str
    page: str
    code: str
    title: str
    minutes: int
    minutes_left: int
    stages: tuple[Stage, ...]
    last_at: datetime | None
    damaged: bool = False

    @property
    def done(self) -> int:
        """How many activities are done."""
        return sum(stage.done for stage in self.stages)

    @property
    def total(self) -> int:
        """How many activities there are."""
        return sum(len(stage.section.activities) for stage in self.stages)

    @property
    def finished(self) -> bool:
        """Whether every activity is done."""
        return self.done == self.total

    @property
    def stop(self) -> Section | None:
        """The section with the first activity that is not done; None when all are."""
        left = (one.section for one in self.stages if one.done < len(one.section.activities))
        return next(left, None)

    @property
    def stopped_at(self) -> str:
        """The title of that section; empty when all is done."""
        return self.stop.title if self.stop else ""

    @property
    def address(self) -> str:
        """The lesson's page, at the section to go on with."""
        begun = self.stop if self.last_at else None
        return self.page + (f"#{begun.anchor}" if begun else "")


def learning_folder(centre: Centre, user: int) -> Path:
    """Where one user's lessons and progress are kept; a number, so that no name is a path."""
    return centre.folder / "learning" / str(user)


def lay_out_lesson(centre: Centre, user: int, name: str) -> Path:
    """Write a lesson's notebook into a user's folder and return where it is.

    Raises:
        ContentError: when there is no such lesson.
    """
    return build_lesson(the_lesson(name).path, learning_folder(centre, user))


def progress_of(centre: Centre, user: int) -> list[Progress]:
    """Every lesson, in the order to learn them in, as one user stands in it."""
    return [progress_in(centre, user, lesson) for lesson in the_lessons()]


@cache
def the_lessons() -> tuple[Lesson, ...]:
    """Every lesson, in the order to learn them in."""
    return tuple(read_lesson(path) for path in lesson_paths())


def the_lesson(name: str) -> Lesson:
    """The lesson of that name; ContentError when there is none."""
    found = next((one for one in the_lessons() if one.path.stem == name), None)
    if found is None:
        raise ContentError("không có bài học này; về danh sách bài học")
    return found


def read_answers(centre: Centre, user: int, lesson: Lesson) -> dict[str, SavedAnswer]:
    """What a user answered in a lesson; nothing where it cannot be read.

    The lesson itself puts such a file aside and tells the user.
    """
    try:
        return _answers(centre, user, lesson)
    except AnswerError:
        return {}


def _answers(centre: Centre, user: int, lesson: Lesson) -> dict[str, SavedAnswer]:
    return read_sheet(learning_folder(centre, user) / f"{lesson.path.stem}.tien-do.json").answers


def progress_in(centre: Centre, user: int, lesson: Lesson) -> Progress:
    """One lesson as one user stands in it."""
    try:
        answers, damaged = _answers(centre, user, lesson), False
    except AnswerError:
        answers, damaged = {}, True
    sections = outline(lesson)
    done = {one.name for one in lesson.blocks if one.kind != "simulation" and is_done(one, answers)}
    return Progress(
        name=lesson.path.stem,
        page=_PAGES[centre.settings.lessons].format(lesson.path.stem),
        code=lesson.head.code,
        title=lesson.head.title,
        minutes=sum(section.minutes for section in sections),
        minutes_left=minutes_left(sections, done),
        stages=tuple(
            Stage(section, sum(name in done for name in section.activities)) for section in sections
        ),
        last_at=max((one.saved_at for one in answers.values()), default=None),
        damaged=damaged,
    )
