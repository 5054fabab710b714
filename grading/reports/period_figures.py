"""What a period report counts, line by line, and what each line gives away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grading.disclosure.people import DECIDED, Figure
from grading.reports.cohort import in_order
from grading.reports.cohort_figures import status_facts
from grading.reports.disclosure import Cell, release
from grading.reports.figures import Rate, rate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

    from grading.disclosure.people import People

CUC, OTHER, UNKNOWN = "Đơn vị là Cục", "Đơn vị khác", "Chưa rõ mô hình"
COLUMNS = {
    "agency_type": "loại cơ quan",
    "province": "tỉnh, thành phố",
    "model": "mô hình đơn vị",
}
OVERALL = {"first": "Thi lần đầu", "again": "Thi lại"}


@dataclass(frozen=True)
class Line:
    """A line of a table: the units it is over, and its rate; ``rate`` None when they are joined.

    ``key`` names what is left out when it would tell.
    """

    key: str
    units: tuple[str, ...]
    n: int
    rate: Rate | None


def unit_model(told: str) -> str:
    """Whether the unit of an agency is a Cục, as its row says."""
    if not told.strip():
        return UNKNOWN
    return CUC if told.strip().casefold().startswith("cục") else OTHER


def decided_rate(people: pd.DataFrame) -> Rate:
    """PASS among PASS and FAIL."""
    decided = people["status"].isin(["PASS", "FAIL"])
    return rate(int((people["status"] == "PASS").sum()), int(decided.sum()))


def overall(people: pd.DataFrame, withheld: Collection[str]) -> dict[str, Rate]:
    """The rates of those who sit for the first time and of those who sit again."""
    parts = {"first": people["attempt"] == 1, "again": people["attempt"] > 1}
    return {
        key: _silenced(decided_rate(people[chosen]), f"{key}:PASS", withheld)
        for key, chosen in parts.items()
    }


def named(first: pd.DataFrame, column: str) -> pd.Series[str]:
    """The unit of each person by one column."""
    told = first["unit_model"].map(unit_model) if column == "model" else first[column]
    return told.replace("", "Chưa ghi")


def lines(first: pd.DataFrame, column: str, withheld: Collection[str]) -> list[Line]:
    """The lines of one table of first-takers: every unit, then those joined."""
    decided = first[first["status"].isin(["PASS", "FAIL"])]
    units = named(decided, column)
    cells = {
        name: Cell(
            int((units == name).sum()), int((decided[units == name]["status"] == "PASS").sum())
        )
        for name in in_order(units.unique())
    }
    groups = release(cells).groups
    alone = {g.units[0] for g in groups if len(g.units) == 1}
    found = [_line(column, (name,), cell, withheld) for name, cell in cells.items()]
    found = [one if one.units[0] in alone else _joined(one) for one in found]
    more = [_line(column, tuple(g.units), g.cell, withheld) for g in groups if len(g.units) > 1]
    return found + more


def _line(column: str, units: tuple[str, ...], cell: Cell, withheld: Collection[str]) -> Line:
    key = f"{column}:{'; '.join(units)}"
    return Line(key, units, cell.n, _silenced(rate(int(cell.amount), cell.n), key, withheld))


def _joined(line: Line) -> Line:
    return Line(line.key, line.units, line.n, None)


def _silenced(told: Rate, key: str, withheld: Collection[str]) -> Rate:
    return Rate(told.n, None) if key in withheld else told


def period_facts(people: pd.DataFrame) -> dict[str, People]:
    """Who has each status, by the names of the rows."""
    return status_facts({str(name): str(status) for name, status in people["status"].items()})


def period_figures(people: pd.DataFrame, withheld: Collection[str]) -> Iterator[Figure]:
    """Every count of people that is printed, by the names of the rows."""
    first = people[people["attempt"] == 1]
    rates = overall(people, withheld)
    for key, rows in (("first", first), ("again", people[people["attempt"] > 1])):
        yield from _figures(
            f"{key}:PASS", "Tỷ lệ đạt trong kỳ báo cáo", OVERALL[key], _names(rows), rates[key]
        )
    for column, words in COLUMNS.items():
        units = named(first, column)
        for line in lines(first, column, withheld):
            who, group = _names(first[units.isin(line.units)]), "; ".join(line.units)
            told = line.rate or Rate(line.n, None)
            yield from _figures(line.key, f"Tỷ lệ đạt theo {words}", group, who, told)


def _names(rows: pd.DataFrame) -> People:
    return frozenset(map(str, rows.index))


def _figures(key: str, table: str, group: str, who: People, told: Rate) -> Iterator[Figure]:
    if not who:
        return
    yield Figure("", table, group, who, DECIDED, told.n, told.n)
    if told.passed is not None:
        yield Figure(key, table, group, who, "PASS", told.passed, told.passed)
