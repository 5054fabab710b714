"""Variants of QL6-20: whom the rule of 2013 still reaches on the day that districts end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from courses.models.staffing import DISTRICTS_END, Degree, Unit, in_force, tally

if TYPE_CHECKING:
    import random

    from courses.models.staffing import Letter

_DEPARTMENTS = ("Sở C", "Sở D (Phòng CNTT)", "Sở E", "Sở G", "Sở H (Trung tâm CNTT)")
_DISTRICTS = ("Huyện I", "Huyện K", "Huyện L", "Thành phố M")
_DEGREES = (
    Degree("đại học", "CNTT", "chính quy"),
    Degree("đại học", "tin học", "chính quy"),
    Degree("thạc sĩ", "CNTT", "chính quy"),
    Degree("đại học", "CNTT", "từ xa"),
    Degree("cao đẳng", "tin học", "chính quy"),
)
_LETTERS: tuple[Letter, ...] = ("đã gửi Sở", "đã gửi Sở", "đã gửi Sở", "đã ký, chưa gửi")


def variant(rng: random.Random) -> dict[str, str]:
    """Agencies of both tiers, some of either tier meeting everything until the last day."""
    eve = DISTRICTS_END - timedelta(days=1)
    while True:
        roster = [_unit(name, rng) for name in _departments(rng) + _districts(rng)]
        before, after = tally(roster, eve), tally(roster, DISTRICTS_END)
        if 1 < after["đạt"] < before["đạt"] < len(roster) - 1:
            break
    return {
        "rows": "\n".join(_row(unit) for unit in roster),
        "communes": str(rng.randrange(40, 100)),
        "reached_before": str(sum(in_force(unit.tier, eve) for unit in roster)),
        "reached_after": str(sum(in_force(unit.tier, DISTRICTS_END) for unit in roster)),
        "met_before": str(before["đạt"]),
        "met_after": str(after["đạt"]),
    }


def _departments(rng: random.Random) -> list[str]:
    return sorted(rng.sample(_DEPARTMENTS, rng.choice((4, 5))))


def _districts(rng: random.Random) -> list[str]:
    return sorted(rng.sample(_DISTRICTS, rng.choice((2, 3, 4))))


def _unit(name: str, rng: random.Random) -> Unit:
    district = name in _DISTRICTS
    own = name.partition("(")[2].rstrip(")") or None
    home = "Phòng Văn hóa và Thông tin" if district else own or "Văn phòng"
    away = "Văn phòng" if district or own else "Phòng Kế hoạch"
    degree, place = rng.choice(_DEGREES), rng.choice((home, home, home, away))
    tier = "huyện" if district else "sở"
    return Unit(name, tier, degree, place, rng.choice(_LETTERS), own)  # type: ignore[arg-type]


def _row(unit: Unit) -> str:
    degree = unit.degree
    level = f"{degree.level.capitalize()} {degree.field}, {degree.mode}" if degree else ""
    letter = unit.letter.capitalize().replace("sở", "Sở")
    return f"| {unit.name} | {level} | {unit.place} | {letter} |"
