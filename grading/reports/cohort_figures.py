"""What a cohort report gives away, figure by figure, and the report without some of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grading.disclosure.people import DECIDED, Figure
from grading.reports.checks import STATUSES, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pandas as pd

    from grading.disclosure.people import People
    from grading.reports.cohort import CohortInput, CohortReport
    from grading.reports.figures import AreaResult, FunnelPoint, Outcome, Rate

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
    """Every count of people that is printed, or follows from what is."""
    first = data.trainees[data.trainees["attempt"] == 1]
    again = _names(data.trainees) - _names(first)
    return (
        *_of_outcome("first", _FIRST, _names(first), report.first),
        *_of_outcome("again", _AGAIN, again, report.again),
        *(f for area in report.areas for f in _of_area(area, _names(first), again)),
        *(f for point in report.funnel.points for f in _of_point(point, first)),
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
    for key, group, who, rate in told:
        if who:
            yield Figure("", table, group, who, f"scored:{area.code}", rate.n, rate.n)
        if rate.passed is not None:
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


def without(report: CohortReport, keys: Collection[str]) -> CohortReport:
    """The report with the figures of these keys left out, and whatever would give them back."""
    centre = _silence(report.funnel.centre)
    points = tuple(_silent(p) if _of_agencies(p) in keys else p for p in report.funnel.points)
    return replace(
        report,
        first=_outcome("first", report.first, keys),
        again=_outcome("again", report.again, keys),
        areas=tuple(_area(area, keys) for area in report.areas),
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
    return replace(
        area,
        first=_silence(area.first) if first in keys else area.first,
        again=_silence(area.again) if again in keys else area.again,
        bins=() if cut else area.bins,
    )


def _silent(point: FunnelPoint) -> FunnelPoint:
    return replace(point, rate=_silence(point.rate))


def _silence(rate: Rate) -> Rate:
    return replace(rate, passed=None)
