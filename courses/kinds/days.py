"""Days as people write them in a line: figures, words, Roman months, English names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from courses.foundation.letters import INVISIBLE, unmarked, with_noughts
from courses.foundation.number_words import in_figures

_MONTHS = (
    *("mot|gieng", "hai", "ba", "tu|bon", "nam", "sau", "bay", "tam", "chin", "muoi"),
    *("muoi mot", "muoi hai|chap"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ENGLISH = (
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?"),
    *("aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
)
_NAMED = "|".join(sorted("|".join([*_MONTHS, *_ROMAN]).split("|"), key=len, reverse=True))
_MONTH = rf"(?P<month>\d{{1,2}}|(?:{_NAMED})(?![a-z]))"
_DAY = r"(?<![\d/.-])(?P<day>\d{1,2})"
_THEN = r"(?:[/.,-]|,?\s*nam\s*|(?<=[a-z\d])\s)"
_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
_NAME = rf"(?P<month>{'|'.join(_ENGLISH)})\b\.?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)",
        rf"{_DAY}\s*(?:[/.-]|,?\s*thang\s*)\s*{_MONTH}\s*{_THEN}\s*{_YEAR}",
        rf"{_DAY}\s*(?:[/-]|,?\s*thang\s*)\s*{_MONTH}(?!\s*[/.-]?\d)",
        rf"{_DAY}(?:st|nd|rd|th)?(?: of|-)? ?{_NAME}(?:(?:,? |-){_YEAR})?",
        rf"\b{_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? {_YEAR})?",
    )
)
_AROUND = re.compile(
    r"\b(?:dap an|tra loi|la|ke tu|tu|vao|ngay|m[uo]ng|han|han cuoi|thoi han|muon nhat|cham nhat"
    r"|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|on|by|khong (?:muon|tre|cham) hon|den het|het"
    r"|truoc hoac trong)\b|[\s:,.;()]"
)
_PAIR = re.compile(r"(\d{1,2})\D{1,8}(\d{1,2})")
_AWAY = re.compile(r"(?:khong phai|khong|truoc|sau|chua)")
_DASH = re.compile(r"[‐‑‒–—−]")
_QUOTES = re.compile(r"[“”„\"'‘’`«»*]+")


@dataclass(frozen=True)
class Day:
    """A day of the calendar; ``year`` is 0 where none was written."""

    day: int
    month: int
    year: int


def day_in(text: str) -> Day | None:
    """The day that ``text`` names, and nothing else but what may stand around one."""
    return _only_day(_plain(text)) or _only_day(_plain(in_figures(text)))


def _only_day(plain: str) -> Day | None:
    found = _found(plain)
    if len(found) != 1 or _AROUND.sub("", _rest(plain)):
        return None
    return _read(found[0])


def speaks_of(text: str, day: Day) -> bool:
    """Whether ``text`` names ``day``, perhaps without its year, among other words.

    “Trước”, “sau”, “không phải” alone before it turn it into another answer.
    """
    plain = _plain(text)
    if _AWAY.fullmatch(_AROUND.sub(" ", _rest(plain)).strip()):
        return False
    found = [*_found(plain), *_found(_plain(in_figures(text)))]
    read = [one for match in found if (one := _read(match))]
    if pair := _PAIR.fullmatch(plain.strip(" .")):
        read += [_of_pair(int(pair[1]), int(pair[2]))]
    return any((one.day, one.month) == (day.day, day.month) and _agree(one, day) for one in read)


def _of_pair(day: int, month: int) -> Day:
    """A day and a month, however parted (“15.11”, “15 thág 11”), or in the American order."""
    return Day(month, day, 0) if month > len(_ROMAN) else Day(day, month, 0)


def _agree(one: Day, other: Day) -> bool:
    return not one.year or not other.year or one.year == other.year


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    return _DASH.sub("-", with_noughts(unmarked(" ".join(_QUOTES.sub(" ", text).split()))))


def _found(plain: str) -> list[re.Match[str]]:
    """The days in ``plain``: each place is read by the first form that fits."""
    found: list[re.Match[str]] = []
    for form in _FORMS:
        for match in form.finditer(plain):
            if all(match.end() <= one.start() or match.start() >= one.end() for one in found):
                found.append(match)
    return found


def _rest(plain: str) -> str:
    for match in _found(plain):
        plain = plain.replace(match[0], " ", 1)
    return plain


def _read(match: re.Match[str]) -> Day | None:
    day, month = int(match["day"]), _month(match["month"])
    year = int(match.groupdict().get("year") or 0)
    if year and month > len(_ROMAN) >= day:  # “11/15/2026”, as Americans write
        day, month = month, day
    year += 2000 if 0 < year <= 99 else 0  # noqa: PLR2004
    return Day(day, month, year) if 1 <= day <= 31 and month <= len(_ROMAN) else None  # noqa: PLR2004


def _month(text: str) -> int:
    """A month in figures, in words or in Roman figures."""
    if text.isdigit():
        return int(text)
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    names = [*enumerate(_MONTHS, 1), *enumerate(_ENGLISH, 1)]
    return next(number for number, name in names if re.fullmatch(name, text))
