"""Dates, times and ordinals as Vietnamese officials write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta, timezone
from typing import TYPE_CHECKING

from courses.foundation.numerals import NumeralError

if TYPE_CHECKING:
    from datetime import datetime

_WHOLE = re.compile(r"(\d{1,18})([.,]0+)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?", re.ASCII)
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.ASCII | re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}", re.ASCII)
_ORDINAL = re.compile(r"(?:lần )?(?:thứ )?(\w+(?: tiên)?)")
_NUMBER_WORDS = {
    "đầu": 1,
    "đầu tiên": 1,
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "nhì": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
}

VIETNAM = timezone(timedelta(hours=7))


def padded_date(day: date) -> str:
    """A date as dd/mm/yyyy, as tables and identity papers write it."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def day_in_words(day: date) -> str:
    """A date in words as Nghị định 30/2020/NĐ-CP writes it.

    Days under 10 and months 1 and 2 take a leading zero: “ngày 05 tháng 02 năm 2026”,
    “ngày 15 tháng 3 năm 2026”.
    """
    padded_months = 2
    month = f"{day.month:02}" if day.month <= padded_months else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def vietnam_time(at: datetime) -> str:
    """A moment as people in Việt Nam read it, whatever zone the server has."""
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M:%S} {padded_date(local)}"


def read_date(text: str) -> date:
    """Read a full date, day before month: 1/2/1980 is 1 February.

    Slashes, dots and hyphens separate; ``1980-02-01`` and words (*ngày 1 tháng 2 năm 1980*)
    are read as well.

    Raises:
        NumeralError: for a year alone, a two-digit year (which century?), or a day that does
            not exist.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise NumeralError(_why_no_date(text))
    try:
        return date(year, month, day)
    except ValueError:
        raise NumeralError("không có ngày này trong lịch; ghi theo thứ tự ngày/tháng/năm") from None


def _why_no_date(text: str) -> str:
    whole = read_whole(text)
    if whole is not None and date.min.year <= whole <= date.max.year:
        return "chỉ có năm; cần đủ ngày, tháng, năm"
    if _SHORT_YEAR.fullmatch(text):
        return "năm có hai chữ số, không rõ thế kỷ; ghi đủ bốn chữ số"
    return "phải ghi đủ ngày/tháng/năm, ví dụ 05/09/1980"


def read_whole(text: str) -> int | None:
    """Read a whole number without a sign, its decimals noughts if any; None for anything else."""
    found = _WHOLE.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_ordinal(text: str) -> int | None:
    """Read *lần 1*, *Lần thứ hai*, *lần đầu*, *thứ II*: which one in a row, or None.

    A number is read by itself; a word only after *lần* or *thứ*, since alone it may be anything.
    """
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    found = _ORDINAL.fullmatch(words)
    if not found or found[1] == words:
        return read_whole(words)
    whole = read_whole(found[1])
    return _NUMBER_WORDS.get(found[1]) if whole is None else whole
