"""What every file format is read into: sparse sheets of values; nothing is evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | float | date | bool

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a worksheet, in any program


class Cell(NamedTuple):
    """A value that is there, and the font it is shown in where that may matter."""

    value: Value
    font: str | None = None


class Merge(NamedTuple):
    """A merged range; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """The filled cells of one worksheet by (row, column), both counted from 1.

    ``hidden_rows`` (by hand, by a filter, by a folded group) and ``hidden_columns`` are those
    that nobody who opens the file sees; ``hidden`` says so of the whole sheet.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
