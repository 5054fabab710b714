"""Numbers and dates as Vietnamese officials write them: decimal comma, dots between thousands."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from math import isfinite
from typing import TYPE_CHECKING

from courses.foundation.letters import INVISIBLE, with_marks, with_noughts
from courses.foundation.number_words import in_figures, in_other_figures, in_sure_figures
from courses.foundation.units import converted, head, is_percent, is_unit

if TYPE_CHECKING:
    from datetime import date

_LONGEST = 40  # characters; longer is a flood, not a number
_FLOOD = 3 * _LONGEST  # with the words around it; no more of a text is looked at
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
# “0.125” groups nothing: a number of thousands does not begin with 0.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+(,\d+)?|(?: \d{3})+([.,]\d+)?)")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})")
_NUMBER_AND_REST = re.compile(r"([+-]?\s?\d(?:[\d., ]*\d)?)\s*(\D*)")
_ANY_NUMBER = re.compile(r"[+-]?\d(?:[\d., ]*\d)?")
_LEAD = re.compile(
    r"^(?:(?:đáp số|đáp án|kết quả|trả lời|đs)\s*(?:là|:|=)?|bằng\b|[^\W\d][^\d=]{0,20}=|[=≈~]"
    r"|(?-i:[A-Z]{2,6})\s*:)\s*",
    re.IGNORECASE,
)
_MINUS = re.compile(r"^âm\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s+(?=\d+$)")  # “6, 3”: a blank after the decimal comma
_WORDS_BEFORE = re.compile(r"([^\W\d]\D*?(?=\s)|(?:us\s?)?\$)\s*(?:thứ\s+)?(?=\d)", re.IGNORECASE)
_CLOCK = re.compile(
    r"^(\d{1,4})\s*(?:h|g|giờ|gio|:)\s*([0-5]?\d)\s*(?:'|p|ph|phút|phut)?$", re.IGNORECASE
)
_CALENDAR = ("thang", "nam")
_FRACTION = re.compile(
    r"(?:([+-]?\d{1,9})\s+)?([+-]?\d{1,9})\s*(?:/|phần)\s*([1-9]\d{0,8})(?!\d)\s*(\D*)"
)
_ALSO = re.compile(r",?\s*\btức(?: là)?\b(.+)$", re.IGNORECASE)
_CLOSING = re.compile(r"\s+(?:chẵn|tròn|nữa|thôi|ạ)\s*[.!]?$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_BOOKED = re.compile(r"\s*\(([\d., ]+)\)\s*")  # “(260)”: below 0, as in accounts
_BEFORE = re.compile(r"^[^\d+-]+(?=[+-]?\d)")
_FRAME = re.compile(r"\s*(?:\btrong\b|\bcho\b|/)")
_FALL = re.compile(
    r"\b(?:giảm|lỗ|hụt|trừ|kém(?: hơn)?|(?:thấp|rẻ|ít|nhanh|sớm) hơn)\s+\d", re.IGNORECASE
)
_STEP = re.compile(r"(\d[\d.,]*)\s*([^\W\d]\D*)")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "\u2009": " ", "\u202f": " "})
_VIETNAMESE = str.maketrans(",.-", ".,−")
_WIDE = Context(prec=3 * _LONGEST)  # whatever was typed has room
_CLEAN = 9  # decimal places beyond which a computed number is noise
_ROUNDINGS = {"nearest": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}


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
    clean = value.quantize(Decimal(1).scaleb(-_CLEAN), ROUND_HALF_UP, _WIDE)
    return clean.quantize(Decimal(1).scaleb(-decimals), _ROUNDINGS[direction], _WIDE)


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
    (``1,234.5``), another unit of the same kind (tỷ for triệu, phút for giờ, ``12 %`` for 0,12),
    also in steps (``1 tỷ 234 triệu``, ``36h45``), and words that can be meant in one way alone.
    """
    said = _CLOSING.sub("", text[:_FLOOD])
    ways = dict.fromkeys((said, in_sure_figures(said)))
    return tuple(dict.fromkeys(value for way in ways for value in _sure(way, unit)))


def _sure(text: str, unit: str) -> list[Decimal]:
    text = _bare(_said_once(text, unit)).rstrip(",")
    text = f"0{text}" if text.startswith((",", ".")) else text
    before = _WORDS_BEFORE.match(text)
    # “Tuần 34”, “tuần thứ 34”; but “tháng 6” is a month of the year and not 6 of them.
    if before and is_unit(before[1], unit) and head(unit) not in _CALENDAR:
        text = text[before.end() :]
    return _amounts(text, unit)


def doubtful(text: str, unit: str = "") -> tuple[Decimal, ...]:
    """Readings that only a person may accept.

    Of a text that holds one number: words or another unit around it (``khoảng 12``), a comma
    that groups (``1,234``), a share typed where per cent is asked (``0,15``), a full amount in
    đồng typed where millions are, a fall said in words (``giảm 3``) or booked (``(3)``). Of any:
    what stands outside brackets, what a sum comes to, a number in words, a fraction, days of 24
    hours.
    """
    if len(text) > _FLOOD:
        return ()
    ways = [text, in_figures(text), in_other_figures(text), in_figures(with_marks(text))]
    pieces = dict.fromkeys(piece for way in dict.fromkeys(ways) for piece in _pieces(way))
    found = [value for piece in pieces for value in _unsure(piece, unit)]
    if booked := _BOOKED.fullmatch(text):
        found += [-value for value in _values(booked[1].strip())]
    return tuple(dict.fromkeys(found))


