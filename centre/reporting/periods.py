"""The report of a half year or a year, across the sittings that closed in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

import pandas as pd

from centre.accounts.permissions import require
from centre.decisions.decide import content_of, latest
from centre.reporting.letterhead import letterhead
from centre.reporting.marked import form_name, marked_forms
from centre.reporting.publishing import Contents, Edition
from centre.sittings.models import SittingRecord
from centre.sittings.sitting import Sitting
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import MeasurementError, SittingError
from grading.reports.disclosure import Cell
from grading.reports.period import Held, PeriodInput, period_report
from grading.reports.period_figures import period_facts, period_figures
from grading.reports.trend import Raw, TrendPoint, trend_figures, trend_scores, without
from grading.reports.wording import withheld
from grading.statistics.linear_equating import anchored, tucker

if TYPE_CHECKING:
    from collections.abc import Collection

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from grading.reports.items import FormData
    from grading.statistics.linear_equating import AnchoredForm

_PERIOD = re.compile(r"(\d{4})(?:-([12]))?")
_ANCHORS = 2  # common items without which nothing can be equated


@dataclass(frozen=True)
class Period:
    """A year, or one of its halves; ``until`` is the day after it."""

    code: str
    label: str
    since: date
    until: date


def read_period(code: str) -> Period:
    """``2026`` is a year, ``2026-1`` and ``2026-2`` its halves.

    Raises:
        SittingError: for anything else.
    """
    found = _PERIOD.fullmatch(code)
    if found is None or not date.min.year <= int(found[1]) < date.max.year:
        raise SittingError(f"kỳ báo cáo “{code}” không đọc được; ghi 2026, 2026-1 hoặc 2026-2")
    year, half = int(found[1]), found[2]
    first, middle, after = date(year, 1, 1), date(year, 7, 1), date(year + 1, 1, 1)
    if half == "1":
        return Period(code, f"6 tháng đầu năm {year}", first, middle)
    if half == "2":
        return Period(code, f"6 tháng cuối năm {year}", middle, after)
    return Period(code, f"năm {year}", first, after)


def period_edition(actor: Actor, centre: Centre, code: str, now: datetime) -> Edition:
    """The report of the period called ``code``.

    Raises:
        SittingError: when it cannot be read, or no sitting with decisions closed in it.
        DeniedError: when the actor may not report.
    """
    require(actor, "report.write")
    period = read_period(code)
    held = [one for one in _held(centre, period) if latest(one)]
    if not held:
        raise SittingError(f"{period.label}: không có kỳ sát hạch nào đã có quyết định")
    rows = [row for one in held for row in _people(one)]
    told = PeriodInput(
        letterhead=letterhead(centre, now),
        label=period.label,
        policy_ids=tuple(sorted({one.policy.id for one in held})),
        sittings=tuple(Held(one.code, one.record.name, _closed(one)) for one in held),
        people=pd.DataFrame(rows).set_index("enrolment"),
        trend=tuple(_trend(held)),
    )
    return _without(told, period.code, frozenset())


def _without(told: PeriodInput, code: str, keys: Collection[str]) -> Edition:
    shown = replace(told, trend=tuple(without(told.trend, keys)))
    contents = Contents(
        (*period_figures(told.people, keys), *trend_figures(shown.trend)),
        period_facts(told.people),
        trend_scores(told.trend),
        lambda more: _without(told, code, {*keys, *more}),
    )
    return Edition(period_report(shown, keys), code, "period", contents=contents)


def _held(centre: Centre, period: Period) -> list[Sitting]:
    since, until = (datetime.combine(day, time(), VIETNAM) for day in (period.since, period.until))
    found = SittingRecord.objects.filter(closes__gte=since, closes__lt=until)
    return [Sitting(centre, record) for record in found.order_by("closes")]


def _closed(sitting: Sitting) -> date:
    return sitting.record.closes.astimezone(VIETNAM).date()


def _people(sitting: Sitting) -> list[dict[str, object]]:
    return [
        {
            "enrolment": str(decision.enrolment_id),
            "sitting": sitting.code,
            "agency": decision.enrolment.agency.name,
            "agency_type": decision.enrolment.agency.kind,
            "province": decision.enrolment.agency.province,
            "unit_model": decision.enrolment.agency.unit_model,
            "attempt": content_of(decision)["attempt"],
            "status": decision.status,
        }
        for decision in latest(sitting)
    ]


def _trend(held: list[Sitting]) -> list[TrendPoint]:
    """Means of each paper's first form, each on the scale of the form before it."""
    if len(held) < 2:  # noqa: PLR2004 — nothing to compare with
        return []
    points: list[TrendPoint] = []
    marked = {one.code: {form.code: form for form in _of_first_takers(one)} for one in held}
    for paper in sorted({code for forms in marked.values() for code in forms}):
        forms = [(one, marked[one.code][paper]) for one in held if paper in marked[one.code]]
        points += _of_paper(paper, forms)
    return points


