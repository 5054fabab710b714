"""Variants of KT1-19: what two independent measures leave of one risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.2  # points between the answer and a mistake, beyond rounding
_SCORES = ((3, 4), (4, 4), (3, 5), (4, 5), (5, 5), (5, 3), (5, 4), (4, 3))
_CASES = (
    ("Văn thư mở thư lừa đảo", "lọc thư", "xác thực hai lớp"),
    ("Hồ sơ bị gửi nhầm người", "cảnh báo người nhận ngoài", "người thứ hai duyệt gửi"),
    ("Cổng dịch vụ bị khai thác lỗ hổng", "vá định kỳ", "tường lửa ứng dụng"),
    ("Nhà thầu mang mã độc vào mạng", "máy trung gian quét tệp", "giám sát phiên"),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw scores and two effects in per cent; the answer is in points."""
    while True:
        (likelihood, impact), (risk, one, two) = rng.choice(_SCORES), rng.choice(_CASES)
        e1, e2 = rng.randrange(30, 66, 5), rng.randrange(15, 61, 5)
        level = likelihood * impact
        left = level * (100 - e1) * (100 - e2) / 10_000
        added, stronger = level * (100 - e1 - e2) / 100, level * (100 - max(e1, e2)) / 100
        removed = level - left
        if added >= 0 and min(abs(x - left) for x in (added, stronger, removed)) > _CLEAR:
            break
    return {
        "risk": risk,
        "one": one,
        "two": two,
        "l": str(likelihood),
        "i": str(impact),
        "e1": str(e1),
        "e2": str(e2),
        "level": str(level),
        "after": vietnamese(level * (100 - e1) / 100, 2),
        "answer": exact(left),
        "shown": vietnamese(left, 1),
        "added": vietnamese(added, 1),
        "stronger": vietnamese(stronger, 1),
        "removed": vietnamese(removed, 1),
    }
