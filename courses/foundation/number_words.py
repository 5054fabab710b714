"""Numbers said in words, or in words and figures: “bốn mươi sáu giờ”, “2 tỷ 750”, “1tr2”."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = {
    "không": 0,
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
_SCALES = {
    **dict.fromkeys(("nghìn", "ngàn", "nghin", "ngan", "k"), 10**3),
    **dict.fromkeys(("triệu", "trieu", "tr"), 10**6),
    **dict.fromkeys(("tỷ", "tỉ", "ty", "ti"), 10**9),
}
_HALVES = ("rưỡi", "rưởi")
_HALF = r"(?:(?:một )?nửa(?= \w|$)|½)"
_MILLION = _SCALES["triệu"]

# A “năm” before a figure begins a year, behind a number it counts years: five is “lăm” there.
_DIGIT = r"(?:một|hai|ba|bốn|(?<!\) )(?<!\d )năm(?!\s\d)|sáu|bảy|bẩy|tám|chín|\d(?!\d))"
_LAST = r"(?:một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
# “hai ba người” are two or three of them, and not 23.
_OR = r"(?!một hai|hai ba|ba bốn|năm sáu|sáu bảy|bảy tám|tám chín)"
_FULL_TENS = rf"(?:(?:{_DIGIT} )?(?:mười|mươi|chục)(?: {_LAST})?)"
_TENS = rf"(?:{_FULL_TENS}|\d\d(?!\d)|{_DIGIT} {_LAST})"
_ONES = rf"(?:(?:linh|lẻ) (?:{_DIGIT}|tư)|{_TENS}|{_DIGIT}|{'|'.join(_HALVES)})"
_GROUP = rf"(?:(?:không|{_DIGIT}) trăm(?: {_ONES})?|\d{{3}}(?!\d)|{_OR}{_TENS}|{_DIGIT})"
_PART = rf"(?: phẩy (?:{_FULL_TENS}|(?:{_DIGIT}|không|tư|lăm)(?: (?:{_DIGIT}|không|{_LAST}))*))?"
_SCALE = rf"(?:(?:nghìn|ngàn) (?:tỷ|tỉ|triệu)|{'|'.join(_SCALES)})\b"
_TAIL = rf"(?: (?:{_GROUP}|(?:linh|lẻ) {_DIGIT}|mốt|tư|lăm|{'|'.join(_HALVES)}))?"
_SAID = re.compile(
    rf"(?<![\w.,/:])(?<!\d-)(?P<number>{_HALF}|(?:không(?= phẩy)|{_GROUP}){_PART}"
    rf"(?: {_SCALE}(?: {_GROUP} {_SCALE})*{_TAIL})?)(?P<years> năm\b)?(?!\w)(?![.,/:-]\d)"
)
_TWENTY = re.compile(rf"\bhăm(?= {_LAST}\b)")  # “hăm lăm”
_ALREADY = re.compile(rf"\d+(?: {_SCALE})?")
_GLUED = re.compile(rf"(?<=\d)\s*({'|'.join(_SCALES)})(?=\d|\b)\s*")
_HALF_MORE = re.compile(rf"\b(\d+)( [^\W\d]+|) (?:{'|'.join(_HALVES)})\b")
_AT_SCALES = re.compile(rf"\s*\b({'|'.join(_SCALES)})\b\s*")


def in_figures(text: str) -> str:
    """``text`` with every number said in it in figures; as it is when none is said.

    Millions are counted as such (“ba tỷ tám” is “3800 triệu”). Of a number that may be meant in
    two ways (“bảy trăm sáu”, “2 tỷ 75”) it is the one said in full.
    """
    return _told(text)[0]


def in_sure_figures(text: str) -> str:
    """``text`` with its numbers in figures, unless one of them may be meant in two ways."""
    one, other = _told(text)
    return one if one == other else text


def in_other_figures(text: str) -> str:
    """``text`` with its numbers in figures, the last part of each taken as cut short."""
    return _told(text)[1]


def _told(text: str) -> tuple[str, str]:
    plain = _TWENTY.sub("hai mươi", unicodedata.normalize("NFC", text).casefold())
    spaced = _GLUED.sub(r" \1 ", " ".join(plain.split())).strip()
    first, last = (_in_way(spaced, way) for way in (0, -1))
    return (first, last) if first != spaced else (text, text)


def _in_way(text: str, way: int) -> str:
    return _HALF_MORE.sub(r"\1,5\2", _SAID.sub(lambda said: _figures(said, way), text))


def _figures(said: re.Match[str], way: int) -> str:
    """What was said, in ones or in millions, with a decimal comma."""
    number, years = said["number"], said["years"] or ""
    if _ALREADY.fullmatch(number):
        return said[0]
    value = _amounts(number)[way]
    scales = [_SCALES[name] for name in _AT_SCALES.findall(number)]
    million = max(scales, default=1) >= _MILLION
    figures = format((value / _MILLION if million else value).normalize(), "f").replace(".", ",")
    return f"{figures}{' triệu' if million else ''}{years}"


def _amounts(said: str) -> tuple[Decimal, ...]:
    """What was said, in each of the ways it may be meant."""
    if re.fullmatch(_HALF, said):
        return (Decimal("0.5"),)
    group, *rest = _AT_SCALES.split(said)
    sums, scale = [Decimal(0)], 1
    for name, following in zip(rest[0::2], rest[1::2], strict=True):
        scale = _SCALES[name]
        sums = [_raised(total, value, scale) for total in sums for value in _group(group)]
        group = following
    last = _tail(group, scale) if rest else _group(group)
    return tuple(dict.fromkeys(total + value for total in sums for value in last))


def _raised(total: Decimal, value: Decimal, scale: int) -> Decimal:
    """“ba nghìn” and “tám trăm” in millions are all millions; “1 tỷ” and “412” are not."""
    return total + value * scale if total >= scale else (total + value) * scale


def _tail(said: str, scale: int) -> tuple[Decimal, ...]:
    """What stands after the last scale: “3 tỷ 8”, “2 tỷ 750”, “một triệu rưỡi”."""
    if not said:
        return (Decimal(0),)
    if said in _HALVES:
        return (Decimal(scale) / 2,)
    if said.startswith(("linh ", "lẻ ")):
        return (_tens(said.split()[1]),)
    thousands = [value * scale / 1000 for value in _group(said)]
    if "trăm" in said or re.fullmatch(r"\d{3}", said):
        return tuple(thousands)
    if " " in said or said in ("mười", "chục") or (len(said) > 1 and said.isdigit()):
        return (*thousands, *(value * 10 for value in thousands))
    return (thousands[0] * 100,)


def _group(said: str) -> tuple[Decimal, ...]:
    """A number below 1 000, perhaps with a part; “bảy trăm sáu” is 706 or 760."""
    whole, point, part = said.partition(" phẩy ")
    if point:
        return tuple(value + _part(part) for value in _group(whole))
    hundreds, many, ones = said.partition(" trăm")
    if not many:
        return (_tens(said),)
    over, ones = _tens(hundreds) * 100, ones.removeprefix(" ")
    if ones in _HALVES:
        return (over + 50,)
    if ones in _DIGITS or len(ones) == 1:
        return (over + _tens(ones), over + _tens(ones) * 10)
    return (over + _tens(re.sub("^(?:linh|lẻ) ", "", ones)),)


def _part(said: str) -> Decimal:
    """“hai lăm” and “hai mươi lăm” after the comma are both 25 hundredths."""
    if said.split()[-1:] and not re.search("mười|mươi|chục", said):
        figures = "".join(str(_digit(word)) for word in said.split())
    else:
        figures = f"{_tens(said)}"
    return Decimal(f"0.{figures}")


def _tens(said: str) -> Decimal:
    """A number below 100; nothing said is 0."""
    tens, many, ones = re.sub("mười|mươi|chục", "x", said).partition("x")
    if many:
        return Decimal((_digit(tens.strip()) if tens else 1) * 10 + _digit(ones.strip() or "0"))
    words = said.split()
    return Decimal(int("".join(str(_digit(word)) for word in words) or 0))


def _digit(word: str) -> int:
    return int(word) if word.isdigit() else _DIGITS[word]
