"""Variants of QL2-30: which of six interruptions a contract counts as downtime."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_WEEK = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu")
_WORK, _EVENING, _LATE = (8, 15), (18, 19), (21, 23)
_SORTS = {
    "server": (True, _WORK, "Máy chủ treo, quầy không mở được đơn", "Trong giờ, do nhà cung cấp."),
    "line": (True, _WORK, "Đứt đường truyền do nhà cung cấp thuê lại", "Gồm cả đường truyền."),
    "announced": (True, _WORK, "Bảo trì báo trước 72 giờ", "Báo trước nhưng ngoài khung ban đêm."),
    "slow": (True, _WORK, "Trang mở được, bấm nộp thì báo lỗi", "Không nộp được là ngừng."),
    "evening": (False, _EVENING, "Máy chủ treo sau giờ tiếp dân", "Ngoài giờ làm việc."),
    "night": (False, _LATE, "Bảo trì báo trước 60 giờ", "Báo đủ hạn, trong khung; ngoài giờ."),
    "report": (False, _WORK, "Trang báo cáo lỗi, quầy vẫn nộp được hồ sơ", "Quầy vẫn nộp được."),
    "power": (False, _WORK, "Cơ quan thuê cắt điện sửa tủ điện quầy", "Lỗi do bên thuê."),
}
_FEWEST, _MOST = 2, 4  # interruptions that count


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six interruptions, two to four of which count."""
    while True:
        drawn = rng.sample(list(_SORTS), 6)
        if _FEWEST <= sum(_SORTS[sort][0] for sort in drawn) <= _MOST:
            break
    values = {"rows": "\n".join(_row(rng, n, sort) for n, sort in enumerate(drawn, start=1))}
    for place, sort in enumerate(drawn, start=1):
        counts, _, _, why = _SORTS[sort]
        values[f"ok{place}"] = str(counts).lower()
        values[f"why{place}"] = why
    return values


def _row(rng: random.Random, number: int, sort: str) -> str:
    _, hours, note, _ = _SORTS[sort]
    at = f"{rng.choice(_WEEK)}, {rng.randint(*hours):02}:{rng.randrange(0, 60, 5):02}"
    return f"| {number} | {at} | {rng.randrange(15, 80, 5)} | {note} |"
