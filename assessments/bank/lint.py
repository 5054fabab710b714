"""Author lint over all content: lessons, items, rubrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessments.bank.rubric import RUBRICS
from courses.foundation.content import read_text
from courses.glossary import GLOSSARY, the_glossary
from courses.lesson import lesson_paths, read_lesson
from courses.lint import Fault, lint_lesson, lint_terms, lint_text
from courses.sources import the_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assessments.bank.bank import Bank


def lint_all(bank: Bank, items: Path) -> Iterator[Fault]:
    """Every fault in the glossary and lessons, and in the items and rubrics under ``items``."""
    for path in lesson_paths():
        yield from lint_lesson(read_lesson(path))
        yield from _text(path)
    rubrics = items.parent / "rubrics" if items.parent != RUBRICS.parent else RUBRICS
    for path in sorted([*items.glob("*/*.md"), *rubrics.glob("*.toml")]):
        yield from _text(path)
    yield from lint_text(GLOSSARY, read_text(GLOSSARY), the_sources().numbers)
    yield from _essays(bank, items)


def _text(path: Path) -> Iterator[Fault]:
    text = read_text(path)
    yield from lint_text(path, text, the_sources().numbers)
    yield from lint_terms(path, text, the_glossary())


def _essays(bank: Bank, items: Path) -> Iterator[Fault]:
    """The level-3 examples of a rubric must fit the essay's own word limit."""
    for item_id, rubric in sorted(bank.rubrics.items()):
        exercise: Any = bank.items[item_id].exercise
        best = sum(len(criterion.levels[-1].example.split()) for criterion in rubric.criteria)
        if best > exercise.max_words:
            path = items.parent / "rubrics" / f"{rubric.id}.toml"
            words = f"các đoạn mẫu mức cao nhất dài {best} từ, câu chỉ cho {exercise.max_words}"
            yield Fault(path, "LENGTH", words)
