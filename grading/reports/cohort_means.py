"""What the mean scores of a cohort report give away: of scores, and of who passed an area."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from grading.disclosure.people import Figure
from grading.disclosure.sums import FULL
from grading.reports.disclosure import half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from grading.disclosure.people import People
    from grading.reports.cohort import CohortInput, CohortReport
    from grading.reports.figures import CompetencyRow, Mean

TABLE = "Điểm trung bình theo năng lực và loại cơ quan"
PRINTED = 0.0005  # half of the last digit of a mean in per cent


def scores(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares of the scale by person, as sums count them."""
    return {person: round(share * FULL) for person, share in shares.items()}


def about(mean: float, n: int, reach: float = PRINTED) -> tuple[int, int]:
    """Between what the scores of ``n`` people add up to, whose mean is printed as this one."""
    shown = float(half_up(mean, 3))
    ends = floor((shown - reach) * n * FULL) - n, ceil((shown + reach) * n * FULL) + n
    return max(0, ends[0]), min(FULL * n, ends[1])


def competency_scores(data: CohortInput) -> dict[str, dict[str, int]]:
    """Everybody's score in each competency, by what its sums are called."""
    rows = _of_first(data, data.competencies)
    return {
        f"sum:{code}": scores(dict(zip(its["trainee_id"].map(str), its["share"], strict=True)))
        for code, its in rows.groupby("competency")
    }


def mean_figures(data: CohortInput, report: CohortReport) -> Iterator[Figure]:
    """Every printed mean, and how many passed an area as its competencies' means tell."""
    rows = _of_first(data, data.competencies)
    for row in report.competencies:
        its = rows[rows["competency"] == row.code]
        for kinds, mean in _printed(row, report.types).items():
            who = _names(its[its["agency_type"].isin(kinds)])
            key = _key(row.area, kinds, report.types)
            ends = about(mean.value or 0.0, mean.n)
            yield Figure(key, TABLE, _called(kinds, report.types), who, f"sum:{row.code}", *ends)
    for area in report.areas:
        of_area = [_printed(r, report.types) for r in report.competencies if r.area == area.code]
        everywhere = set(of_area[0]).intersection(*of_area) if of_area else set()
        rows = _of_first(data, data.areas[data.areas["area"] == area.code])
        for kinds in sorted(everywhere):
            its = rows[rows["agency_type"].isin(kinds)]
            yield from _passes(its, area.code, kinds, report.types)


def _printed(row: CompetencyRow, types: tuple[str, ...]) -> dict[tuple[str, ...], Mean]:
    """The means of a row by the types that they are over."""
    joined = tuple(kind for kind in types if kind not in row.cells)
    told: dict[tuple[str, ...], Mean] = {(kind,): mean for kind, mean in row.cells.items()}
    told |= {joined: row.joined} if row.joined else {}
    told[types] = row.total
    return {kinds: mean for kinds, mean in told.items() if mean.value is not None}


def _passes(
    rows: pd.DataFrame, area: str, kinds: tuple[str, ...], types: tuple[str, ...]
) -> Iterator[Figure]:
    """Who failed is below the cut, so a mean near the top leaves room for few who did.

    The outsider is taken to know how the competencies weigh in the area.
    """
    n, passed = len(rows), int(rows["passed"].fillna(value=False).astype(bool).sum())
    if not n or not 0 < rows["cut"].min() <= rows["cut"].max() < 1:
        return
    total, reach = float(rows["share"].sum()), n * PRINTED
    failed = floor((n - total + reach) / (1 - rows["cut"].max()))
    # A floor may fail who reached the cut, so a truth outside is what nobody can work out.
    low = min(max(0, n - failed), passed)
    high = max(floor((total + reach) / rows["cut"].min()), passed)
    if low or high < n:
        key, group = _key(area, kinds, types), _called(kinds, types)
        yield Figure(key, TABLE, group, _names(rows), f"passed:{area}", low, min(n, high))


def _key(area: str, kinds: tuple[str, ...], types: tuple[str, ...]) -> str:
    return f"means:{area}:all" if kinds == types else f"means:{area}"


def _called(kinds: tuple[str, ...], types: tuple[str, ...]) -> str:
    return "người thi lần đầu" if kinds == types else "; ".join(kinds)


def _of_first(data: CohortInput, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a score of those who sit for the first time, with their types."""
    people = data.trainees[(data.trainees["attempt"] == 1) & (data.trainees["status"] != "INVALID")]
    return rows[rows["share"].notna()].merge(people[["trainee_id", "agency_type"]], on="trainee_id")


def _names(rows: pd.DataFrame) -> People:
    return frozenset(map(str, rows["trainee_id"]))
