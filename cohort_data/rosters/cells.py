"""One cell of a roster as text, date, sex or number; whatever is doubtful is refused."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from cohort_data.letters import LETTERS, clean, fold, named
from cohort_data.names import match_key
from courses.foundation.dates import read_date, read_ordinal, read_whole
from courses.foundation.numerals import NumeralError

if TYPE_CHECKING:
    from cohort_data.rosters.schema import Sex
    from cohort_data.rosters.sheet import Value


class CellError(ValueError):
    """The cell cannot be read; the message says in Vietnamese what to do."""


# Working life bounds a birth year; outside it a date is a slip of the hand.
EARLIEST_BIRTH_YEAR = 1930
LATEST_BIRTH_YEAR = 2010
LONGEST_TEXT = 200
MOST_ATTEMPTS = 20

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OF_A_NAME = LETTERS | frozenset(" '’-.")
_ID = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,31}")
_SERIAL = re.compile(r"\d{5,6}([.,]\d+)?")  # days since 1900
_MARKS = frozenset({"x", "×", "✓", "✔", "√", "v", "1"})
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")


def as_text(value: Value) -> str:
    """Return a cell as folded NFC text; a whole number has no decimals.

    Raises:
        CellError: for a date or a truth value, a formula or what a spreadsheet would take for
            one, an error value (``#REF!``), control characters, an overlong text, or a character
            that is neither in the alphabet nor certainly meant for one that is.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool | date):
        raise CellError("ô phải là chữ; đang là ngày tháng hoặc giá trị đúng/sai")
    raw = str(value)
    if _CONTROL.search(raw) or len(clean(raw)) > LONGEST_TEXT:
        raise CellError(f"ô có ký tự điều khiển hoặc dài quá {LONGEST_TEXT} ký tự")
    text, doubtful = fold(raw)
    if raw.startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS):
        raise CellError(
            "ô bắt đầu bằng dấu =, +, - hoặc @ như một công thức; công thức không được tính: "
            "dán lại dưới dạng giá trị hoặc bỏ dấu đó"
        )
    if text.startswith("#"):
        raise CellError("ô báo lỗi của Excel (#REF!, #N/A …); sửa rồi gửi lại")
    if doubtful:
        which = ", ".join(map(named, doubtful))
        raise CellError(
            f"ô có ký tự không chắc là chữ Việt hoặc không in được: {which}; gõ lại bằng bộ gõ "
            "tiếng Việt Unicode"
        )
    return text


def as_id(value: Value) -> str:
    """Return a trainee's id in capitals: Latin letters, digits, hyphens, 3 to 32 of them.

    The id names the trainee's folder, hence the narrow alphabet and the single case.
    """
    text = _HYPHENS.sub("-", as_text(value)).upper()
    if not _ID.fullmatch(text):
        raise CellError(
            "mã học viên gồm 3–32 chữ cái không dấu, chữ số, dấu gạch nối, ví dụ CIO26-001"
        )
    return text


def as_name(value: Value) -> str:
    """Return a full name as registered: at least two words, letters and ``' ’ - .`` only."""
    name = as_text(value)
    if not set(name) <= _OF_A_NAME:
        raise CellError("họ và tên chỉ gồm chữ cái; bỏ chữ số và ký hiệu")
    if " " not in name:
        raise CellError("họ và tên phải có cả họ và tên")
    return name


def as_birth_date(value: Value) -> date:
    """Return a full date of birth from a true date or a text, day before month.

    Raises:
        CellError: for a year alone, a two-digit year (which century?), a bare number, a day
            that does not exist, or a year outside working life.
    """
    day = as_date(value)
    if not EARLIEST_BIRTH_YEAR <= day.year <= LATEST_BIRTH_YEAR:
        raise CellError(f"năm sinh {day.year} không hợp lý; kiểm tra lại ngày sinh")
    return day


def as_date(value: Value) -> date:
    """Return a day from a true date or a text, day before month; CellError when it is none."""
    return _true_date(value) if isinstance(value, date) else _date_from_text(as_text(value))


def as_sex(value: Value) -> Sex:
    """Return ``nam`` or ``nữ``, whatever the case; codes such as 0 and 1 are refused."""
    match match_key(as_text(value)):
        case "nam":
            return "nam"
        case key if key == match_key("nữ"):
            return "nữ"
        case _:
            raise CellError("giới tính phải ghi “Nam” hoặc “Nữ”")


def is_mark(value: Value) -> bool:
    """Tell whether a cell ticks its column; CellError for anything that is no tick."""
    if as_text(value).casefold() not in _MARKS:
        raise CellError("cột Nam/Nữ chỉ đánh dấu “x”")
    return True


def as_attempt(value: Value) -> int:
    """Return which attempt this is, from 1; ``2``, ``2,0``, *Lần 2*, *lần thứ hai* are the same."""
    number = None if isinstance(value, bool | date) else read_ordinal(clean(str(value)))
    if number is None or not 1 <= number <= MOST_ATTEMPTS:
        raise CellError("lần dự thi phải là số nguyên từ 1, ví dụ 2 hoặc “Lần 2”")
    return number


def as_whole(value: Value) -> int | None:
    """Return a whole number written with or without a zero decimal part, or None."""
    return None if isinstance(value, bool | date) else read_whole(clean(str(value)))


def _true_date(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _date_from_text(text: str) -> date:
    try:
        return read_date(text)
    except NumeralError as error:
        if _SERIAL.fullmatch(text):
            raise CellError(
                "ngày sinh là một con số; định dạng ô là Ngày (Date) rồi gửi lại"
            ) from None
        raise CellError(f"ngày sinh: {error}") from None
