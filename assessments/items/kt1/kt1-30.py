"""Variants of KT1-30: hours left to notify a breach of personal data, from its discovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_LIMIT, _FIRST = 72, 24  # hours: to notify the breach, and to report the incident first
_DAYS = ("thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật", "thứ Hai", "thứ Ba")
_DAY = 48  # half hours


def variant(rng: random.Random) -> dict[str, str]:
    """Draw three moments, in half hours; the answer is hours left of the limit."""
    first = rng.randint(0, 1) * _DAY + rng.randint(12, 42)
    proof = first + rng.randint(8, 24)
    now = proof + rng.randint(4, 22)
    spent = (now - first) / 2
    return {
        "found": _moment(first),
        "proof": _moment(proof),
        "now": _moment(now),
        "spent": vietnamese(spent, 1),
        "answer": exact(_LIMIT - spent),
        "shown": vietnamese(_LIMIT - spent, 1),
        "from_proof": vietnamese(_LIMIT - (now - proof) / 2, 1),
        "one_day": vietnamese(_FIRST - spent, 1),
    }


def _moment(half_hours: int) -> str:
    hour, half = divmod(half_hours % _DAY, 2)
    return f"{hour} giờ {'30' if half else '00'} {_DAYS[half_hours // _DAY]}"
