"""Worksheets of an .xlsx (ECMA-376, part 1, clause 18), read as a stream.

openpyxl builds an object for each cell that exists and for each cell under a merge, and does not
bound either; here a sheet costs what its filled cells cost. Dates and built-in formats are
openpyxl's own tables.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from cohort_data.rosters.formats.limits import LONGEST_CELL, Budget
from cohort_data.rosters.formats.package import DamagedError
from cohort_data.rosters.sheet import MOST_COLUMNS, MOST_ROWS, Cell, Merge, Sheet, Value

if TYPE_CHECKING:
    from cohort_data.rosters.formats.package import Package

_AT = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # half of a pair is no character
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_TRUE = {"1", "true", "on"}


def read_xlsx(package: Package, budget: Budget) -> tuple[Sheet, ...]:
    """Read every worksheet, hidden ones too.

    Raises:
        DamagedError: when a part is missing or broken.
        RosterError: when a limit is reached.
    """
    workbook = _related(package, "").named("officeDocument")
    if not workbook:
        raise DamagedError("officeDocument")
    book = _Book()
    package.parse(workbook, book.start)
    relations = _related(package, workbook)
    looks = _Looks()
    if styles := relations.named("styles"):
        package.parse(styles, looks.start)
    strings = _Strings()
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


def _related(package: Package, part: str) -> _Relations:
    folder, name = posixpath.split(part)
    relations = _Relations(folder)
    package.parse(posixpath.join(folder, "_rels", f"{name}.rels"), relations.start)
    return relations


@dataclass
class _Book:
    """Names, relations and states of the sheets, and the epoch of dates."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    epoch: datetime = CALENDAR_WINDOWS_1900

    def start(self, tag: str, of: dict[str, str]) -> None:
        if tag == "sheet":
            hidden = of.get("state", "visible") != "visible"
            relation = next((of[name] for name in of if name.endswith(":id")), "")
            self.sheets.append((of.get("name", ""), relation, hidden))
        elif tag == "workbookPr" and of.get("date1904") in _TRUE:
            self.epoch = CALENDAR_MAC_1904


@dataclass
class _Relations:
    """What each relation of a part in ``folder`` is, and the part it leads to."""

    folder: str
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)

    def start(self, tag: str, of: dict[str, str]) -> None:
        if tag == "Relationship" and of.get("TargetMode") != "External":
            target = of.get("Target", "")
            part = target[1:] if target.startswith("/") else posixpath.join(self.folder, target)
            kind = of.get("Type", "").rpartition("/")[2]
            self.targets[of.get("Id", "")] = (kind, posixpath.normpath(part))

    def named(self, kind: str) -> str | None:
        return next((part for one, part in self.targets.values() if one == kind), None)


@dataclass
class _Looks:
    """Of each cell format: the font's name, and whether it shows a number as a date."""

    formats: dict[int, str] = field(default_factory=lambda: dict(BUILTIN_FORMATS))
    fonts: list[str | None] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    dates: dict[int, bool] = field(default_factory=dict)
    _open: str = ""

    def start(self, tag: str, of: dict[str, str]) -> None:
        if tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs", "numFmts", "fills", "borders"):
            self._open = tag
        elif tag == "numFmt" and self._open == "numFmts":
            self.formats[_whole(of.get("numFmtId"))] = of.get("formatCode", "")
        elif tag == "font" and self._open == "fonts":
            self.fonts.append(None)
        elif tag == "name" and self._open == "fonts" and self.fonts:
            self.fonts[-1] = of.get("val")
        elif tag == "xf" and self._open == "cellXfs":
            self.cells.append((_whole(of.get("numFmtId")), _whole(of.get("fontId"))))

    def font(self, style: int) -> str | None:
        number = self.cells[style][1] if style < len(self.cells) else 0
        return self.fonts[number] if number < len(self.fonts) else None

    def is_date(self, style: int) -> bool:
        if style not in self.dates:
            number = self.cells[style][0] if style < len(self.cells) else 0
            code = self.formats.get(number, "General")
            self.dates[style] = bool(is_date_format(code[:LONGEST_CELL]))
        return self.dates[style]


@dataclass
class _Strings:
    """The shared strings, without the phonetic readings that some carry."""

    all: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _within: str = ""

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._pieces = []
        elif tag == "rPh" or (tag == "t" and self._within != "rPh"):
            self._within = tag

    def end(self, tag: str) -> None:
        if tag == "si":
            self.all.append(_unescaped("".join(self._pieces))[:LONGEST_CELL])
        elif tag == self._within:
            self._within = ""

    def text(self, text: str) -> None:
        if self._within == "t":
            self._pieces.append(text)


class _Worksheet:
    """One worksheet as its elements come: cells, hidden rows and columns, merges."""

    def __init__(
        self, budget: Budget, strings: list[str], looks: _Looks, *, epoch: datetime
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
        if of.get("hidden") in _TRUE or (of.get("customHeight") in _TRUE and _is_nought(of, "ht")):
            self.budget.hide()
            self.hidden_rows.add(self.row)

    def _column(self, of: dict[str, str]) -> None:
        if of.get("hidden") in _TRUE or _is_nought(of, "width"):
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
        self.kind, self.style = of.get("t", "n"), _whole(of.get("s"))
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
                number = _whole(text or None)
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
                return _unescaped(text)

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


def _whole(text: str | None) -> int:
    number = int(text or 0)
    if number < 0:
        raise ValueError
    return number


def _is_nought(of: dict[str, str], name: str) -> bool:
    return name in of and float(of[name]) == 0


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
