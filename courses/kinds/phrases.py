"""One way to compare what people write in a line: terms, document numbers, dates.

An author lists what is *meant*; how it may be spelt is settled here: case, blanks, quotation
marks, brackets, tone placement, i or y, a line typed without marks, and what commonly stands
before an answer (“số”, “Quyết định số”, “đáp án là”).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from courses.foundation.numerals import INVISIBLE, doubtful, readings
from courses.kinds.symbols import names_number, same_symbol, symbols

if TYPE_CHECKING:
    from collections.abc import Sequence

# Tone marks in the order of Unicode; where they stand in “hoà/hòa” is a matter of habit.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = re.compile(r"[“”„\"'‘’`´«»*_.,;:!?…]+")
_DASHES = re.compile(r"(?<=[^\W\d])\s*[-‐‑‒–—−/]\s*(?=[^\W\d])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_Y = re.compile(r"\b((?:h|k|l|m|s|t|v|qu|b|d))y(?=$|\s|[\u0300-\u0323])")
_LEAD_IN = re.compile(r"^(?:(?!không |chưa |chẳng )\S+ ){0,4}?là |^(?:đáp án|trả lời|kết quả) ")
_MONTHS = (
    *("mot|gieng", "hai", "ba", "tu|bon", "nam", "sau", "bay", "tam", "chin", "muoi"),
    *("muoi mot", "muoi hai|chap"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTH = rf"\d{{1,2}}|{'|'.join(sorted([*_MONTHS, *_ROMAN], key=len, reverse=True))}"
_DATE = re.compile(
    r"^(?:(?:dap an|tra loi|la|ke tu|tu|vao)\s*:?\s*)*(?:ngay\s*)?(?:m[uo]ng\s*)?(\d{1,2})\s*"
    rf"(?:[/.-]|\s*thang\s*)\s*({_MONTH})\s*(?:[/.,-]|,?\s*nam\s*)\s*(\d{{4}}|\d{{2}})$"
)
_ANY_DASH = re.compile(r"[‐‑‒–—−]")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_QUANTITY = re.compile(r"(\d[\d.,]*)\s*(\D{0,20})")
_AND = re.compile(r"[,;/=]|\b(?:hay|hoặc|tức là|tức|còn gọi là)\b", re.IGNORECASE)
_HEDGES = {"or", "and", "not", "hay", "khong"}
_NEAR = 8  # letters of an answer for each slip of the pen that a person should forgive or not


@lru_cache(maxsize=4096)  # an item's meanings meet every answer to it
def comparable(text: str) -> str:
    """Text without case, tone placement, i/y, blanks, quotation and other marks.

    A syllable keeps its tone but not the letter that carries it: “hoà” equals “hòa”.
    """
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold().replace("ð", "đ")
    text = _DASHES.sub(" ", _MARKS.sub(" ", text)).replace("(", " ").replace(")", " ")
    return " ".join(_tone_last(word) for word in text.split())


def accepted(answer: str, meanings: Sequence[str], around: Sequence[str] = ()) -> bool:
    """Whether an examiner reads one of the ``meanings`` in ``answer``.

    Two accepted names side by side are right too, and so is a foreign gloss in brackets.

    Args:
        answer: what was written.
        meanings: what the author accepts.
        around: words that may stand around a meaning and say nothing by themselves.
    """

    def right(part: str) -> bool:
        return any(_matches(part, meaning, around) for meaning in meanings)

    if right(answer):
        return True
    bare, glosses = _BRACKETS.sub(" ", answer), _BRACKETS.findall(answer)
    if glosses and all(_is_foreign(gloss) or right(gloss) for gloss in glosses) and right(bare):
        return True
    parts = [part for part in _AND.split(answer) if part.strip()]
    return len(parts) > 1 and all(right(part) for part in parts)


def _matches(answer: str, meaning: str, around: Sequence[str]) -> bool:
    if comparable(answer) == comparable(meaning):
        return True
    if symbols(meaning):
        return same_symbol(answer, meaning)
    if date := _date(meaning):
        return _date(answer) == date
    if quantity := _QUANTITY.fullmatch(meaning):
        right = readings(quantity[1])
        return any(number in right for number in readings(answer, quantity[2]))
    return _same(answer, meaning, around)


def _is_foreign(gloss: str) -> bool:
    """Whether a gloss has no mark of Vietnamese and hedges nothing: a term, an abbreviation."""
    words = comparable_words(gloss)
    return words == unmarked(words) and not set(words.split()) & _HEDGES


def nearly(answer: str, meaning: str, around: Sequence[str] = ()) -> bool:
    """Whether a person should look at an answer that does not match."""
    if symbols(meaning):
        return names_number(answer, meaning)
    if date := _date(meaning):
        return _date(f"{answer.strip()}/{date[0]}") == date
    if quantity := _QUANTITY.fullmatch(meaning):
        return any(number in doubtful(answer, quantity[2]) for number in readings(quantity[1]))
    typed, right = (_core(comparable(text), around) for text in (answer, meaning))
    return _is_slip(unmarked(typed), unmarked(right))


def _is_slip(plain: str, model: str) -> bool:
    """Whether words are swapped, added or dropped, or letters slipped."""
    if not plain or not model:
        return False
    if sorted(plain.split()) == sorted(model.split()) or f" {model} " in f" {plain} ":
        return True
    most = 4 * len(plain.split()) >= 3 * len(model.split())
    if most and f" {plain} " in f" {model} ":
        return True
    one, other = plain.replace(" ", ""), model.replace(" ", "")
    few = max(1, len(other) // _NEAR)
    return abs(len(one) - len(other)) <= few and _slips(one, other) <= few


def unmarked(text: str) -> str:
    """Text typed without any of the marks of Vietnamese."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _same(answer: str, meaning: str, around: Sequence[str]) -> bool:
    typed, right = comparable(answer), comparable(meaning)
    bare = comparable(_LEAD_IN.sub("", comparable_words(answer)))
    pairs = [(typed, right), (bare, right), (_core(bare, around), _core(right, around))]
    if any(_joined(a) == _joined(b) for a, b in pairs if a):
        return True
    # Without a single mark it is the keyboard that lacked them, not the knowledge.
    return typed == unmarked(typed) and any(
        a.replace(" ", "") == unmarked(b).replace(" ", "") for a, b in pairs if a
    )


