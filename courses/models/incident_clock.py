"""When an incident is told: the hours of offices against the clock of the law.

The law's clock runs from the discovery through nights and weekends. Work waits for somebody:
whoever keeps office hours goes on only in them, whoever is on duty at any hour. A step begins
when the one before it ends. Minutes of steps are illustrative; public holidays are left out.

Limits: 24 hours for the first notice and 72 hours for the report of a serious incident to the
Ministry of Public Security (NĐ 331/2026/NĐ-CP, Điều 31 khoản 2 điểm d), 72 hours where personal
data are hurt (Luật 91/2025/QH15, Điều 23), all from the discovery.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTICE_LIMIT, REPORT_LIMIT = 24, 72  # hours
_SITTINGS = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))
_SATURDAY = 5

CONFIRM, FIRST_DRAFT, SIGN = 30, 20, 15
"""Minutes to be sure that there is an incident, to write its first notice, to sign a paper."""


@dataclass(frozen=True)
class Step:
    """A step: its minutes, and whether whoever does it keeps office hours."""

    name: str
    minutes: int
    office_only: bool


@dataclass(frozen=True)
class Way:
    """How an office handles an incident.

    ``verify`` and ``draft`` are the minutes to find out what happened and to write it down.
    ``on_duty``: technicians work at any hour. ``authorised``: somebody authorised in writing may
    sign at any hour, else the head signs in office hours. ``notice_first``: the first notice goes
    out before the incident has been looked into.

    Raises:
        ContentError: unless the minutes are positive.
    """

    verify: int = 180
    draft: int = 45
    on_duty: bool = False
    authorised: bool = False
    notice_first: bool = False

    def __post_init__(self) -> None:
        if self.verify <= 0 or self.draft <= 0:
            raise ContentError("số phút phải lớn hơn 0")


@dataclass(frozen=True)
class Told:
    """When notice and report were sent, and how many hours after the discovery that was."""

    found: datetime
    notice: datetime
    report: datetime

    @property
    def notice_hours(self) -> float:
        """Hours from the discovery to the first notice."""
        return (self.notice - self.found) / timedelta(hours=1)

    @property
    def report_hours(self) -> float:
        """Hours from the discovery to the report."""
        return (self.report - self.found) / timedelta(hours=1)


def finished(begins: datetime, steps: Iterable[Step]) -> datetime:
    """When the last of ``steps`` ends, each beginning at the end of the one before."""
    for step in steps:
        work = timedelta(minutes=step.minutes)
        begins = in_office_hours(begins, work) if step.office_only else begins + work
    return begins


def in_office_hours(begins: datetime, work: timedelta) -> datetime:
    """When ``work`` is done by somebody who works in office hours alone, from ``begins`` on."""
    day = begins.date()
    while True:
        for opens, closes in _sittings(day):
            at = max(begins, opens)
            if at < closes:
                if work <= closes - at:
                    return at + work
                work -= closes - at
        day += timedelta(days=1)


def _sittings(day: date) -> list[tuple[datetime, datetime]]:
    if day.weekday() >= _SATURDAY:
        return []
    return [(datetime.combine(day, a), datetime.combine(day, b)) for a, b in _SITTINGS]


def told(found: datetime, way: Way) -> Told:
    """When notice and report of an incident found at ``found`` go out.

    Without a first notice the report is the first that anybody hears.
    """
    technical, signature = not way.on_duty, Step("ký", SIGN, office_only=not way.authorised)
    if not way.notice_first:
        sent = finished(found, (*_report(way.verify, way.draft, office_only=technical), signature))
        return Told(found, sent, sent)
    first = (
        Step("xác nhận có sự cố", CONFIRM, technical),
        Step("viết thông báo ban đầu", FIRST_DRAFT, technical),
        signature,
    )
    notice = finished(found, first)
    rest = _report(max(0, way.verify - CONFIRM), way.draft, office_only=technical)
    return Told(found, notice, finished(notice, (*rest, signature)))


def _report(verify: int, draft: int, *, office_only: bool) -> tuple[Step, Step]:
    return Step("xác minh", verify, office_only), Step("viết báo cáo", draft, office_only)


FOUND = datetime(2026, 11, 13, 15, 30)  # noqa: DTZ001 - the clock on the wall of one office
"""The simulated discovery of the lesson: half past three on a Friday afternoon."""
WAYS = {
    "Xác minh xong mới báo, giờ hành chính": Way(),
    "Nhóm kỹ thuật làm suốt đêm, thủ trưởng ký trong giờ hành chính": Way(on_duty=True),
    "Nhóm kỹ thuật làm suốt đêm, có người được uỷ quyền ký": Way(on_duty=True, authorised=True),
    "Báo ban đầu trước, giờ hành chính": Way(notice_first=True),
    "Báo ban đầu trước, trực và có người được uỷ quyền ký": Way(
        on_duty=True, authorised=True, notice_first=True
    ),
}
"""The ways that the lesson compares (dữ liệu mô phỏng)."""
