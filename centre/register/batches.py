"""What the register's numbers tell: how many of all who were decided on have a certificate.

The last number of a day stands on a certificate; it counts those of the year up to that day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from centre.decisions.models import Decision
from centre.register.models import Entry
from courses.foundation.dates import VIETNAM, padded_date
from grading.certification.decision import Status
from grading.disclosure.people import DECIDED, ENTERED, Figure, Told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from grading.disclosure.people import People

REGISTER = "register"


def entries() -> int:
    """How many numbers have been given."""
    return Entry.objects.exclude(entry_number=None).count()


def batches() -> list[Told]:
    """The register as it stood at the end of each day with an entry."""
    decided = _decided()
    days: defaultdict[date, set[str]] = defaultdict(set)
    for on, enrolment in _entered():
        days[on].add(enrolment)
    return [
        _told(day, f"sổ gốc đến ngày {padded_date(day)}", _until(days, day), decided)
        for day in sorted(days)
    ]


def due(now: datetime, also: People | None = None) -> Told:
    """The register with everybody entered who has passed, or with ``also`` alone."""
    decided, today = _decided(), now.astimezone(VIETNAM).date()
    known = frozenset(one for on, one in _entered() if on.year == today.year)
    entered = frozenset(one for _, one in _entered())
    new = (_passed(decided) if also is None else also) - entered
    return _told(today, f"sổ gốc năm {today.year} khi cấp đủ", known | new, decided)


def _until(days: dict[date, set[str]], day: date) -> People:
    return frozenset().union(*(days[on] for on in days if on.year == day.year and on <= day))


def _entered() -> list[tuple[date, str]]:
    found = Entry.objects.exclude(entry_number=None).order_by("issued_on")
    return [(on, str(one)) for on, one in found.values_list("issued_on", "decision__enrolment")]


def _decided() -> list[tuple[date, str, str]]:
    """Day, enrolment and status of every decision, in order."""
    found = Decision.objects.order_by("enrolment", "revision")
    return [
        (at.astimezone(VIETNAM).date(), str(one), status)
        for at, one, status in found.values_list("decided_at", "enrolment", "status")
    ]


def _passed(decided: Iterable[tuple[date, str, str]]) -> People:
    last = {one: status for _, one, status in decided}
    return frozenset(one for one, status in last.items() if status == Status.PASS)


def _told(day: date, name: str, entered: People, decided: list[tuple[date, str, str]]) -> Told:
    status = {one: status for on, one, status in decided if on <= day}
    status |= dict.fromkeys(entered - set(status), Status.PASS)
    everybody = frozenset(status)
    figure = Figure(
        "", "Sổ gốc", "mọi người dự thi", everybody, ENTERED, len(entered), len(entered)
    )
    facts = {s.value: frozenset(p for p in everybody if status[p] == s) for s in Status}
    facts |= {DECIDED: facts[Status.PASS] | facts[Status.FAIL], ENTERED: entered}
    return Told(name, day, REGISTER, (figure,), facts)
