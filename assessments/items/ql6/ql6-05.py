"""Variants of QL6-05: eight agencies to be held against three articles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from courses.models.staffing import Degree, Unit, tally

if TYPE_CHECKING:
    import random

    from courses.models.staffing import Letter

_DAY = date(2024, 12, 31)
_NAMES = ("Sở K", "Sở L", "Sở M (Trung tâm CNTT)", "Sở N (Phòng CNTT)", "Thanh tra O")
_DISTRICTS = ("Huyện P", "Huyện Q", "Thành phố R")
_GOOD = (
    Degree("đại học", "CNTT", "chính quy"),
    Degree("đại học", "tin học", "chính quy"),
    Degree("thạc sĩ", "CNTT", "chính quy"),
)
_BAD = (
    Degree("cao đẳng", "CNTT", "chính quy"),
    Degree("đại học", "luật", "chính quy"),
    Degree("đại học", "CNTT", "tại chức"),
    Degree("đại học", "tin học", "từ xa"),
)
_BONUS = ("", "", "; CCNA")
_LETTERS: tuple[Letter, ...] = ("đã gửi Sở", "đã gửi Sở", "đã gửi Sở", "đã ký, chưa gửi", "chưa có")


def variant(rng: random.Random) -> dict[str, str]:
    """Agencies of which two to four meet everything and each article is broken at least twice."""
    while True:
        roster = [_unit(name, rng) for name in (*_NAMES, *_DISTRICTS)]
        counts = tally(roster, _DAY)
        few = min(counts[article] for article in ("Điều 4", "Điều 5", "Điều 10.2a"))
        if few > 1 and counts["đạt"] in (2, 3, 4):
            break
    return {
        "rows": "\n".join(_row(unit, rng) for unit in roster),
        "degree": str(counts["Điều 4"]),
        "place": str(counts["Điều 5"]),
        "letter": str(counts["Điều 10.2a"]),
        "met": str(counts["đạt"]),
    }


def _unit(name: str, rng: random.Random) -> Unit:
    district = name in _DISTRICTS
    own = name.partition("(")[2].rstrip(")") or None
    home = "Phòng Văn hóa và Thông tin" if district else own or "Văn phòng"
    away = "Văn phòng" if district or own else "Phòng Kế hoạch"
    return Unit(
        name,
        "huyện" if district else "sở",
        rng.choice(rng.choice((_GOOD, _GOOD, _BAD))),
        rng.choice((home, home, away)),
        rng.choice(_LETTERS),
        own,
    )


def _row(unit: Unit, rng: random.Random) -> str:
    degree = unit.degree
    level = f"{degree.level.capitalize()} {degree.field}, {degree.mode}" if degree else ""
    letter = unit.letter.capitalize().replace("sở", "Sở")
    return f"| {unit.name} | {level}{rng.choice(_BONUS)} | {unit.place} | {letter} |"
