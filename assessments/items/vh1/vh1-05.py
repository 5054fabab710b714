"""Variants of VH1-05: an incident found when no one may sign before Monday."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.incident_clock import NOTICE_LIMIT, Way, told

if TYPE_CHECKING:
    import random

_DAYS = {4: "thứ Sáu", 5: "thứ Bảy"}
_MONDAY = datetime(2026, 11, 9)  # noqa: DTZ001 - the clock on the wall of one office


def variant(rng: random.Random) -> dict[str, str]:
    """Draw day, hour and minutes of work; the answer is hours over the limit."""
    day = rng.choice([*_DAYS])
    hours = rng.choice([n / 2 for n in range(*((32, 44) if day == 4 else (14, 43)))])  # noqa: PLR2004
    verify, draft = rng.choice((120, 150, 180, 210, 240)), rng.choice((30, 45, 60))
    found = _MONDAY + timedelta(days=day, hours=hours)
    out = told(found, Way(verify=verify, draft=draft, on_duty=True))
    late = out.notice_hours - NOTICE_LIMIT
    ready = found + timedelta(minutes=verify + draft)
    return {
        "found": f"{_clock(found)} {_DAYS[day]}",
        "work": str(verify + draft),
        "ready": f"{_clock(ready)} {_name(ready)}",
        "sent": f"{_clock(out.notice)} thứ Hai",
        "answer": f"{late:.4f}",
        "told": vietnamese(late, 2),
        "trap1": f"{out.notice_hours:.4f}",  # forgot to take the limit away
        "trap2": f"{abs(NOTICE_LIMIT - (verify + draft + 15) / 60):.4f}",  # signed by night
    }


def _clock(at: datetime) -> str:
    return f"{at.hour} giờ {at.minute:02}"


def _name(at: datetime) -> str:
    return (_DAYS | {6: "Chủ nhật"})[at.weekday()]
