"""Numbers and dates as Vietnamese officials write them: decimal comma, dots between thousands."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_LONGEST = 40  # characters; longer is a flood, not a number
_FLOOD = 3 * _LONGEST  # with the words around it; no more of a text is looked at
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
# “0.125” groups nothing: a number of thousands does not begin with 0.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+)(,\d+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")
_NUMBER_AND_REST = re.compile(r"([+-]?\s?\d(?:[\d., ]*\d)?)\s*(\D*)")
_ANY_NUMBER = re.compile(r"[+-]?\d(?:[\d., ]*\d)?")
_LEAD = re.compile(
    r"^(?:(?:đáp số|đáp án|kết quả|trả lời|đs)\s*(?:là|:|=)?|[^\W\d][^\d=]{0,20}=|[=≈~])\s*",
    re.IGNORECASE,
)
_MINUS = re.compile(r"^âm\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s+(?=\d+$)")  # “6, 3”: a blank after the decimal comma
_PER = re.compile(
    r"\s*(?:/|mỗi|một|trên)\s*(?:một\s+)?(?:giờ|ngày|tháng|năm|lần|người)$", re.IGNORECASE
)
_WORDS_BEFORE = re.compile(r"([^\W\d]\D*?)\s+(?:thứ\s+)?(?=\d)", re.IGNORECASE)
_STEP = re.compile(r"(\d[\d.,]*)\s*([^\W\d]\D*)")
_MANY = {"nghin": Decimal("0.001"), "trieu": Decimal("0.000001")}
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "\u2009": " ", "\u202f": " "})
_VIETNAMESE = str.maketrans(",.-", ".,−")
_CLEAN = 9  # decimal places beyond which a computed number is noise
_ROUNDINGS = {"nearest": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}
_BLANKS = str.maketrans({".": " ", ",": " ", "/": " ", "đ": "d"})
_PERCENT = ("%", "phan tram", "percent")
_UNITS = (
    _PERCENT,
    ("dong", "d", "vnd"),
    ("nghin dong", "nghin", "ngan dong", "ngan", "k"),
    ("trieu dong", "trieu", "tr d", "trd", "tr", "tr dong", "trieu vnd"),
    ("ty dong", "ty", "ti dong", "ti", "ty vnd", "ti vnd"),
    ("gio", "h", "tieng"),
    ("phut", "ph", "min"),
    ("ngay", "hom"),
    ("xa phuong", "xa", "phuong"),
    ("diem", "diem phan tram"),
)
_MONEY = {
    "dong": Decimal("1e-6"),
    "nghin dong": Decimal("1e-3"),
    "trieu dong": Decimal(1),
    "ty dong": Decimal(1000),
}


class NumeralError(ValueError):
    """What was typed is no number, or could be two; the message says how to write it."""


def vietnamese(value: float, digits: int = 2) -> str:
    """A number with a decimal comma and dots between thousands; a half is rounded up.

    Below 0 it stands behind a minus sign, not a hyphen. ``value`` may be any real number; what
    is not finite is written as Python writes it.
    """
    if not isfinite(value):
        return f"{value}"
    return f"{rounded(Decimal(str(value)), digits):,.{digits}f}".translate(_VIETNAMESE)


def short_date(day: date) -> str:
    """A date in figures; days under 10 and months 1, 2 are padded (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    february = 2
    month = f"{day.month:02}" if day.month <= february else str(day.month)
    return f"{day:%d}/{month}/{day.year}"


def exact(value: float) -> str:
    """A computed number for a key: unrounded, but without the noise of binary fractions."""
    return format(Decimal(repr(round(value, _CLEAN))).normalize(), "f")


def rounded(value: Decimal, decimals: int, direction: str = "nearest") -> Decimal:
    """``value`` at ``decimals`` places: half away from zero, or always ``up`` or ``down``.

    Noise of binary fractions beyond the ninth place is cleared first, so that 6,25 computed as
    6,2499999999999 is rounded as 6,25.
    """
    clean = value.quantize(Decimal(1).scaleb(-_CLEAN), ROUND_HALF_UP)
    return clean.quantize(Decimal(1).scaleb(-decimals), _ROUNDINGS[direction])


def read_number(text: str, unit: str = "") -> Decimal:
    """Read a number as it is typed.

    The comma is the decimal sign and dots or blanks group thousands (``1.234,5``); a dot that
    cannot group thousands is read as a decimal sign (``43.43``). A sign of equality before it,
    an end mark and the question's own ``unit``, in any of its usual spellings, are dropped.

    Raises:
        NumeralError: when it is no number, or could be read in two ways (``1.234``).
    """
    text = _bare(text)
    number = next((start for start, end in _split(text) if is_unit(end, unit)), text)
    if _AMBIGUOUS.fullmatch(number):
        plain, comma = number.replace(".", ""), number.replace(".", ",")
        raise NumeralError(f"“{number}” đọc được hai cách; viết “{plain}” hoặc “{comma}”.")
    value = _value(number)
    if value is None:
        raise NumeralError("Hãy nhập một số, ví dụ 12,5.")
    return value


def readings(text: str, unit: str = "") -> tuple[Decimal, ...]:
    """Every number that an examiner could fairly read in ``text``, in the question's ``unit``.

    Besides the rule's own reading: both readings of ``1.234``, thousands grouped as in English
    (``1,234.5``), and another unit of the same kind (tỷ for triệu, ``12 %`` for 0,12).
    """
    text = _bare(text[:_FLOOD]).rstrip(",")
    text = f"0{text}" if text.startswith((",", ".")) else text
    before = _WORDS_BEFORE.match(text)
    if before and is_unit(before[1], unit):  # “tuần 34”, “tuần thứ 34”
        text = text[before.end() :]
    found: list[Decimal] = []
    for number, end in _split(text):
        factor = _factor(end, unit)
        if factor is not None:
            found += [value * factor for value in _values(number)]
    return tuple(dict.fromkeys([*found, *_compound(text, unit)]))


def doubtful(text: str, unit: str = "") -> tuple[Decimal, ...]:
    """Readings that only a person may accept, of a text that holds one number.

    Words or another unit around it (``khoảng 12``), a comma that groups (``1,234``), a share
    typed where per cent is asked (``0,15``).
    """
    found = _ANY_NUMBER.findall(_bare(text)) if len(text) <= _FLOOD else []
    if len(found) != 1:
        return ()
    values = [*_values(found[0]), *_values(found[0].replace(",", "."))]
    shares = [value * 100 for value in values if _name(unit) in _PERCENT]
    return tuple(dict.fromkeys([*values, *shares]))


def is_unit(text: str, unit: str) -> bool:
    """Whether ``text`` names ``unit``: nothing, the unit, its head, or a usual spelling of it."""
    typed, own = _name(_PER.sub("", text.strip("() "))), _name(unit)
    return typed in {"", own, *_spellings(own)} or (bool(own) and own.startswith(f"{typed} "))


def _spellings(own: str) -> tuple[str, ...]:
    return next((names for names in _UNITS if own in names), ())


def _bare(text: str) -> str:
    """``text`` in usual letters, without what stands before a number or ends a sentence."""
    # Composing for compatibility would make 102 of 10².
    plain = not any(unicodedata.category(letter) == "No" for letter in text)
    text = unicodedata.normalize("NFKC" if plain else "NFC", text).strip()
    text = _LEAD.sub("", text.translate(_SIGNS).strip(" ()[]\"'“”")).rstrip("; ")
    text = _MINUS.sub("-", text)
    return text[:-1].rstrip() if text.endswith(".") else text


def _split(text: str) -> list[tuple[str, str]]:
    """``text`` as a number and what follows it; what follows holds no digit."""
    match = _NUMBER_AND_REST.fullmatch(text) if len(text) <= _LONGEST else None
    return [(match[1].replace("- ", "-").replace("+ ", "+"), match[2].strip())] if match else []


def _value(number: str) -> Decimal | None:
    if _GROUPED.fullmatch(number):
        number = number.replace(".", "").replace(" ", "")
    number = number.replace(",", ".")
    return Decimal(number) if len(number) <= _LONGEST and _PLAIN.fullmatch(number) else None


def _values(number: str) -> list[Decimal]:
    number = _COMMA.sub(",", number)
    if _AMBIGUOUS.fullmatch(number):
        return [Decimal(number.replace(".", "")), Decimal(number)]
    if _ENGLISH.fullmatch(number):
        return [Decimal(number.replace(",", ""))]
    value = _value(number)
    return [] if value is None else [value]


def _factor(typed: str, unit: str) -> Decimal | None:
    """What a number in the typed unit is multiplied by to be in ``unit``; None between kinds."""
    if is_unit(typed, unit):
        return Decimal(1)
    if _name(typed) in _PERCENT and not unit:
        return Decimal("0.01")
    typed = _PER.sub("", typed)
    with suppress(KeyError):
        return _MONEY[_head(typed)] / _MONEY[_head(unit)]
    many, _, counted = _name(unit).partition(" ")
    return _MANY.get(many) if counted and _name(typed) == counted else None


def _compound(text: str, unit: str) -> list[Decimal]:
    """An amount said in steps, such as “1 tỷ 234 triệu đồng”, in the question's unit."""
    parts = _STEP.findall(text) if len(text) <= _LONGEST else []
    heads = [_head(name) for _, name in parts]
    values = [_value(number) for number, _ in parts]
    if len(parts) <= 1 or _STEP.sub("", text) or not {*heads, _head(unit)} <= set(_MONEY):
        return []
    steps = [v * _MONEY[head] for v, head in zip(values, heads, strict=True) if v is not None]
    return [sum(steps, start=Decimal(0)) / _MONEY[_head(unit)]] if len(steps) == len(parts) else []


def _head(unit: str) -> str:
    own = _name(unit)
    return next((names[0] for names in _UNITS if own in names), own)


def _name(unit: str) -> str:
    """A unit without case, dots and marks: “tr.đ” and “tr đ”, “giờ” and “gio” are one."""
    text = unicodedata.normalize("NFD", unit.casefold().translate(_BLANKS))
    return " ".join("".join(x for x in text if not unicodedata.combining(x)).split())
