"""Numbers and dates as Vietnamese officials write them: decimal comma, dots between thousands."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_LONGEST = 40  # characters; longer is a flood, not a number
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
# “0.125” groups nothing: a number of thousands does not begin with 0.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+)(,\d+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")


class NumeralError(ValueError):
    """What was typed is no number, or could be two; the message says how to write it."""


def vietnamese(value: float, digits: int = 2) -> str:
    """A number with a decimal comma and dots between thousands."""
    text = f"{value:,.{digits}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def short_date(day: date) -> str:
    """A date in figures; days under 10 and months 1, 2 are padded (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    february = 2
    month = f"{day.month:02}" if day.month <= february else str(day.month)
    return f"{day:%d}/{month}/{day.year}"


def padded_date(day: date) -> str:
    """A date as forms and tables print it: ``05/09/1980``."""
    return f"{day:%d/%m/%Y}"


def read_number(text: str, unit: str = "") -> Decimal:
    """Read a number as it is typed.

    The comma is the decimal sign and dots or blanks group thousands (``1.234,5``); a dot that
    cannot group thousands is read as a decimal sign (``43.43``). A trailing ``unit`` is dropped.

    Raises:
        NumeralError: when it is no number, or could be read in two ways (``1.234``).
    """
    text = unicodedata.normalize("NFC", text).strip().removesuffix(unit).strip()
    text = text.replace("−", "-").replace("\u00a0", " ").replace("\u202f", " ")
    if _AMBIGUOUS.fullmatch(text):
        plain, comma = text.replace(".", ""), text.replace(".", ",")
        raise NumeralError(f"“{text}” đọc được hai cách; viết “{plain}” hoặc “{comma}”.")
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(" ", "")
    text = text.replace(",", ".")
    if len(text) > _LONGEST or not _PLAIN.fullmatch(text):
        raise NumeralError("Hãy nhập một số, ví dụ 12,5.")
    return Decimal(text)
