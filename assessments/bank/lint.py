"""Author lint over all content: lessons, items, rubrics, and the register they cite from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessments.bank.balance import lint_balance
from assessments.bank.rubric import RUBRICS
from courses.foundation.content import read_text
from courses.glossary import GLOSSARY, the_glossary
from courses.law import lint_citations, lint_register, rewrites
from courses.lesson import lesson_paths, read_lesson
from courses.lint import Fault, lint_lesson, lint_terms, lint_text
from courses.sources import SOURCES, citations, the_sources
from courses.tracks import TRACKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from assessments.bank.bank import Bank
    from courses.law import Rewrite


@dataclass(frozen=True)
class Findings:
    """What author lint found: faults, and what each change in the law asks to be rewritten."""

    faults: tuple[Fault, ...]
    rewrites: tuple[Rewrite, ...]

    @property
    def serious(self) -> list[Fault]:
        """The faults that must be mended, without the warnings."""
        return [fault for fault in self.faults if fault.serious]


def lint_all(bank: Bank, items: Path, on: date) -> Findings:
    """Check the glossary, the tracks, the lessons, and the items and rubrics under ``items``.

    Args:
        bank: the items and rubrics, read.
        items: the folder they were read from.
        on: the day on which the law must hold, such as that of a sitting.
    """
    texts = {path: read_text(path) for path in _paths(bank, items)}
    uses = {path: citations(text) for path, text in texts.items()}
    register = the_sources()
    faults = [
        *(fault for path in lesson_paths() for fault in lint_lesson(read_lesson(path))),
        *(fault for path, text in texts.items() for fault in _text(path, text, on)),
        *lint_register(SOURCES, register, uses, on),
        *lint_balance(bank, _items(texts), on),
        *_essays(bank, items),
    ]
    return Findings(tuple(faults), tuple(rewrites(register, uses, on)))


def _items(texts: dict[Path, str]) -> dict[str, str]:
    """The items' own texts by id; an essay's rubric has its name too, and is not what is asked."""
    return {path.stem.upper(): text for path, text in texts.items() if path.suffix == ".md"}


def _paths(bank: Bank, items: Path) -> Iterator[Path]:
    """Every content file; an item that is retired is delivered to nobody any more."""
    rubrics = items.parent / "rubrics" if items.parent != RUBRICS.parent else RUBRICS
    retired = {id_.lower() for id_, item in bank.items.items() if item.status == "retired"}
    yield from lesson_paths()
    yield from (path for path in sorted(items.glob("*/*.md")) if path.stem not in retired)
    yield from (path for path in sorted(rubrics.glob("*.toml")) if path.stem not in retired)
    yield GLOSSARY
    yield TRACKS


def _text(path: Path, text: str, on: date) -> Iterator[Fault]:
    yield from lint_text(path, text)
    yield from lint_citations(path, text, the_sources(), on)
    if path not in (GLOSSARY, TRACKS):  # names to be avoided, and names as certificates print them
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
