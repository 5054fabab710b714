"""A cohort's figures for the Cục: from tidy tables to what may be printed, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vn_collate import collate_key

from grading.reports.checks import STATUSES, UNDECIDED, check_tables
from grading.reports.disclosure import MINIMUM, Cell, Group, merge, release
from grading.reports.figures import (
    AreaResult,
    CompetencyRow,
    Funnel,
    FunnelPoint,
    Mean,
    Outcome,
    Rate,
    histogram,
    mean,
    rate,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from grading.reports.model import Letterhead


REST = "Các cơ quan còn lại"


@dataclass(frozen=True, eq=False)
class CohortInput:
    """One sitting as the report needs it.

    Tables: ``trainees`` one row a person (trainee_id, agency, agency_type, attempt from 1,
    status); ``areas`` one row a person and area (share 0-1, NaN where not sat; cut and sem on
    the same scale; passed, or NA while undecided); ``competencies`` one row a person and
    competency (share 0-1, NaN where not sat). ``mandate`` is what the training rests on.
    """

    title: str
    mandate: str
    letterhead: Letterhead
    sitting_name: str
    policy_id: str
    trainees: pd.DataFrame
    areas: pd.DataFrame
    competencies: pd.DataFrame


@dataclass(frozen=True)
class CohortReport:
    """Everything that may be printed about a cohort; no person's row is left in it.

    First-takers stand apart from repeaters throughout: areas give both, competencies and
    agencies are over first-takers alone. ``types`` are agency types in Vietnamese order.
    """

    n: int
    agencies: int
    first: Outcome
    again: Outcome
    areas: tuple[AreaResult, ...]
    types: tuple[str, ...]
    competencies: tuple[CompetencyRow, ...]
    funnel: Funnel


class _Unit(NamedTuple):
    """An agency, or the small agencies of one type ``joined``."""

    joined: bool
    name: str


def summarise(data: CohortInput) -> CohortReport:
    """Compute what may be printed of ``data``.

    Raises:
        DecisionError: naming table, row and column of the first value that does not fit.
    """
    check_tables(trainees=data.trainees, areas=data.areas, competencies=data.competencies)
    people = data.trainees.assign(first=data.trainees["attempt"] == 1)
    scored = people.loc[people["status"] != "INVALID", ["trainee_id", "agency_type", "first"]]
    areas = data.areas.merge(scored, on="trainee_id")
    again = int((~people["first"]).sum())
    competencies = data.competencies.merge(scored[scored["first"]], on="trainee_id")
    names = data.areas.drop_duplicates("area").set_index("area")["area_name"]
    types = in_order(people["agency_type"].unique())
    return CohortReport(
        n=len(people),
        agencies=int(people["agency"].nunique()),
        first=_outcome(people[people["first"]]),
        again=_outcome(people[~people["first"]]),
        areas=tuple(
            _area(str(code), str(name), areas[areas["area"] == code], again)
            for code, name in names.items()
        ),
        types=tuple(types),
        competencies=_competencies(data.competencies, competencies, types),
        funnel=_funnel(people[people["first"] & people["status"].isin(["PASS", "FAIL"])]),
    )


def in_order(names: Iterable[object]) -> list[str]:
    """Names in Vietnamese collation."""
    return sorted((str(name) for name in names), key=collate_key)


def _outcome(people: pd.DataFrame) -> Outcome:
    counts = {status: int((people["status"] == status).sum()) for status in STATUSES}
    passing = rate(counts["PASS"], counts["PASS"] + counts["FAIL"])
    hidden = {"PASS", "FAIL"} if passing.passed is None and passing.n else set()
    # One integrity case among people who know each other is a person: only their sum is printed.
    if any(0 < counts[status] < MINIMUM for status in UNDECIDED):
        hidden |= set(UNDECIDED)
    shown = {status: None if status in hidden else n for status, n in counts.items()}
    return Outcome(n=len(people), statuses=shown, rate=passing)


def _area(code: str, name: str, rows: pd.DataFrame, again: int) -> AreaResult:
    # Whoever is under review within one SEM below the cut has a score and has not passed: left
    # out, the rate and the histogram would hide the very people that the band is drawn for.
    scored = rows[rows["share"].notna()]
    scored = scored.assign(passed=scored["passed"].astype("boolean").fillna(value=False))
    first, repeaters = _area_rate(scored[scored["first"]]), scored[~scored["first"]]
    hidden = again and not Cell(again, len(repeaters)).printable()
    cuts, sems = scored["cut"].dropna().astype(float), scored["sem"].dropna().astype(float)
    shares = scored.loc[scored["first"], "share"].astype(float).tolist()
    return AreaResult(
        code=code,
        name=name,
        first=first,
        again=None if hidden else _area_rate(repeaters),
        cut_low=float(cuts.min()) if len(cuts) else None,
        cut_high=float(cuts.max()) if len(cuts) else None,
        sem=float(sems.median()) if len(sems) else None,
        bins=histogram(shares, float(cuts.median())) if first.passed and len(cuts) else (),
    )


def _area_rate(scored: pd.DataFrame) -> Rate:
    return rate(int(scored["passed"].sum()), len(scored))


def _competencies(
    named: pd.DataFrame, rows: pd.DataFrame, types: list[str]
) -> tuple[CompetencyRow, ...]:
    sat = rows[rows["share"].notna()]
    return tuple(
        _competency(row, sat[sat["competency"] == row["competency"]], types)
        for _, row in named.drop_duplicates("competency").iterrows()
    )


def _competency(row: pd.Series, sat: pd.DataFrame, types: list[str]) -> CompetencyRow:
    shares = {name: sat.loc[sat["agency_type"] == name, "share"].astype(float) for name in types}
    cells = {name: Cell(len(values), float(values.sum())) for name, values in shares.items()}
    released = release(cells)
    alone = {g.units[0]: mean(g.cell) for g in released.groups if len(g.units) == 1}
    joined = [mean(g.cell) for g in released.groups if len(g.units) > 1]
    empty = {name: Mean(0, None) for name, cell in cells.items() if not cell.n}
    return CompetencyRow(
        code=str(row["competency"]),
        name=str(row["competency_name"]),
        area=str(row["area"]),
        total=mean(merge(cells.values())),
        cells=alone | empty,
        joined=joined[0] if joined else None,
    )


def _funnel(decided: pd.DataFrame) -> Funnel:
    small = decided.groupby("agency")["agency"].transform("size") < MINIMUM
    units: dict[_Unit, list[pd.DataFrame]] = {}
    # Small agencies are joined within their type first; sizes alone decide, never results.
    for (is_small, agency, kind), rows in decided.groupby([small, "agency", "agency_type"]):
        unit = _Unit(joined=bool(is_small), name=str(kind if is_small else agency))
        units.setdefault(unit, []).append(rows)
    cells = {
        unit: merge(Cell(len(rows), int((rows["status"] == "PASS").sum())) for rows in members)
        for unit, members in units.items()
    }
    points = [_point(group, units) for group in release(cells).groups]
    return Funnel(
        centre=rate(int((decided["status"] == "PASS").sum()), len(decided)),
        agencies=int(decided["agency"].nunique()),
        points=tuple(sorted(points, key=_by_name)),
    )


def _by_name(point: FunnelPoint) -> tuple[bool, bool, object]:
    joined = point.agencies > 1
    return joined, point.label.startswith(REST), collate_key(point.label)


def _point(group: Group[_Unit], members: dict[_Unit, list[pd.DataFrame]]) -> FunnelPoint:
    names = tuple(str(rows["agency"].iloc[0]) for unit in group.units for rows in members[unit])
    agencies, unit = len(names), group.units[0]
    name = unit.name if len(group.units) == 1 else REST
    label = f"{name} (gộp {agencies} cơ quan)" if agencies > 1 else name
    return FunnelPoint(label, agencies, rate(int(group.cell.amount), group.cell.n), names)
