"""Variants of KT1-20: how effective a second measure must be to reach an accepted level."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, rounded, vietnamese

if TYPE_CHECKING:
    import random

_LEAST, _CLEAR = 8, 0.5  # per cent: an effect worth buying, and a gap to every mistake
_RISKS = (
    "Tài khoản quản trị bị chiếm",
    "Cơ sở dữ liệu hộ tịch bị tải trộm",
    "Máy chủ một cửa bị mã hoá",
    "Cổng thanh toán phí ngừng",
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a level, an effect and a limit in points; the answer is in per cent."""
    while True:
        level, e1 = rng.choice([12, 15, 16, 20, 25]), rng.randrange(20, 66, 5)
        limit = rng.randrange(20, 56, 5) / 10
        after = level * (100 - e1) / 100
        need, alone = 100 * (after - limit) / after, 100 * (level - limit) / level
        mistakes = (alone, alone - e1, 100 - need)
        if need >= _LEAST and min(abs(x - need) for x in mistakes) > _CLEAR:
            break
    return {
        "risk": rng.choice(_RISKS),
        "level": str(level),
        "e1": str(e1),
        "limit": vietnamese(limit, 1),
        "after": vietnamese(after, 2),
        "answer": exact(need),
        "shown": vietnamese(float(rounded(Decimal(exact(need)), 1, "up")), 1),
        "alone": vietnamese(alone, 1),
        "minus": vietnamese(alone - e1, 1),
        "rest": vietnamese(100 - need, 1),
    }
