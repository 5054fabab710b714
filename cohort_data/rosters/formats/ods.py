"""Worksheets of an .ods (OpenDocument 1.3, part 3, clause 9), read as a stream.

Own code because no library tells hidden rows and columns without building the whole document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cohort_data.rosters.formats.limits import LONGEST_CELL, Budget
from cohort_data.rosters.formats.package import DamagedError
from cohort_data.rosters.sheet import MOST_COLUMNS, MOST_ROWS, Cell, Merge, Sheet, Value

if TYPE_CHECKING:
    from cohort_data.rosters.formats.package import Package

_CONTENT = "content.xml"
_NUMBERS = {"float", "currency", "percentage"}
_UNSEEN = {"collapse", "filter"}


def read_ods(package: Package, budget: Budget) -> tuple[Sheet, ...]:
    """Read every worksheet, hidden ones too.

    Raises:
        DamagedError: when the content is missing or broken.
        RosterError: when a limit is reached.
    """
    content = _Content(budget)
    package.parse(_CONTENT, content.start, content.end, content.text)
    if not content.sheets:
        raise DamagedError(_CONTENT)
    return tuple(content.sheets)


@dataclass
class _Table:
    """One table as far as it has come; positions count from 1, repeats are spelt out."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    row: int = 0
    column: int = 0
    columns: int = 0
    repeat: int = 1

    def sheet(self) -> Sheet:
        return Sheet(
            self.name,
            self.cells,
            tuple(self.merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.hidden,
        )


class _Content:
    """The document as its elements come."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.sheets: list[Sheet] = []
        self.unshown: set[str] = set()  # styles of tables that are not displayed
        self.style = ""
        self.tables: list[_Table] = []  # a cell may hold a table of its own
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[list[str]] = []
        self.inside = 0  # depth within a paragraph
        self.skipped = 0  # depth within a comment

    def start(self, tag: str, of: dict[str, str]) -> None:
        of = {name.rpartition(":")[2]: value for name, value in of.items()}
        if self.skipped or tag == "annotation":
            self.skipped += 1
        elif tag == "table":
            self.tables.append(_Table(of.get("name", ""), of.get("style-name") in self.unshown))
        elif tag == "style":
            self.style = of.get("name", "")
        elif tag == "table-properties" and of.get("display") == "false":
            self.unshown.add(self.style)
        elif len(self.tables) == 1:
            self._in_table(self.tables[0], tag, of)

    def end(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif tag == "table" and self.tables:
            table = self.tables.pop()
            if not self.tables:
                self.sheets.append(table.sheet())
        elif tag == "p" and self.inside:
            self.inside -= 1
        elif len(self.tables) == 1:
            self._end_in_table(self.tables[0], tag)

    def text(self, text: str) -> None:
        if self.inside and not self.skipped:
            self.paragraphs[-1].append(text)

    def _in_table(self, table: _Table, tag: str, of: dict[str, str]) -> None:
        if tag == "table-column":
            self._column(table, of)
        elif tag == "table-row":
            self._row(table, of)
        elif tag in ("table-cell", "covered-table-cell") and not self.inside:
            self.cell, self.paragraphs = of, []
        elif tag == "p" and self.cell is not None:
            self.paragraphs.append([])
            self.inside += 1
        elif tag in ("s", "tab", "line-break") and self.inside:
            blanks = min(_count(of, "c"), LONGEST_CELL) if tag == "s" else 1
            self.paragraphs[-1].append(" " * blanks if tag != "line-break" else "\n")

    def _end_in_table(self, table: _Table, tag: str) -> None:
        if tag in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._put(table, self.cell)
            self.cell = None
        elif tag == "table-row":
            table.row += table.repeat - 1

    def _column(self, table: _Table, of: dict[str, str]) -> None:
        first = table.columns + 1
        table.columns += _count(of, "number-columns-repeated")
        if of.get("visibility") in _UNSEEN:
            last = min(table.columns, MOST_COLUMNS)
            self.budget.hide(max(0, last - first + 1))
            table.hidden_columns.update(range(first, last + 1))

    def _row(self, table: _Table, of: dict[str, str]) -> None:
        table.row, table.column = table.row + 1, 0
        table.repeat = _count(of, "number-rows-repeated")
        last = table.row + table.repeat - 1
        if of.get("visibility") in _UNSEEN and last < MOST_ROWS:  # not the unused rows to the end
            self.budget.hide(table.repeat)
            table.hidden_rows.update(range(table.row, last + 1))

    def _put(self, table: _Table, of: dict[str, str]) -> None:
        first = table.column + 1
        repeat = _count(of, "number-columns-repeated")
        table.column += repeat
        down, across = _count(of, "number-rows-spanned"), _count(of, "number-columns-spanned")
        if down > 1 or across > 1:
            merge = Merge(table.row, first, table.row + down - 1, first + across - 1)
            self.budget.merge(merge)
            table.merges.append(merge)
        value = _value(of, "\n".join(map("".join, self.paragraphs)))
        if isinstance(value, str) and not value.strip():
            return
        self.budget.cell(value, repeat * table.repeat)
        if table.column > MOST_COLUMNS or table.row + table.repeat - 1 > MOST_ROWS:
            raise ValueError
        for row in range(table.row, table.row + table.repeat):
            for column in range(first, first + repeat):
                table.cells[row, column] = Cell(value)


def _count(of: dict[str, str], name: str) -> int:
    number = int(of.get(name, "1"))
    if number < 1:
        raise ValueError
    return number


def _value(of: dict[str, str], text: str) -> Value:
    kind = of.get("value-type", "")
    if "formula" in of:
        return "="
    if kind in _NUMBERS:
        number = float(of.get("value", ""))
        return int(number) if number.is_integer() else number
    if kind == "date":
        return datetime.fromisoformat(of.get("date-value", "")[:19])
    if kind == "boolean":
        return of.get("boolean-value") == "true"
    return (text or of.get("string-value", ""))[:LONGEST_CELL]
