"""Variants of KM1-07: what a letter of authority lets one decide alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_ATTACKS = ("mã độc tống tiền", "việc tải trái phép dữ liệu hộ tịch", "việc chiếm quyền quản trị")
_DECOYS = (
    "Đổi trưởng nhóm trực của phòng Hạ tầng sang phòng khác",
    "Ký thoả thuận chia sẻ dữ liệu với cơ quan ngành dọc",
    "Phát ngôn với báo chí về số liệu của năm",
    "Huỷ kho hồ sơ số đã quá hạn lưu trữ",
)


def _kind(value: float, limit: float) -> str:
    return "Tự quyết" if value <= limit else "Phải trình trước"


def variant(rng: random.Random) -> dict[str, str]:
    """Draw limits, and amounts on either side of them."""
    money, hours = rng.randrange(50, 210, 10), rng.choice([1.0, 1.5, 2.0, 2.5, 3.0])
    m1, m2 = (money + rng.choice([-1, 1]) * rng.randrange(5, 45, 5) for _ in range(2))
    h1, h2 = (hours + rng.choice([-0.5, 0, 0.5, 1]) for _ in range(2))
    return {
        "money": str(money),
        "hours": vietnamese(hours, 1),
        "report": str(rng.choice([1, 2, 4])),
        "m1": str(m1),
        "m2": str(m2),
        "h1": vietnamese(h1, 1),
        "h2": vietnamese(h2, 1),
        "h3": str(rng.randint(4, 9)),
        "k1": _kind(m1, money),
        "k2": _kind(m2, money),
        "k3": _kind(h1, hours),
        "k4": _kind(h2, hours),
        "attack": rng.choice(_ATTACKS),
        "decoy": rng.choice(_DECOYS),
    }
