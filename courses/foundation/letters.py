"""Letters of Vietnamese as they are typed and copied: marks, look-alikes, what stands unseen."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"))
"""What a text copied from a page or a document carries along unseen."""
_CROSSED = str.maketrans(dict.fromkeys("đðɖ", "d"))
_NOUGHT = re.compile(r"(?<=\d)[oO](?=[\d.,/]|$)|(?<![^\W\d])[oO](?=\d|[.,]\d)")


def unmarked(text: str) -> str:
    """Text in lower case, typed without any of the marks of Vietnamese."""
    letters = unicodedata.normalize("NFD", text.casefold().translate(_CROSSED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def with_noughts(text: str) -> str:
    """``text`` with 0 where the letter O was typed within a number."""
    return _NOUGHT.sub("0", text)


_MARKED = {
    "mot": "một",
    "bon": "bốn",
    "nam": "năm",
    "sau": "sáu",
    "bay": "bảy",
    "tam": "tám",
    "chin": "chín",
    "tu": "tư",
    "lam": "lăm",
    "muoi": "mươi",
    "tram": "trăm",
    "nghin": "nghìn",
    "ngan": "ngàn",
    "trieu": "triệu",
    "ty": "tỷ",
    "ti": "tỉ",
    "phay": "phẩy",
    "ruoi": "rưỡi",
    "khong": "không",
    "le": "lẻ",
}


def with_marks(text: str) -> str:
    """A line typed without any mark, with those of the words that numbers are said in."""
    plain = text.casefold()
    if plain != unmarked(plain):
        return text
    return re.sub(r"[a-z]+", lambda word: _MARKED.get(word[0], word[0]), plain)
