"""Amounts as short answers: “10 ngày làm việc”, “72 giờ”. Their unit is part of what is asked.

Where the question does not say it, an answer must: without its unit, or without what makes it
another one (“làm việc” of “ngày làm việc”), it goes to a person. In another unit it is wrong.
"""

from __future__ import annotations

import re

from courses.foundation.letters import unmarked
from courses.foundation.number_words import in_figures
from courses.foundation.numerals import doubtful, readings
from courses.foundation.units import contrary, has_kin, qualifier
from courses.kinds.abbreviations import written_out

_AMOUNT = re.compile(r"(\d[\d.,]*)\s*(\D{0,20})")
_WITH_UNIT = re.compile(r"(\d[\d.,]*)[\s()]*([^\W\d][^\d(]*|%|')")
_WITHIN = re.compile(
    r"^\s*(?:trong(?: vòng| thời hạn| thời gian)?|thời hạn|(?:vào )?lúc)(?: là)?\s+(?=\S)",
    re.IGNORECASE,
)


def is_amount(meaning: str) -> bool:
    """Whether a meaning is one number, perhaps with its unit."""
    return _AMOUNT.fullmatch(meaning) is not None


def within(answer: str) -> str:
    """An answer without the words that say it is a span or a time: “trong vòng”, “lúc”."""
    return _WITHIN.sub("", answer)


def same_amount(answer: str, meaning: str, prompt: str) -> bool:
    """Whether ``answer`` is the amount ``meaning``, in a unit that it or the question says."""
    number, unit = _parts(meaning)
    said = within(written_out(" ".join(answer.casefold().split())))
    right = readings(number)
    return any(one in right for one in readings(said, unit)) and _is_told(said, unit, prompt)


def nearly_amount(answer: str, meaning: str) -> bool:
    """Whether a person should look: the number is there, and no other unit with it."""
    number, unit = _parts(meaning)
    found = {*doubtful(answer, unit)}
    typed = _WITH_UNIT.search(in_figures(answer))
    if typed and contrary(typed[2], unit):
        found -= {*readings(typed[1])}
    return any(one in found for one in readings(number))


def _parts(meaning: str) -> tuple[str, str]:
    match = _AMOUNT.fullmatch(meaning)
    return (match[1], match[2].strip()) if match else (meaning, "")


def _is_told(said: str, unit: str, prompt: str) -> bool:
    asked = re.search(rf"\b(?:bao nhieu|may|so) {re.escape(_plain(unit))}\b", _plain(prompt))
    if asked or not has_kin(unit):
        return True
    return bool(_WITH_UNIT.search(in_figures(said))) and qualifier(unit) in _plain(said)


def _plain(text: str) -> str:
    return " ".join(unmarked(text).split())
