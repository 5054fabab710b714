"""Variants of QL6-28: eight communes held against an authored regulation of two tiers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from courses.foundation.numerals import short_date

if TYPE_CHECKING:
    import random

_LAST_DAY = date(2026, 10, 15)
_YEARS = 3  # of work in IT that make up for a degree in another field
_NAMES = ("An Lạc", "Bình Khê", "Cẩm Sơn", "Đông Hà", "Hoà Lộc", "Khánh Vân", "Long Thuỷ", "Mỹ Xá")
_RIGHT = ("Văn phòng HĐND và UBND", "Trung tâm Phục vụ hành chính công")
_WRONG = ("Phòng Kinh tế", "Phòng Văn hoá – Xã hội")
_STATES = ("Công chức", "Công chức", "Viên chức", "Hợp đồng 12 tháng")
_DEGREES = (
    ("Đại học CNTT, chính quy", True),
    ("Đại học CNTT, từ xa", True),
    ("Thạc sĩ CNTT, chính quy", True),
    ("Đại học kế toán, chính quy", False),
    ("Đại học luật, vừa làm vừa học", False),
    ("Cao đẳng CNTT, chính quy", None),
)


class _Commune(NamedTuple):
    name: str
    state: str
    degree: str
    it: bool | None  # of a degree below university: None
    years: int
    place: str
    received: date

    @property
    def faults(self) -> tuple[bool, bool, bool]:
        """Whether the person, the place and the letter fall short."""
        trained = self.it is not None and (self.it or self.years >= _YEARS)
        person = trained and not self.state.startswith("Hợp đồng")
        return (not person, self.place not in _RIGHT, self.received > _LAST_DAY)


def variant(rng: random.Random) -> dict[str, str]:
    """Communes of which two to four meet everything and each article is broken at least twice."""
    while True:
        communes = [_commune(name, rng) for name in _NAMES]
        counts = [sum(column) for column in zip(*(c.faults for c in communes), strict=True)]
        met = sum(not any(c.faults) for c in communes)
        if min(counts) > 1 and met in (2, 3, 4):
            break
    person, place, letter = counts
    return {
        "rows": "\n".join(_row(c) for c in communes),
        "person": str(person),
        "place": str(place),
        "letter": str(letter),
        "met": str(met),
    }


def _commune(name: str, rng: random.Random) -> _Commune:
    degree, it = rng.choice(_DEGREES)
    return _Commune(
        name,
        rng.choice(_STATES),
        degree,
        it,
        rng.randint(1, 6),
        rng.choice((*_RIGHT, *_RIGHT, *_WRONG)),
        _LAST_DAY + timedelta(days=rng.choice((-9, -6, -3, -1, 0, 1, 4))),
    )


def _row(c: _Commune) -> str:
    years = f"{c.degree}; {c.years} năm"
    return f"| {c.name} | {c.state} | {years} | {c.place} | {short_date(c.received)} |"
