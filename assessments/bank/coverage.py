"""Coverage: what each outcome and each requirement of the sources is practised and examined by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.bank.bank import ITEMS
from courses.foundation.content import read_text
from courses.foundation.errors import ContentError
from courses.lesson import lesson_paths, read_lesson
from courses.requirements import Asking, Requirement, read_requirements
from courses.sources import citations, places
from courses.tracks import all_competencies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from assessments.bank.bank import Bank


@dataclass(frozen=True)
class Coverage:
    """One outcome: how many activities practise it and how many live items assess it."""

    outcome: str
    practised: int
    assessed: int


@dataclass(frozen=True)
class Met:
    """One requirement: lessons that teach it, activities, live items, and capstone items.

    ``capstone`` is None where the capstone need not hold it; ``missing`` says what is wanting.
    """

    document: str
    code: str
    text: str
    lessons: tuple[str, ...]
    practised: int
    assessed: int
    capstone: int | None
    missing: str


def coverage(bank: Bank) -> list[Coverage]:
    """Every outcome of every lesson, in the order of the lessons."""
    assessed = Counter(item.outcome for item in bank.items.values() if item.status == "live")
    rows = []
    for lesson in map(read_lesson, lesson_paths()):
        practised = Counter(block.body.outcome for block in lesson.blocks)
        rows += [Coverage(o.id, practised[o.id], assessed[o.id]) for o in lesson.head.outcomes]
    return rows


def requirements_met(
    bank: Bank, folder: Path = ITEMS, asked: Sequence[Asking] | None = None
) -> list[Met]:
    """Every requirement of the sources, as lessons and live items meet it.

    Args:
        bank: the items.
        folder: where they were read from, for what capstone items cite.
        asked: the requirements; those of the product when none are named.

    Raises:
        ContentError: when one names an outcome or an item that there is not.
    """
    known = {row.outcome: row for row in coverage(bank)}
    texts = {path.stem.partition("-")[0].upper(): read_text(path) for path in lesson_paths()}
    cited = list(_capstone(bank, folder))
    return [
        _met(document, row, bank, known, texts, cited)
        for document in asked or (_competencies(known), *read_requirements())
        for row in document.rows
    ]


def _competencies(known: dict[str, Coverage]) -> Asking:
    """Each competency that is taught, which its own outcomes meet."""
    rows = [
        Requirement(code=code, text=one.name, outcomes=tuple(o for o in known if o[:3] == code))
        for code, one in all_competencies().items()
    ]
    return Asking(name="Năng lực", source="", rows=tuple(rows))


def _met(
    document: Asking,
    row: Requirement,
    bank: Bank,
    known: dict[str, Coverage],
    texts: dict[str, str],
    cited: list[tuple[str, set[str]]],
) -> Met:
    if strange := (set(row.outcomes) - set(known)) | (set(row.items) - set(bank.items)):
        raise ContentError(f"{row.code}: không có {min(strange)}")
    lessons = tuple(dict.fromkeys(outcome.partition(".")[0] for outcome in row.outcomes))
    live = [item for item in row.items if bank.items[item].status == "live"]
    practised = sum(known[outcome].practised for outcome in row.outcomes)
    assessed = len(live) if row.items else sum(known[o].assessed for o in row.outcomes)
    capstone = _asked_in(cited, document, row.code) if document.capstone else None
    said = not row.says or any(row.says in " ".join(texts[code].split()) for code in lessons)
    wanting = {
        "bài học": practised and said,
        "câu hỏi": assessed,
        "bài tổng hợp": capstone is None or capstone,
    }
    missing = ", ".join(what for what, there in wanting.items() if not there)
    return Met(document.name, row.code, row.text, lessons, practised, assessed, capstone, missing)


def _capstone(bank: Bank, folder: Path) -> Iterator[tuple[str, set[str]]]:
    """What each live capstone item cites: the document's id and the places, none for the whole."""
    for item in bank.items.values():
        if item.competency == "CAP" and item.status == "live":
            text = read_text(folder / "cap" / f"{item.id.lower()}.md")
            yield from _cited(text)


def _cited(text: str) -> Iterator[tuple[str, set[str]]]:
    found: dict[str, set[str]] = {}
    for citation in citations(text):
        found.setdefault(citation.source, set()).update(places(citation.article))
    yield from found.items()


def _asked_in(cited: list[tuple[str, set[str]]], document: Asking, code: str) -> int:
    """How many capstone items cite that place, or the document as a whole."""
    place = f"{document.capstone}{code}"
    return sum(
        source == document.source
        and (not named or any(one == place or one.startswith(f"{place}.") for one in named))
        for source, named in cited
    )
