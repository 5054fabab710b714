"""What a cohort report gives away, figure by figure, and the report without some of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grading.disclosure.people import DECIDED, Figure
from grading.reports.checks import STATUSES, UNDECIDED
from grading.reports.cohort_means import mean_figures
from grading.reports.figures import Mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pandas as pd

    from grading.disclosure.people import People
    from grading.reports.cohort import CohortInput, CohortReport
    from grading.reports.figures import AreaResult, CompetencyRow, FunnelPoint, Outcome, Rate

_FIRST, _AGAIN = "người thi lần đầu", "người thi lại"


def status_facts(people: Mapping[str, str]) -> dict[str, People]:
    """By status, and of all decided, who they are; ``people`` have a status each."""
    found = {s: frozenset(p for p, its in people.items() if its == s) for s in STATUSES}
    return {**found, DECIDED: found["PASS"] | found["FAIL"]}


def cohort_facts(data: CohortInput, report: CohortReport) -> dict[str, People]:
    """Of whom everything was true that the report counts, by trainee."""
    people = data.trainees.set_index("trainee_id")["status"]
    facts = status_facts({str(name): str(status) for name, status in people.items()})
    scored = data.areas[data.areas["share"].notna()]
    scored = scored[~scored["trainee_id"].isin(facts["INVALID"])]
    for area in report.areas:
        rows = scored[scored["area"] == area.code]
        facts[f"scored:{area.code}"] = _names(rows)
        facts[f"passed:{area.code}"] = _names(rows[rows["passed"].fillna(value=False).astype(bool)])
        for bar in area.bins:
            top = (bar.high == 1) & (rows["share"] == 1)
            inside = (rows["share"] >= bar.low) & ((rows["share"] < bar.high) | top)
            facts[f"in:{area.code}:{bar.low}:{bar.high}"] = _names(rows[inside])
    return facts


def _names(rows: pd.DataFrame) -> People:
    return frozenset(map(str, rows["trainee_id"]))


def cohort_figures(data: CohortInput, report: CohortReport) -> tuple[Figure, ...]:
    """Every count of people that is printed, or follows from what is; and every mean."""
    first = data.trainees[data.trainees["attempt"] == 1]
    again = _names(data.trainees) - _names(first)
    return (
        *_of_outcome("first", _FIRST, _names(first), report.first),
        *_of_outcome("again", _AGAIN, again, report.again),
        *(f for area in report.areas for f in _of_area(area, _names(first), again)),
        *(f for point in report.funnel.points for f in _of_point(point, first)),
        *mean_figures(data, report),
    )


def _of_outcome(key: str, group: str, who: People, told: Outcome) -> Iterator[Figure]:
    if not who:
        return
    table = "Số người theo kết quả"
    yield Figure("", table, group, who, DECIDED, told.rate.n, told.rate.n)
    if told.rate.passed is not None:
        passed = told.rate.passed
        yield Figure(f"{key}:PASS", table, group, who, "PASS", passed, passed)
    for status in UNDECIDED:
        if (n := told.statuses[status]) is not None:
            yield Figure(f"{key}:undecided", table, group, who, status, n, n)


def _of_area(area: AreaResult, first: People, again: People) -> Iterator[Figure]:
    table = "Tỷ lệ đạt theo lĩnh vực"
    told = (("first", _FIRST, first, area.first), ("again", _AGAIN, again, area.again))
    if first:
        n = area.first.n
        yield Figure("", table, _FIRST, first, f"scored:{area.code}", n, n)
    for key, group, who, rate in told:
        if rate and rate.passed is not None:
            ends = (rate.passed, rate.passed)
            yield Figure(f"area:{area.code}:{key}", table, group, who, f"passed:{area.code}", *ends)
    for bar in area.bins:
        fact = f"in:{area.code}:{bar.low}:{bar.high}"
        yield Figure(f"area:{area.code}:bins", "Phân bố điểm", _FIRST, first, fact, bar.n, bar.n)


def _of_point(point: FunnelPoint, first: pd.DataFrame) -> Iterator[Figure]:
    table, who = "Tỷ lệ đạt theo cơ quan", _names(first[first["agency"].isin(point.members)])
    yield Figure("", table, point.label, who, DECIDED, point.rate.n, point.rate.n)
    if point.rate.passed is not None:
        ends = (point.rate.passed, point.rate.passed)
        yield Figure(_of_agencies(point), table, point.label, who, "PASS", *ends)


def _of_agencies(point: FunnelPoint) -> str:
    return f"agencies:{point.label}"


def resit_figures(report: CohortReport, kept: Mapping[str, People]) -> Iterator[Figure]:
    """How many sit an area again, as what it says of them before: who passed it then.

    ``kept`` are the areas that each had passed, by what they were called at that time.
    """
    who = frozenset(kept)
    for area in report.areas:
        if who and area.again is not None:
            n = sum(area.code in areas for areas in kept.values())
            key, fact = f"area:{area.code}:again:n", f"passed:{area.code}"
            yield Figure(
                key, "Tỷ lệ đạt theo lĩnh vực", f"{_AGAIN}, lần thi trước", who, fact, n, n
            )


def resit_facts(facts: Mapping[str, People], kept: Mapping[str, People]) -> dict[str, People]:
    """``facts`` with what was true, before, of whoever sits again."""
    found = dict(facts)
    for fact in ("FAIL", DECIDED):
        found[fact] |= frozenset(kept)
    for code in frozenset().union(*kept.values()):
        passed = frozenset(one for one, areas in kept.items() if code in areas)
        found[f"passed:{code}"] = found.get(f"passed:{code}", frozenset()) | passed
    return found


def without(report: CohortReport, keys: Collection[str]) -> CohortReport:
    """The report with the figures of these keys left out, and whatever would give them back."""
    centre = _silence(report.funnel.centre)
    points = tuple(_silent(p) if _of_agencies(p) in keys else p for p in report.funnel.points)
    return replace(
        report,
        first=_outcome("first", report.first, keys),
        again=_outcome("again", report.again, keys),
        areas=tuple(_area(area, keys) for area in report.areas),
        competencies=tuple(_competency(row, keys) for row in report.competencies),
        funnel=replace(
            report.funnel,
            centre=centre if "first:PASS" in keys else report.funnel.centre,
            points=points,
        ),
    )


def _outcome(key: str, told: Outcome, keys: Collection[str]) -> Outcome:
    hidden = {"PASS", "FAIL"} if f"{key}:PASS" in keys else set()
    rate = _silence(told.rate) if hidden else told.rate
    hidden |= set(UNDECIDED) if f"{key}:undecided" in keys else set()
    statuses = {s: None if s in hidden else n for s, n in told.statuses.items()}
    return replace(told, rate=rate, statuses=statuses)


def _area(area: AreaResult, keys: Collection[str]) -> AreaResult:
    first, again = (f"area:{area.code}:{key}" for key in ("first", "again"))
    # The distribution is split at the cut: it tells how many passed.
    cut = first in keys or f"area:{area.code}:bins" in keys
    told = area.again and (_silence(area.again) if again in keys else area.again)
    return replace(
        area,
        first=_silence(area.first) if first in keys else area.first,
        again=None if f"{again}:n" in keys else told,
        bins=() if cut else area.bins,
    )


def _competency(row: CompetencyRow, keys: Collection[str]) -> CompetencyRow:
    """Without a mean over all types; or over any, since the others and all would give it back."""
    everybody = f"means:{row.area}:all" in keys
    if not everybody and f"means:{row.area}" not in keys:
        return row
    cells = {kind: mean for kind, mean in row.cells.items() if not mean.n}
    total = Mean(row.total.n, None) if everybody else row.total
    return replace(row, cells=cells, joined=None, total=total)


def _silent(point: FunnelPoint) -> FunnelPoint:
    return replace(point, rate=_silence(point.rate))


def _silence(rate: Rate) -> Rate:
    return replace(rate, passed=None)
