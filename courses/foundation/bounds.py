"""Words that say which way a number bounds: an answer may repeat those of its question."""

from __future__ import annotations

import re
from operator import itemgetter

_LEAST = re.compile(
    r"\b(?:ít nhất|tối thiểu|thấp nhất|nhỏ nhất|không dưới)\b(?: là)?|(?:≥|>=)"
    r"|\btừ(?=.*trở lên)|\btrở lên\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:nhiều nhất|tối đa|cao nhất|lớn nhất|không (?:vượt )?quá)\b(?: là)?|(?:≤|<=)"
    r"|\btrở xuống\b",
    re.IGNORECASE,
)

_ASKED = re.compile(r"bao nhiêu|thứ mấy")


def without_bound(text: str, prompt: str) -> str:
    """``text`` without the bound that ``prompt`` asks for, in any of its names.

    A bound the other way stays: “nhiều nhất 12” is no answer to “ít nhất bao nhiêu”.
    """
    asked = [match.start() for match in _ASKED.finditer(prompt)] or [len(prompt)]
    said = [
        (min(abs(match.start() - at) for at in asked), bound)
        for bound in (_LEAST, _MOST)
        for match in bound.finditer(prompt)
    ]
    return min(said, key=itemgetter(0))[1].sub(_left, text) if said else text


def _left(bound: re.Match[str]) -> str:
    """A sign leaves one of equality, so that “p ≥ 12” is read as “p = 12”."""
    return " " if bound[0][0].isalpha() else "="
