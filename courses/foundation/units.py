"""Units as people write them after a number, and what one is of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from courses.foundation.letters import unmarked

if TYPE_CHECKING:
    from decimal import Decimal

_PER = re.compile(
    r"\s*(?:/|mỗi|(?:trong\s+)?một|trên)\s*(?:một\s+)?(giờ|ngày|tháng|năm|lần|người)$",
    re.IGNORECASE,
)
_MANY = {"nghin": 1000, "ngan": 1000, "trieu": 1_000_000}
_BLANKS = str.maketrans({".": " ", ",": " ", "/": " "})
_PERCENT = ("%", "phan tram", "percent")
_UNITS = (
    _PERCENT,
    ("dong", "d", "vnd"),
    ("nghin dong", "nghin", "ngan dong", "ngan", "k", "nghin d"),
    ("trieu dong", "trieu", "tr d", "trd", "tr", "tr dong", "trieu vnd", "trieu d"),
    ("ty dong", "ty", "ti dong", "ti", "ty vnd", "ti vnd", "ty d", "ti d", "tyd"),
    (
        *("usd", "us$", "$", "do", "dola", "do-la", "do la", "do my", "do la my", "do la mi"),
        *("dollar", "dollars", "us dollar", "us dollars", "my kim"),
    ),
    ("gio", "h", "g", "tieng"),
    ("phut", "ph", "p", "min"),
    ("giay", "s"),
    ("ngay", "hom"),
    ("tuan", "tuan le"),
    ("xa phuong", "xa", "phuong"),
    ("diem phan tram", "diem %"),
    ("ho so", "bo ho so"),
)
_MONEY = {"dong": 1, "nghin dong": 1000, "trieu dong": 1_000_000, "ty dong": 1_000_000_000}
_TIME = {"giay": 1, "phut": 60, "gio": 60 * 60}
_SURE = (_MONEY, _TIME, {"thang": 1, "nam": 12})
_SPANS = ("giay", "phut", "gio", "ngay", "tuan", "thang", "nam")
_KNOWN = {names[0] for names in _UNITS} | {*_SPANS, "diem"}
_CALENDAR_DAYS = re.compile(r"ngay (?:theo |duong |am )?(?:lich|thuong|lien tuc)\b")
_BY_THE_CLOCK = (*_SURE, {**_TIME, "ngay": 60 * 60 * 24}, {"ngay": 1, "tuan": 7})


def is_unit(text: str, unit: str) -> bool:
    """Whether ``text`` names ``unit``: nothing, the unit, its head, or a usual spelling of it.

    What it is counted by may be left out or added, but not be another (“lượt/ngày” is not
    “lượt/giờ”).
    """
    (typed, by), (own, own_by) = _parts(text.strip("() ")), _parts(unit)
    if by and own_by and by != own_by:
        return False
    if typed in {"", own, *_spellings(own)}:
        return True
    return " " in own and (own.startswith(f"{typed} ") or typed == _initials(own))


def qualifier(unit: str) -> str:
    """What makes a unit of time another one: “lam viec” of “ngày làm việc”."""
    first, _, rest = _name(unit).partition(" ")
    return rest if head(first) in _SPANS else ""


def has_kin(unit: str) -> bool:
    """Whether the same number in another unit of its kind is another amount: money, time."""
    return _known(unit) in {*_SPANS, *_MONEY}


def contrary(typed: str, unit: str) -> bool:
    """Whether ``typed`` surely is another unit: hours for days, calendar days for working days."""
    if _CALENDAR_DAYS.match(_name(typed)) and qualifier(unit) == "lam viec":
        return True
    one, other = _known(typed), _known(unit)
    return bool(one and other and one != other)


def is_percent(unit: str) -> bool:
    """Whether shares are counted in ``unit`` by the hundred."""
    return _name(unit) in _PERCENT


def converted(
    value: Decimal, typed: str, unit: str, *, by_the_clock: bool = False
) -> Decimal | None:
    """``value`` in the typed unit as a number of ``unit``; None between kinds.

    A day is 24 hours and a week 7 days only ``by_the_clock``: work counts them otherwise.
    """
    if is_unit(typed, unit):
        return value
    if is_percent(typed) and not unit:
        return value / 100
    one, other = head(typed), head(unit)
    for scale in _BY_THE_CLOCK if by_the_clock else _SURE:
        if one in scale and other in scale:
            return value * scale[one] / scale[other]
    return _counted(value, _name(typed), _name(unit))


def _counted(value: Decimal, typed: str, unit: str) -> Decimal | None:
    """Things counted one by one, by the thousand or by the million."""
    many, _, one = unit.partition(" ")
    if many in _MANY and one and typed == one:
        return value / _MANY[many]
    many, _, one = typed.partition(" ")
    is_count = many in _MANY and one in {"", unit} and head(unit) not in _MONEY
    return value * _MANY[many] if is_count and unit not in _PERCENT else None


def head(unit: str) -> str:
    """The one name for all spellings of a unit."""
    own = _parts(unit)[0]
    return next((names[0] for names in _UNITS if own in names), own)


def _known(unit: str) -> str:
    """The one name of the unit that a text begins with; empty when it begins with none."""
    words = _name(unit).split()
    names = (head(" ".join(words[:count])) for count in range(len(words), 0, -1))
    return next((name for name in names if name in _KNOWN), "")


def _spellings(own: str) -> tuple[str, ...]:
    return next((names for names in _UNITS if own in names), ())


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _parts(unit: str) -> tuple[str, str]:
    """The unit, and the time or the head it is counted by."""
    by = _PER.search(unit.strip())
    return _name(_PER.sub("", unit.strip())), _name(by[1]) if by else ""


def _name(unit: str) -> str:
    """A unit without case, dots and marks: “tr.đ” and “tr đ”, “giờ” and “gio” are one."""
    return " ".join(unmarked(unit).translate(_BLANKS).split())