def rounded_elsewhere(text: str, unit: str, number: Decimal) -> bool:
    """Whether ``text`` is ``number`` rounded in another unit: ``0,88 giờ`` for 53 phút."""
    for figures, typed in _split(_bare(text)):
        one = converted(Decimal(1), typed, unit)
        for value in _values(figures) if one and one != 1 else ():
            places = -int(value.as_tuple().exponent)
            if one and places > 0 and rounded(number / one, places) == value:
                return True
    return False


def _pieces(text: str) -> list[str]:
    """A text and the parts of it in which a person may find the answer."""
    bare, outside = _bare(text), _bare(_BRACKETS.sub(" ", text))
    pieces = [bare, outside, bare.rpartition("=")[2].strip(), _FRAME.split(outside)[0]]
    return [*pieces, *(_BEFORE.sub("", piece) for piece in pieces)]


def _unsure(text: str, unit: str) -> list[Decimal]:
    found = [*_sure(text, unit), *_amounts(text, unit, by_the_clock=True)]
    if fraction := _FRACTION.fullmatch(text):
        found += _ratios(fraction, unit)
    numbers = _ANY_NUMBER.findall(text)
    if len(numbers) == 1:
        values = [*_values(numbers[0]), *_values(numbers[0].replace(",", ".")), *_mixed(numbers[0])]
        found += values
        found += [full for value in values if (full := converted(value, "đồng", unit)) is not None]
        found += [value * 100 for value in values if is_percent(unit)]
        found += [-value for value in values if _FALL.search(text)]
    return found


def _ratios(fraction: re.Match[str], unit: str) -> list[Decimal]:
    """What a fraction comes to, such as “10 1/6 tỷ”; of per cent perhaps a share."""
    ratio = Decimal(fraction[1] or 0) + Decimal(fraction[2]) / Decimal(fraction[3])
    value = converted(ratio, fraction[4].strip(), unit)
    ratios = [] if value is None else [rounded(value, _CLEAN)]
    return [*ratios, ratio * 100] if is_percent(unit) else ratios


def _said_once(text: str, unit: str) -> str:
    """``text`` without what only says it again: “46 (bốn mươi sáu) giờ”, “53 phút, tức 53'”."""
    text = _ALSO.sub(r" (\1)", text)
    outside = _BRACKETS.sub(" ", text)
    said = [_bare(words) for words in _BRACKETS.findall(text)]
    number = _ANY_NUMBER.search(outside)
    if not said or not number:
        return text
    meant = {*_amounts(_bare(outside), unit), *_values(number[0])}
    again = ({*_amounts(words, unit), *_amounts(f"{words} đồng", unit)} for words in said)
    return outside if all(meant & amounts for amounts in again) else text


def _mixed(number: str) -> list[Decimal]:
    """A number whose marks follow no one habit (``1.234.5``): the last one parts the decimals."""
    whole, mark, part = number.replace(",", ".").rpartition(".")
    value = _value(f"{whole.replace('.', '')},{part}") if mark and "." in whole else None
    return [] if value is None else [value]


def _amounts(text: str, unit: str, *, by_the_clock: bool = False) -> list[Decimal]:
    """What is said in one step or in several, in the question's ``unit``."""
    one = _measured(text, unit, by_the_clock=by_the_clock)
    return [*one, *_compound(text, unit, by_the_clock=by_the_clock)]


def _measured(text: str, unit: str, *, by_the_clock: bool = False) -> list[Decimal]:
    """A number and its unit, in the question's ``unit``."""
    found = []
    for number, end in _split(text):
        # “2.750 tỷ” is 2 750 of them; only in the unit asked may the dot be a decimal sign.
        values = _values(number)[: None if is_unit(end, unit) else 1]
        found += [converted(value, end, unit, by_the_clock=by_the_clock) for value in values]
    return [value for value in found if value is not None]


def _bare(text: str) -> str:
    """``text`` in usual letters, without what stands before a number or ends a sentence."""
    # Composing for compatibility would make 102 of 10².
    plain = not any(unicodedata.category(letter) == "No" for letter in text)
    text = unicodedata.normalize("NFKC" if plain else "NFC", text.translate(INVISIBLE)).strip()
    text = _LEAD.sub("", text.translate(_SIGNS).strip(" ()[]\"'“”")).rstrip("; ")
    text = with_noughts(_MINUS.sub("-", text))
    return text[:-1].rstrip() if text.endswith(".") else text


def _split(text: str) -> list[tuple[str, str]]:
    """``text`` as a number and what follows it; what follows holds no digit."""
    match = _NUMBER_AND_REST.fullmatch(text) if len(text) <= _LONGEST else None
    return [(match[1].replace("- ", "-").replace("+ ", "+"), match[2].strip())] if match else []


def _value(number: str) -> Decimal | None:
    if _GROUPED.fullmatch(number):
        number = number.replace(" ", "") if " " in number else number.replace(".", "")
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


def _compound(text: str, unit: str, *, by_the_clock: bool = False) -> list[Decimal]:
    """An amount said in steps, such as “1 tỷ 234 triệu đồng” or “36h45”, in the question's unit."""
    text = _CLOCK.sub(r"\1 giờ \2 phút", text)
    parts = _STEP.findall(text) if len(text) <= _LONGEST else []
    if len(parts) <= 1 or _STEP.sub("", text):
        return []
    found: list[tuple[Decimal, Decimal]] = []
    for number, name in parts:
        one = converted(Decimal(1), name, unit, by_the_clock=by_the_clock)
        value = _value(number)
        if one is None or value is None or (found and one >= found[-1][0]):
            return []
        found.append((one, converted(value, name, unit, by_the_clock=by_the_clock) or Decimal(0)))
    return [sum((step for _, step in found), start=Decimal(0))]
