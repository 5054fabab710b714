"""Worksheets of an .xlsx (ECMA-376, part 1, clause 18), read as a stream.

openpyxl builds an object for each cell that exists and for each cell under a merge, and does not
bound either; here a sheet costs what its filled cells cost. Dates and built-in formats are
openpyxl's own tables.
"""

from __future__ import annotations

import posixpath
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel

from cohort_data.rosters.formats.limits import LONGEST_CELL, Budget
from cohort_data.rosters.formats.package import DamagedError
from cohort_data.rosters.formats.xlsx_parts import (
    TRUE,
    Book,
    Looks,
    Relations,
    Strings,
    unescaped,
    whole,
)
from cohort_data.rosters.sheet import MOST_COLUMNS, MOST_ROWS, Cell, Merge, Sheet, Value

if TYPE_CHECKING:
    from cohort_data.rosters.formats.package import Package

_AT = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def read_xlsx(package: Package, budget: Budget) -> tuple[Sheet, ...]:
    """Read every worksheet, hidden ones too.

    Raises:
        DamagedError: when a part is missing or broken.
        RosterError: when a limit is reached.
    """
    workbook = _related(package, "").named("officeDocument")
    if not workbook:
        raise DamagedError("officeDocument")
    book = Book()
    package.parse(workbook, book.start)
    relations = _related(package, workbook)
    looks = Looks()
    if styles := relations.named("styles"):
        package.parse(styles, looks.start)
    strings = Strings()
    if shared := relations.named("sharedStrings"):
        package.parse(shared, strings.start, strings.end, strings.text)
    sheets = []
    for name, relation, hidden in book.sheets:
        kind, part = relations.targets.get(relation, ("", ""))
        if kind == "worksheet":
            reader = _Worksheet(budget, strings.all, looks, epoch=book.epoch)
            package.parse(part, reader.start, reader.end, reader.text)
            sheets.append(reader.sheet(name, hidden=hidden))
        elif not kind:
            raise DamagedError(name)
    return tuple(sheets)


def _related(package: Package, part: str) -> Relations:
    folder, name = posixpath.split(part)
    relations = Relations(folder)
    package.parse(posixpath.join(folder, "_rels", f"{name}.rels"), relations.start)
    return relations


class _Worksheet:
    """One worksheet as its elements come: cells, hidden rows and columns, merges."""

    def __init__(
        self, budget: Budget, strings: list[str], looks: Looks, *, epoch: datetime
    ) -> None:
        self.budget, self.strings, self.looks, self.epoch = budget, strings, looks, epoch
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row = self.column = self.style = 0
        self.kind = "n"
        self.pieces: list[str] = []
        self.formula = self.reading = self.phonetic = False

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        return Sheet(
            name,
            dict(sorted(self.cells.items())),
            tuple(self.merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            hidden,
        )

    def start(self, tag: str, of: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(of)
        elif tag in ("v", "t"):
            self.reading = not self.phonetic
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self._begin_row(of)
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "col":
            self._column(of)
        elif tag == "mergeCell":
            self._merge(of.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "t"):
            self.reading = False
        elif tag == "rPh":
            self.phonetic = False

    def text(self, text: str) -> None:
        if self.reading:
            self.pieces.append(text)

    def _begin_row(self, of: dict[str, str]) -> None:
        self.row = _within(of.get("r", self.row + 1), MOST_ROWS)
        self.column = 0
        if of.get("hidden") in TRUE or (of.get("customHeight") in TRUE and _is_nought(of, "ht")):
            self.budget.hide()
            self.hidden_rows.add(self.row)

    def _column(self, of: dict[str, str]) -> None:
        if of.get("hidden") in TRUE or _is_nought(of, "width"):
            first = _within(of.get("min", ""), MOST_COLUMNS)
            last = _within(of.get("max", ""), MOST_COLUMNS)
            self.budget.hide(last - first + 1)
            self.hidden_columns.update(range(first, last + 1))

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        merge = Merge(top, left, bottom, right)
        self.budget.merge(merge)
        self.merges.append(merge)

    def _begin_cell(self, of: dict[str, str]) -> None:
        self.column += 1
        if at := of.get("r"):
            self.row, self.column = _place(at)
        self.kind, self.style = of.get("t", "n"), whole(of.get("s"))
        self.pieces, self.formula = [], False

    def _end_cell(self) -> None:
        text = "".join(self.pieces)
        value = "=" if self.formula else self._value(text)
        if isinstance(value, str):
            value = value[:LONGEST_CELL]
            if not value.strip():
                return
        self.budget.cell(value)
        accented = isinstance(value, str) and not value.isascii()
        font = self.looks.font(self.style) if accented else None
        self.cells[self.row, self.column] = Cell(value, font)

    def _value(self, text: str) -> Value:
        match self.kind:
            case "s":
                number = whole(text or None)
                if number >= len(self.strings):
                    raise ValueError
                return self.strings[number] if text else ""
            case "n":
                return self._number(text)
            case "b":
                return text.strip() == "1" if text else ""
            case "d":
                return datetime.fromisoformat(text).replace(tzinfo=None)
            case _:
                return unescaped(text)

    def _number(self, text: str) -> Value:
        if not text.strip():
            return ""
        number = float(text) if any(c in text for c in ".eEnN") else int(text)
        if not self.looks.is_date(self.style):
            return number
        try:
            moment: Any = from_excel(number, self.epoch)
        except (OverflowError, ValueError):
            return number
        # Times of day and durations are no roster data; as text they are refused where it counts.
        return moment if isinstance(moment, date) else str(moment)


def _place(at: str) -> tuple[int, int]:
    found = _AT.fullmatch(at)
    if not found:
        raise ValueError
    column = _within(column_index_from_string(found[1]), MOST_COLUMNS)
    return _within(found[2], MOST_ROWS), column


def _within(number: str | int, most: int) -> int:
    if not 1 <= (found := int(number)) <= most:
        raise ValueError
    return found


def _is_nought(of: dict[str, str], name: str) -> bool:
    return name in of and float(of[name]) == 0
