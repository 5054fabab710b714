"""Which figures of a table may be printed without telling anybody's result.

One CIO an agency means that an agency is a person. So a figure is printed only over at least
``MINIMUM`` people, and never when it says that everybody, or nobody, got there. A table whose
total is printed gives back whatever is missing from it, so:

1. units are joined **by their sizes alone** (sizes are public, results are not), and the joined
   units always number at least ``MINIMUM`` people and two units: when the small ones are too few,
   the smallest of the others is joined to them (the complementary cell);
2. if any group so formed would print 0 % or 100 %, no group of that table is printed, only the
   total. Hiding that one group and a neighbour would be undone by whoever knows this rule.

What is printed then leaves every unprinted unit at least two possible values, even to a reader
who knows every size and this procedure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MINIMUM = 10

UnitT = TypeVar("UnitT", bound=Any)  # hashable and ordered: ties in size go by the unit itself


def half_up(value: float, digits: int) -> Decimal:
    """Round half up, as marks and shares are rounded for print (``round`` is half-even)."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@dataclass(frozen=True)
class Cell:
    """``amount`` reached by ``n`` people: a count of people or a sum of shares, 0 to ``n``."""

    n: int
    amount: float

    def printable(self, minimum: int = MINIMUM) -> bool:
        """Whether ``amount / n`` may be printed, to a tenth of a per cent."""
        return self.n >= minimum and 0 < half_up(self.amount / self.n, 3) < 1


@dataclass(frozen=True)
class Group(Generic[UnitT]):
    """Units printed as one, in their own order."""

    units: tuple[UnitT, ...]
    cell: Cell


@dataclass(frozen=True)
class Release(Generic[UnitT]):
    """What may be printed of units and their total; ``total`` is None when not even that may."""

    total: Cell | None
    groups: tuple[Group[UnitT], ...]


def merge(cells: Iterable[Cell]) -> Cell:
    """All people of ``cells`` together."""
    kept = list(cells)
    return Cell(sum(cell.n for cell in kept), sum(cell.amount for cell in kept))


def partition(sizes: Mapping[UnitT, int], minimum: int = MINIMUM) -> list[tuple[UnitT, ...]]:
    """Split units into groups of at least ``minimum`` people, looking at sizes alone.

    Units of ``minimum`` people stand alone, the others are joined, and with them the smallest
    large unit when they are too few. Units of size 0 belong nowhere; an empty list means that
    there are fewer than ``minimum`` people.
    """
    ordered = sorted((size, unit) for unit, size in sizes.items() if size)
    small = [unit for size, unit in ordered if size < minimum]
    large = [unit for size, unit in ordered if size >= minimum]
    if small and sum(sizes[unit] for unit in small) < minimum:
        if not large:
            return []
        small.append(large.pop(0))
    return [(unit,) for unit in sorted(large)] + ([tuple(sorted(small))] if small else [])


def release(cells: Mapping[UnitT, Cell], minimum: int = MINIMUM) -> Release[UnitT]:
    """Decide what may be printed of ``cells`` and of their total."""
    total = merge(cells.values())
    if not total.printable(minimum):
        return Release(total=None, groups=())
    units = partition({unit: cell.n for unit, cell in cells.items()}, minimum)
    groups = tuple(Group(names, merge(cells[name] for name in names)) for names in units)
    alone = len(groups) == 1 and len(groups[0].units) > 1
    if alone or not all(group.cell.printable(minimum) for group in groups):
        groups = ()
    return Release(total=total, groups=groups)
