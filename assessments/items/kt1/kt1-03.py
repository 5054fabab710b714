"""Variants of KT1-03: the files to enter again since the last backup that can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_DAYS = ("Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu")
_WORKED = {  # hours of work since 7 giờ 30 by the time of the attack
    "8 giờ 30": 1.0,
    "9 giờ": 1.5,
    "9 giờ 30": 2.0,
    "10 giờ": 2.5,
    "10 giờ 30": 3.0,
    "11 giờ": 3.5,
    "14 giờ": 4.5,
    "14 giờ 30": 5.0,
    "15 giờ": 5.5,
    "15 giờ 30": 6.0,
    "16 giờ": 6.5,
    "16 giờ 30": 7.0,
    "17 giờ": 7.5,
}
_FAILS = (
    "đọc được tên tệp nhưng thử khôi phục thất bại",
    "để cùng mạng, đã bị mã hoá theo",
)
_WORKS = "để tách khỏi mạng, thử khôi phục thành công"
_WHOLE, _NIGHT = 8, 22


def variant(rng: random.Random) -> dict[str, str]:
    """Draw the moment, the rate and how many of the newest backups fail; the answer is in files."""
    bad = rng.randint(1, 2)
    day = rng.randint(2 + bad, 5)
    moment, worked = rng.choice(list(_WORKED.items()))
    rate = rng.randrange(22, 90, 2)
    hours = _WHOLE * bad + worked
    clock = 24 * bad + _hour(moment) + 24 - _NIGHT
    kept = [*rng.sample(_FAILS, bad), _WORKS, _WORKS][:3]
    lines = [f"- bản tối {_DAYS[day - n - 1]}: {state};" for n, state in enumerate(kept)]
    return {
        "rate": str(rate),
        "moment": f"{moment} {_DAYS[day]}",
        "backups": "\n".join(lines)[:-1] + ".",
        "good": _DAYS[day - bad - 1],
        "newest": _DAYS[day - 1],
        "days": f"{bad} ngày trọn ({_WHOLE * bad} giờ)",
        "worked": vietnamese(worked, 1),
        "hours": vietnamese(hours, 1),
        "answer": f"{hours * rate:.0f}",
        "shown": vietnamese(hours * rate, 0),
        "trusting": vietnamese(worked * rate, 0),
        "around_the_clock": vietnamese(clock * rate, 0),
        "older": vietnamese((hours + _WHOLE) * rate, 0),
    }


def _hour(moment: str) -> float:
    hour, _, minutes = moment.partition(" giờ")
    return int(hour) + int(minutes or 0) / 60
