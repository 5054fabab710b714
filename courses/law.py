"""What is checked of citations: nothing may rest on a text that has ended, or on an old look-up.

All of it is relative to a day: the day of a sitting, or today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date
from courses.lint import Fault
from courses.sources import BINDING, citations, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from courses.sources import Citation, Register, Source

AGEING, STALE = timedelta(days=90), timedelta(days=180)
AHEAD = timedelta(days=180)


def lint_citations(path: Path, text: str, register: Register, on: date) -> Iterator[Fault]:
    """Rules for every content file that cites: by id, of what is in force on ``on``."""
    for number in typed(text):
        known = number in register.numbers
        code, words = ("CITE", "phải dẫn bằng mã") if known else ("SOURCE", "chưa có trong sổ")
        yield Fault(path, code, f"văn bản {number} {words}: [@{number}], courses/sources.toml")
    for citation in citations(text):
        source = register.by_id.get(citation.source)
        if source is None:
            yield Fault(path, "SOURCE", f"dòng {citation.line}: sổ chưa có {citation.source}")
            continue
        for code, words in _wrong(citation, source, on):
            yield Fault(path, code, f"dòng {citation.line}: {source.name} {words}")


def _wrong(citation: Citation, source: Source, on: date) -> Iterator[tuple[str, str]]:
    if not source.holds(citation.article):
        yield "ARTICLE", f"chưa ghi {citation.article} trong articles của sổ"
    if not citation.live:
        return
    if source.ended(on) and source.in_force_to:
        yield (
            "ENDED",
            f"hết hiệu lực từ {short_date(source.in_force_to)}, đang dẫn như còn hiệu lực",
        )
    if source.pending(on) and source.in_force_from:
        yield "PENDING", f"có hiệu lực từ {short_date(source.in_force_from)}, chưa dẫn được"


def lint_register(
    path: Path, register: Register, uses: Mapping[Path, list[Citation]], on: date
) -> Iterator[Fault]:
    """Rules for the register: each document that content rests on was looked up lately."""
    live = {citation.source for found in uses.values() for citation in found if citation.live}
    for source in register.sources:
        if source.id not in live or source.ended(on):
            continue
        if not source.read_at:
            yield Fault(path, "READ_AT", f"{source.name}: chưa ghi đọc ở đâu (read_at)")
        if source.status_as_of is None:
            yield Fault(
                path, "STALE", f"{source.name}: chưa ghi ngày tra tình trạng (status_as_of)"
            )
        elif (age := on - source.status_as_of) > AGEING:
            words = (
                f"{source.name}: tra tình trạng đã {age.days} ngày, tra lại rồi ghi status_as_of"
            )
            yield Fault(path, "STALE", words, serious=age > STALE)


@dataclass(frozen=True)
class Rewrite:
    """A change in the law and the files that it touches.

    ``due`` when the files already rest on a text that has ended; otherwise the change is still
    to come and the files have until ``day``.
    """

    source: Source
    day: date
    by: tuple[str, ...]
    files: tuple[Path, ...]
    due: bool

    def __str__(self) -> str:
        by = f" ({', '.join(self.by)})" if self.by else ""
        names = ", ".join(path.name for path in self.files)
        what = "phải viết lại" if self.due else "sẽ phải xem lại"
        return f"{self.source.name}: thay đổi từ {short_date(self.day)}{by}; {what}: {names}"


def rewrites(register: Register, uses: Mapping[Path, list[Citation]], on: date) -> list[Rewrite]:
    """Each change in the law that content must follow, the earliest first.

    Changes already in force are listed with the files that do not follow them, those to come
    in AHEAD with the files they will touch.
    """
    found = []
    for source in register.sources:
        files = tuple(path for path, cites in uses.items() if any(_rests(c, source) for c in cites))
        for day, by in _changes(register, source) if files else ():
            due = source.in_force_to == day and day <= on
            if due or on < day <= on + AHEAD:
                found.append(Rewrite(source, day, by, files, due))
    return sorted(found, key=lambda change: (change.day, change.source.id))


def _rests(citation: Citation, source: Source) -> bool:
    return citation.live and citation.source == source.id


def _changes(register: Register, source: Source) -> Iterator[tuple[date, tuple[str, ...]]]:
    if source.in_force_to:
        yield source.in_force_to, tuple(register.by_id[id_].name for id_ in source.replaced_by)
    for other in (register.by_id[id_] for id_ in source.amended_by):
        if other.in_force_from:
            yield other.in_force_from, (other.name,)


def binding_in_force(text: str, register: Register, on: date) -> bool:
    """Whether ``text`` rests on at least one text that lays down duties and holds on ``on``."""
    return any(
        citation.live and source.kind in BINDING and source.in_force(on)
        for citation in citations(text)
        if (source := register.by_id.get(citation.source))
    )
