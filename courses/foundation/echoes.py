"""Words of a question that its answer repeats: “còn 55 giờ” to “Còn bao nhiêu giờ tới hạn?”."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASIDE = re.compile(r"\([^()]*\)|\*+|[“”\"]")
_ASKED = re.compile(
    r"\b(?:(?:số )?nào|bao nhiêu|(?:thứ )?mấy|(?:là )?(?:gì|ai))\b|…", re.IGNORECASE
)
_STOP = re.compile(r"[.?!;:](?:\s|$)|\n\s*\n")
_WORD = re.compile(r"%|[^\W\d]+")
_SILENT = frozenset(
    ("là", "vào", "được", "thì", "thứ", "ở", "cần", "có", "tổng", "cộng", "tất", "cả")
)
# These turn an answer about or leave it open, wherever they stand in a question.
_TURNING = frozenset(
    ("không", "chưa", "chẳng", "dưới", "trên", "ít", "nhiều", "tối", "khoảng", "gần")
)
_LEAD = re.compile(r"[^\W\d][^\W\d\s]*(?:[\s:,]+[^\W\d]+)*[\s:]+(?=[+−–-]?\s?\d)")
_TAIL = re.compile(r"(?<=\d)[^\d]*$")


def without_echo(text: str, prompt: str) -> str:
    """A number as typed, without the words around it that ``prompt`` has around what it asks.

    They stand on the same side and side by side, so that “tự mua đắt hơn 5” is no echo of
    “Thuê đắt hơn tự mua bao nhiêu?”.
    """
    before, after = _around(prompt)
    lead, tail = _LEAD.match(text), _TAIL.search(text)
    if tail is None:
        return text
    start = lead.end() if lead and _repeats(_telling(lead[0]), before) else 0
    return f"{text[start : tail.start()]}{_without_run(tail[0], before, after)}"


def without_lead(text: str, prompt: str) -> str:
    """A phrase without the words before it with which ``prompt`` leads up to what it asks."""
    before, _ = _around(prompt)
    found = list(_WORD.finditer(text))
    for last, this in zip(found[-2::-1], found[:0:-1], strict=True):
        words = _telling(text[: last.end()])
        if words[-1:] == before[-1:] != [] and _repeats(words, before):
            return text[this.start() :]
    return text


def _repeats(words: Sequence[str], before: Sequence[str]) -> bool:
    """Whether the words stand side by side in the question; one alone only as its last."""
    if _TURNING & set(words) or (len(words) == 1 and words != before[-1:]):
        return False
    return not words or _stands_in(words, before)


def _without_run(tail: str, before: Sequence[str], after: Sequence[str]) -> str:
    """``tail`` without the words after its first that stand side by side in ``after``.

    They may also be all those that stand ``before``: “667 hồ sơ phải nhập lại”.
    """
    whole = len(before) > 1 and not _TURNING & set(before)
    for word in list(_WORD.finditer(tail))[1:]:
        rest = tail[word.start() :]
        if _stands_in(_words(rest), after) or (whole and _telling(rest) == before):
            return tail[: word.start()]
    return tail


def _stands_in(words: Sequence[str], others: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(others)} "


@lru_cache(maxsize=1024)  # a question meets every answer to it
def _around(prompt: str) -> tuple[list[str], list[str]]:
    """The words before and after what is asked, in its own sentence."""
    plain = _ASIDE.sub(" ", prompt)
    asked = list(_ASKED.finditer(plain))
    if not asked:
        return [], []
    place = next((blank for blank in asked if blank[0] == "…"), asked[-1])
    before, after = _STOP.split(plain[: place.start()])[-1], _STOP.split(plain[place.end() :])[0]
    return _telling(before), _words(after)


def _telling(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _SILENT]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())
