"""Variants of KM3-24: hours left until a notice is due, counted from discovery."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_DUTIES = (
    (24, "một sự cố nghiêm trọng", "thông báo ban đầu, Nghị định số 331/2026/NĐ-CP, Điều 31"),
    (72, "một sự cố", "báo cáo sự cố, Nghị định số 331/2026/NĐ-CP, Điều 31"),
    (72, "việc lộ dữ liệu cá nhân", "Luật số 91/2025/QH15, Điều 23"),
)


def _said(moment: datetime) -> str:
    return f"{moment.hour} giờ ngày {moment.day}"


def variant(rng: random.Random) -> dict[str, str]:
    """Draw discovery and the present in November; the notice is not yet due."""
    limit, what, law = rng.choice(_DUTIES)
    found = datetime(2026, 11, rng.randint(2, 24), rng.randint(8, 23))  # noqa: DTZ001 - on paper
    passed = rng.randint(24 - found.hour, limit - 1)  # never the same day
    now, cause = found + timedelta(hours=passed), found + timedelta(hours=rng.randint(1, passed))
    return {
        "what": what,
        "law": law,
        "limit": str(limit),
        "h0": str(found.hour),
        "d0": str(found.day),
        "h1": str(now.hour),
        "d1": str(now.day),
        "found": _said(found),
        "now": _said(now),
        "cause": _said(cause),
        "passed": str(passed),
        "answer": str(limit - passed),
    }