def _of_first_takers(sitting: Sitting) -> list[FormData]:
    """The forms' marks by enrolment."""
    decided = [one for one in latest(sitting) if content_of(one)["attempt"] == 1]
    first = {one.enrolment.candidate: str(one.enrolment_id) for one in decided}
    return [
        replace(form, scores=form.scores[form.scores.index.isin(first)].rename(index=first))
        for form in marked_forms(sitting)
    ]


def _of_paper(paper: str, forms: list[tuple[Sitting, FormData]]) -> list[TrendPoint]:
    sitting, first = forms[0]
    points, slope, intercept = [_raw(sitting, paper, first)], 1.0, 0.0
    for (_, old), (sitting, new) in pairwise(forms):
        try:
            found = tucker(*_anchored(new, old))
        except MeasurementError as error:
            n = len(_totals(new))
            points.append(TrendPoint(sitting.record.name, paper, n, None, None, error.message))
            return points  # what follows has no scale to stand on
        slope, intercept = slope * found.slope, intercept + slope * found.intercept
        points.append(_equated(sitting, paper, new, slope, intercept))
    return points


def _totals(form: FormData) -> pd.Series[float]:
    return form.scores.dropna().sum(axis=1)


def _raw(sitting: Sitting, paper: str, form: FormData) -> TrendPoint:
    return _equated(sitting, paper, form, 1.0, 0.0, "thang gốc")


def _equated(
    sitting: Sitting,
    paper: str,
    form: FormData,
    slope: float,
    intercept: float,
    method: str = "Tucker, câu chung",
) -> TrendPoint:
    totals, highest = _totals(form), sum(asked.points for asked in form.asked)
    shares = (totals * slope + intercept) / highest
    n, name = len(shares), sitting.record.name
    if not Cell(n, float(shares.sum())).printable():
        return TrendPoint(name, paper, n, None, None, withheld(n))
    mean, se = float(shares.mean()), float(shares.std()) / sqrt(n)
    raw = {str(enrolment): float(total) / highest for enrolment, total in totals.items()}
    told = Raw(form_name(sitting, paper), raw, slope)
    return TrendPoint(name, paper, n, mean, se, method, told)


def _anchored(new: FormData, old: FormData) -> tuple[AnchoredForm, AnchoredForm]:
    common = sorted({a.id for a in new.asked} & {a.id for a in old.asked})
    if len(common) < _ANCHORS:
        raise MeasurementError(f"hai đề có {len(common)} câu chung; cần từ {_ANCHORS}")
    return _moments(new, common), _moments(old, common)


def _moments(form: FormData, common: list[str]) -> AnchoredForm:
    marks = form.scores.dropna()
    totals = {"total": marks.sum(axis=1), "anchor": marks[common].sum(axis=1)}
    return anchored(pd.DataFrame(totals))
