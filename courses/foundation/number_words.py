"""Numbers said in words: “bốn mươi sáu giờ”, “hai trăm tám mươi triệu đồng”."""

from __future__ import annotations

import re
import unicodedata

_NOUGHT, _POINT = "không", "phẩy"
_DIGITS = {
    _NOUGHT: 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
}
_SIZES = {"mười": 10, "mươi": 10, "chục": 10, "trăm": 100}
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_FIRST = "|".join(sorted({*_DIGITS, *_SIZES, *_SCALES} - {_NOUGHT}))  # “không” may be a “no”
_NEXT = rf"{_FIRST}|{_NOUGHT}|{_POINT}|linh|lẻ"
_SAID = re.compile(rf"\b(?:{_NOUGHT} {_POINT}|{_FIRST})\b(?:\s+(?:{_NEXT})\b)*")


def in_figures(text: str) -> str:
    """``text`` with the first number said in it in figures; as it is when none is said."""
    text = unicodedata.normalize("NFC", text).casefold()
    return _SAID.sub(lambda said: _figures(said[0]), text, count=1)


def _figures(said: str) -> str:
    """“sáu phẩy hai lăm” as “6,25”."""
    whole, *rest = (str(_whole(part.split())) for part in said.split(_POINT))
    return ",".join([whole, *rest[:1]])


def _whole(words: list[str]) -> int:
    total = group = 0
    digit: int | None = None
    for word in words:
        if word in _DIGITS:
            digit = (digit or 0) * 10 + _DIGITS[word]
        elif word in _SIZES:
            group += (1 if digit is None else digit) * _SIZES[word]
            digit = None
        elif word in _SCALES:
            said = group + (digit or 0)
            large = total >= _SCALES[word]
            total = total + said * _SCALES[word] if large else ((total + said) or 1) * _SCALES[word]
            group, digit = 0, None
    return total + group + (digit or 0)
