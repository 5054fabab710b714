"""Variants of QL1-29: which of six projects a clause of transition leaves to the old decree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date

if TYPE_CHECKING:
    import random

_SORTS = {
    "old": (False, "Quyết định đầu tư và hợp đồng đều có trước hạn, không tăng tổng mức: theo A."),
    "raised_before": (False, "Điều chỉnh tăng xảy ra trước ngày Nghị định B có hiệu lực: theo A."),
    "signed_between": (False, "Ký sau ngày B có hiệu lực nhưng còn trong hạn của khoản 2: theo A."),
    "signed_late": (True, "Hết hạn của khoản 2 mới có hợp đồng đầu tiên: theo B."),
    "unsigned": (True, "Đến nay chưa ký hợp đồng nào, đã quá hạn của khoản 2: theo B."),
    "new": (True, "Quyết định đầu tư từ ngày B có hiệu lực trở đi, không thuộc khoản 1: theo B."),
    "raised_after": (True, "Tăng tổng mức sau ngày B có hiệu lực: theo B theo khoản 3."),
}
_FEWEST, _MOST = 2, 4  # projects under the new decree


def variant(rng: random.Random) -> dict[str, str]:
    """Draw days and six projects, two to four of them under the new decree."""
    year, month = rng.randint(2018, 2023), rng.choice([1, 3, 7, 9])
    turn = date(year, month, 1)
    limit = turn + timedelta(days=rng.randint(150, 210))
    today = limit + timedelta(days=rng.randint(60, 120))
    while True:
        drawn = rng.choices(list(_SORTS), k=6)
        under = sum(_SORTS[sort][0] for sort in drawn)
        if _FEWEST <= under <= _MOST and len(set(drawn)) >= _MOST:
            break
    rows = [_row(rng, n, sort, (turn, limit)) for n, sort in enumerate(drawn, start=1)]
    values = {
        "turn": short_date(turn),
        "limit": short_date(limit),
        "today": short_date(today),
        "rows": "\n".join(rows),
    }
    for place, sort in enumerate(drawn, start=1):
        values[f"ok{place}"] = str(_SORTS[sort][0]).lower()
        values[f"why{place}"] = _SORTS[sort][1]
    return values


def _row(rng: random.Random, number: int, sort: str, days: tuple[date, date]) -> str:
    turn, limit = days
    decided = turn - timedelta(days=rng.randint(90, 300))
    signed: date | None = turn - timedelta(days=rng.randint(5, 80))
    raised: date | None = None
    match sort:
        case "raised_before":
            decided, signed = (
                turn - timedelta(days=300),
                turn - timedelta(days=rng.randint(90, 200)),
            )
            raised = turn - timedelta(days=rng.randint(5, 80))
        case "signed_between":
            signed = turn + timedelta(days=rng.randint(5, 140))
        case "signed_late":
            signed = limit + timedelta(days=rng.randint(4, 50))
        case "unsigned":
            signed = None
        case "new":
            decided = turn + timedelta(days=rng.randint(5, 60))
            signed = decided + timedelta(days=rng.randint(30, 80))
        case "raised_after":
            raised = turn + timedelta(days=rng.randint(5, 140))
    cells = [short_date(decided), short_date(signed) if signed else "chưa ký"]
    return f"| {number} | {' | '.join(cells)} | {short_date(raised) if raised else 'không'} |"