def _joined(text: str) -> str:
    """Letters without blanks, then the tones in their order: a forgotten blank moves a tone."""
    letters = unicodedata.normalize("NFD", text.replace(" ", ""))
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones


def comparable_words(text: str) -> str:
    """Lower case in NFC with single blanks, for finding words by their usual spelling."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(_MARKS.sub(" ", text).split())


def _core(text: str, around: Sequence[str]) -> str:
    """``text`` without the words that may stand around, unless nothing else is there."""
    kept = f" {text} "
    for phrase in sorted(map(comparable, around), key=len, reverse=True):
        kept = kept.replace(f" {phrase} ", " ")
        kept = kept.replace(f" {unmarked(phrase)} ", " ") if text == unmarked(text) else kept
    return kept.strip() or text


def _date(text: str) -> tuple[int, int, int] | None:
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    plain = _ANY_DASH.sub("-", unmarked(" ".join(text.strip(" .;").split())))
    if match := _ISO.fullmatch(plain):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DATE.fullmatch(plain):
        year = int(match[3])
        return (year if year > 99 else 2000 + year), _month(match[2]), int(match[1])  # noqa: PLR2004
    return None


def _month(text: str) -> int:
    """A month in figures, in words or in Roman figures."""
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    words = (number for number, names in enumerate(_MONTHS, 1) if re.fullmatch(names, text))
    return int(text) if text.isdigit() else next(words)


def _tone_last(word: str) -> str:
    letters = _Y.sub(r"\1i", unicodedata.normalize("NFD", word))
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(x for x in letters if x not in _TONES)) + tones


def _slips(one: str, other: str) -> int:
    """Letters inserted, dropped, changed or swapped with their neighbour (Damerau, OSA)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]
