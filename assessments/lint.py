"""Author lint over all content: lessons, items, rubrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessments.rubric import RUBRICS
from courses.content import read_text
from courses.lesson import lesson_paths, read_lesson
from courses.lint import Fault, lint_lesson, lint_text
from courses.sources import the_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assessments.bank import Bank


def lint_all(bank: Bank, items: Path) -> Iterator[Fault]:
    """Every fault in the lessons, and in the items and rubrics of ``bank`` under ``items``."""
    known = the_sources().numbers
    for path in lesson_paths():
        yield from lint_lesson(read_lesson(path))
        yield from lint_text(path, read_text(path), known)
    rubrics = items.parent / "rubrics" if items.parent != RUBRICS.parent else RUBRICS
    for path in sorted([*items.glob("*/*.md"), *rubrics.glob("*.toml")]):
        yield from lint_text(path, read_text(path), known)
    yield from _essays(bank, items)


def _essays(bank: Bank, items: Path) -> Iterator[Fault]:
    """The level-3 examples of a rubric must fit the essay's own word limit."""
    for item_id, rubric in sorted(bank.rubrics.items()):
        exercise: Any = bank.items[item_id].exercise
        best = sum(len(criterion.levels[-1].example.split()) for criterion in rubric.criteria)
        if best > exercise.max_words:
            path = items.parent / "rubrics" / f"{rubric.id}.toml"
            words = f"các đoạn mẫu mức cao nhất dài {best} từ, câu chỉ cho {exercise.max_words}"
            yield Fault(path, "LENGTH", words)
