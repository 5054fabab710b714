"""Variants of QL1-40: which of six units told of an incident too late or told the wrong office."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = {
    "kept": (False, "Báo ban đầu trong 24 giờ, báo cáo trong 72 giờ, đúng nơi nhận."),
    "close": (False, "Sát hạn nhưng còn trong 24 giờ và 72 giờ; đúng nơi nhận."),
    "late_notice": (True, "Báo ban đầu sau 24 giờ; báo cáo đúng hạn không bù được."),
    "late_report": (True, "Báo ban đầu kịp, nhưng báo cáo sau 72 giờ."),
    "wrong_office": (True, "Nhà thầu không phải nơi nhận; với Công an thì coi như chưa báo."),
}
_HOURS = {
    "kept": ((2, 12), (30, 60)),
    "close": ((20, 23), (66, 71)),
    "late_notice": ((25, 34), (48, 68)),
    "late_report": ((3, 20), (74, 90)),
    "wrong_office": ((2, 12), (30, 60)),
}
_FEWEST, _MOST = 2, 4  # units at fault
_BEGIN = datetime(2026, 9, 1)  # noqa: DTZ001 - a day of a story


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six units, two to four of them at fault."""
    while True:
        drawn = rng.choices(list(_SORTS), k=6)
        faulty = sum(_SORTS[sort][0] for sort in drawn)
        if _FEWEST <= faulty <= _MOST and len(set(drawn)) >= _MOST:
            break
    values = {"rows": "\n".join(_row(rng, n, sort) for n, sort in enumerate(drawn, start=1))}
    for place, sort in enumerate(drawn, start=1):
        values[f"ok{place}"] = str(_SORTS[sort][0]).lower()
        values[f"why{place}"] = _SORTS[sort][1]
    return values


def _row(rng: random.Random, number: int, sort: str) -> str:
    found = _BEGIN + timedelta(days=rng.randint(0, 85), minutes=10 * rng.randint(0, 143))
    told, full = (
        found + timedelta(minutes=30 * rng.randint(2 * a, 2 * b)) for a, b in _HOURS[sort]
    )
    office = "NT" if sort == "wrong_office" else "CA"
    return f"| {number} | {_at(found)} | {_at(told)}, {office} | {_at(full)}, CA |"


def _at(moment: datetime) -> str:
    return f"{moment:%H:%M} ngày {moment:%d}/{moment.month}"
