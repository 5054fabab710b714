"""A report as such: sections of paragraphs, tables and charts, whatever it is printed as.

Every format is rendered from the same report, so that no two can say different things. A chart
brings its table and its text: who cannot see the picture misses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from grading.reports.disclosure import half_up
from grading.reports.wording import decimal, percent, unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from grading.reports.plots import Plot

NOTHING = "–"
_WORDS = 12  # letters beyond which a cell reads as text


@dataclass(frozen=True)
class Percent:
    """A share of 0 to 1, printed to a tenth of a per cent, with ``n`` when the cell says it."""

    value: float
    n: int | None = None

    @classmethod
    def of(cls, share: float, n: int | None = None) -> Percent:
        """A share as it is printed: rounded half up."""
        return cls(float(half_up(share, 3)), n)

    def __str__(self) -> str:
        shown = percent(self.value)
        return shown if self.n is None else unbroken(f"{shown} (n = {self.n})")


@dataclass(frozen=True)
class Number:
    """A measure printed with ``digits`` decimals."""

    value: float
    digits: int = 2

    @classmethod
    def of(cls, value: float, digits: int = 2) -> Number:
        """A measure as it is printed: rounded half up."""
        return cls(float(half_up(value, digits)), digits)

    def __str__(self) -> str:
        return decimal(self.value, self.digits)


Value = str | int | Percent | Number


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``kind`` item is one of a list.

    ``derived`` are whole numbers that the sentence counts and no table holds.
    """

    text: str
    kind: Literal["text", "item"] = "text"
    derived: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", unbroken(self.text))


@dataclass(frozen=True)
class Subheading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table with a title; ``notes`` stand beneath it, ``widths`` are shares of its width.

    ``shaded`` tints its percentages, the lower the darker: a heat map that can be read out.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    shaded: bool = False

    def __post_init__(self) -> None:
        for name in ("headings", "notes"):
            told = tuple(unbroken(text) for text in getattr(self, name))
            object.__setattr__(self, name, told)
        rows = tuple(tuple(unbroken(v) if isinstance(v, str) else v for v in r) for r in self.rows)
        object.__setattr__(self, "rows", rows)

    @property
    def worded(self) -> frozenset[int]:
        """Columns of words, which stand at the left."""
        return frozenset(
            at
            for at in range(len(self.headings))
            if any(len(str(row[at])) > _WORDS for row in self.rows)
            and not any(isinstance(row[at], int | Percent | Number) for row in self.rows)
        )

    def depth(self, value: Value) -> float | None:
        """How dark a cell is, 0 (the highest of the table) to 1 (the lowest); None untinted."""
        if not self.shaded or not isinstance(value, Percent):
            return None
        known = [cell.value for row in self.rows for cell in row if isinstance(cell, Percent)]
        low, high = min(known), max(known)
        return (high - value.value) / (high - low) if high > low else 0.0


@dataclass(frozen=True)
class Chart:
    """A picture of ``table``; ``text`` says in words what can be seen."""

    title: str
    text: str
    plot: Plot
    table: Table

    def __post_init__(self) -> None:
        for name in ("title", "text"):
            object.__setattr__(self, name, unbroken(getattr(self, name)))


Block = Paragraph | Subheading | Table | Chart


@dataclass(frozen=True)
class Section:
    """A part of a report; ``heading`` is empty for what stands before the first one.

    ``sheet`` names it in a workbook, in at most 31 letters; ``new_page`` starts it on one.
    """

    heading: str
    blocks: tuple[Block, ...]
    sheet: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Letterhead:
    """What Nghị định 30/2020/NĐ-CP sets around the text.

    ``symbol`` is the document's number, empty where the kind of document has none.
    ``signer_prefix`` is the line above the signer's title ("KT. CỤC TRƯỞNG"), empty when the
    head signs.
    """

    issuer_parent: str
    issuer: str
    place: str
    day: date
    symbol: str
    signer_prefix: str
    signer_title: str
    signer_name: str
    recipients: tuple[str, ...]
    is_demo: bool

    @property
    def signer_lines(self) -> tuple[str, ...]:
        """The lines above the signer's name."""
        prefix, title = self.signer_prefix.strip(), self.signer_title.strip().upper()
        # "TM." alone belongs on the line of the title; "KT. CỤC TRƯỞNG" stands above it.
        lines = (f"{prefix} {title}",) if prefix.endswith(".") else (prefix, title)
        return tuple(line for line in lines if line)

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """The list under “Nơi nhận”, each with its mark of punctuation."""
        names = [name.strip().rstrip(";.") for name in self.recipients]
        ends = [";"] * (len(names) - 1) + ["."]
        return tuple(f"- {name}{end}" for name, end in zip(names, ends, strict=False))


@dataclass(frozen=True)
class Report:
    """A whole report.

    ``kind`` is what it is called on disk, ``name`` the kind of document it is ("BÁO CÁO").
    ``annex`` has its title first, then its numbered entries.
    """

    kind: str
    name: str
    subject: str
    letterhead: Letterhead
    sections: tuple[Section, ...]
    annex_title: str = ""
    annex: tuple[Section, ...] = field(default=())

    @property
    def title(self) -> str:
        """What a window or a screen reader calls the document."""
        return f"{self.name.capitalize()}: {self.subject}"

    @property
    def blocks(self) -> Iterator[Block]:
        """Everything in reading order."""
        for section in (*self.sections, *self.annex):
            yield from section.blocks

    @property
    def tables(self) -> list[Table]:
        """All tables, those of charts among them."""
        found = [b.table if isinstance(b, Chart) else b for b in self.blocks]
        return [table for table in found if isinstance(table, Table)]
