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

from courses.foundation.letters import INVISIBLE, unmarked
from courses.foundation.number_words import in_figures, in_sure_figures
from courses.foundation.numerals import readings
from courses.kinds.abbreviations import written_out
from courses.kinds.articles import cites, places
from courses.kinds.days import day_in, speaks_of
from courses.kinds.quantities import is_amount, nearly_amount, same_amount, within
from courses.kinds.symbols import names_number, same_symbol, symbols

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

# Tone marks in the order of Unicode; where they stand in “hoà/hòa” is a matter of habit.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = re.compile(r"[“”„\"'‘’`´«»*_.,;:!?…]+")
_DOTTED = re.compile(r"\b(?:[^\W\d]\.)+[^\W\d]\b")  # “U.B.N.D”
_CROSSED = re.compile(r"[ðɖ]")
_COURTESY = re.compile(
    r"^\s*(?:dạ|thưa)\b[\s,]*|[\s,]*\bạ[\s.!]*$|\s(?:đó|ấy|này)[\s.]*$", re.IGNORECASE
)
_DASHES = re.compile(r"(?<=[^\W\d])\s*[-‐‑‒–—−/]\s*(?=[^\W_])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_Y = re.compile(r"\b((?:h|k|l|m|s|t|v|qu|b|d))y(?=$|\s|[\u0300-\u0323])")
_HORN = re.compile("uo\u031b(?=[a-z])|u\u031bo(?!\u031b)")  # “phuơng”, “phưong”
_LEAD_IN = re.compile(r"^(?:(?!không |chưa |chẳng )\S+ ){0,4}?là |^(?:đáp án|trả lời|kết quả) ")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_FIGURES = re.compile(r"\d+")
_AND = re.compile(r"[,;=]|\s[-–—]\s|\b(?:hay|hoặc|tức là|tức|còn gọi là)\b", re.IGNORECASE)
_SLASH = re.compile(rf"/|{_AND.pattern}", re.IGNORECASE)
_HEDGES = {"or", "and", "not", "hay", "khong"}
_INITIALS = 4  # letters of an abbreviation that can hardly mean anything else
_NEAR = 8  # letters of an answer for each slip of the pen that a person should forgive or not


@lru_cache(maxsize=4096)  # an item's meanings meet every answer to it
def comparable(text: str) -> str:
    """Text without case, tone placement, i/y, blanks, quotation and other marks.

    A syllable keeps its tone but not the letter that carries it: “hoà” equals “hòa”.
    """
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold()
    text = text.replace("&", " and ").replace("\u2044", "/")  # “⅔” is made of three signs
    text = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), _CROSSED.sub("đ", text))
    text = _DASHES.sub(" ", _MARKS.sub(" ", text)).replace("(", " ").replace(")", " ")
    return " ".join(_tone_last(word) for word in text.split())


def accepted(
    answer: str, meanings: Sequence[str], around: Sequence[str] = (), prompt: str = ""
) -> bool:
    """Whether an examiner reads one of the ``meanings`` in ``answer``.

    Two accepted names side by side are right too, and so is a gloss in brackets that is foreign,
    stands in a meaning or is what the answer abbreviates.

    Args:
        answer: what was written.
        meanings: what the author accepts.
        around: words that may stand around a meaning and say nothing by themselves.
        prompt: the question, which may say the unit of an amount.
    """

    def right(part: str) -> bool:
        return any(_matches(part, meaning, around, prompt) for meaning in meanings)

    def says_no_more(gloss: str) -> bool:
        return _is_foreign(gloss) or right(gloss) or _stands_in(gloss, meanings)

    if right(answer) or right(answer := _COURTESY.sub("", answer)):
        return True
    bare, glosses = _BRACKETS.sub(" ", answer), _BRACKETS.findall(answer)
    if glosses and all(map(says_no_more, glosses)) and right(bare):
        return True
    if any(right(gloss) and _initials(gloss) == unmarked(bare).strip() for gloss in glosses):
        return True
    ways = [[part for part in sign.split(answer) if part.strip()] for sign in (_AND, _SLASH)]
    return any(len(parts) > 1 and all(right(part) for part in parts) for parts in ways)


def _matches(answer: str, meaning: str, around: Sequence[str], prompt: str) -> bool:
    if comparable(answer) == comparable(meaning):
        return True
    if symbols(meaning):
        return same_symbol(answer, meaning)
    for read in (day_in, places, _minutes):
        if meant := read(meaning):
            return meant in (read(answer), read(within(in_figures(answer))))
    if is_amount(meaning):
        return same_amount(answer, meaning, prompt)
    if comparable(in_sure_figures(answer)) == comparable(in_sure_figures(meaning)):
        return True
    return _same(answer, meaning, around)


def _stands_in(gloss: str, meanings: Sequence[str]) -> bool:
    words = f" {comparable(gloss)} "
    return any(words in f" {comparable(meaning)} " for meaning in meanings)


def _initials(text: str) -> str:
    return "".join(word[0] for word in unmarked(text).split())


def _is_foreign(gloss: str) -> bool:
    """Whether a gloss has no mark of Vietnamese and hedges nothing: a term, an abbreviation."""
    words = comparable_words(gloss)
    return words == unmarked(words) and not set(words.split()) & _HEDGES


def nearly(answer: str, meaning: str, around: Sequence[str] = ()) -> bool:
    """Whether a person should look at an answer that does not match."""
    if symbols(meaning):
        return names_number(answer, meaning)
    if day := day_in(meaning):
        return speaks_of(answer, day)
    if cited := places(meaning):
        return cites(answer, cited)
    if is_amount(meaning):
        return nearly_amount(answer, meaning)
    numbers = _numbers(meaning)
    if numbers and (given := _numbers(answer)):
        return given == numbers  # a wrong figure is no slip of the pen
    typed, right = (unmarked(_core(comparable(text), around)) for text in (answer, meaning))
    return _is_slip(*_spelt_out(typed, right, least=2))


def _minutes(text: str) -> tuple[Decimal, ...]:
    """A time of day or a span said in two numbers, such as “17h30”, in minutes."""
    return readings(text, "phút") if len(_FIGURES.findall(text)) > 1 else ()


def _numbers(text: str) -> list[str]:
    """The numbers in ``text`` in their order, also those in words or Roman figures."""
    text = comparable_words(text)
    words = re.findall(r"\w+", text if _FIGURES.search(text) else in_figures(text))
    figures = " ".join(str(_ROMAN.index(word) + 1) if word in _ROMAN else word for word in words)
    return [number.lstrip("0") for number in _FIGURES.findall(figures)]


def _is_slip(plain: str, model: str) -> bool:
    """Whether words are swapped, added or dropped, or letters slipped."""
    if not plain or not model:
        return False
    if sorted(plain.split()) == sorted(model.split()) or _runs_through(plain, model):
        return True
    most = 4 * len(plain.split()) >= 3 * len(model.split())
    if most and _runs_through(model, plain):
        return True
    one, other = plain.replace(" ", ""), model.replace(" ", "")
    few = max(1, len(other) // _NEAR)
    return abs(len(one) - len(other)) <= few and _slips(one, other) <= few


def _runs_through(plain: str, model: str) -> bool:
    """Whether the words of ``model`` stand together in ``plain``, or in order with few between."""
    words, wanted = iter(plain.split()), model.split()
    few = len(plain.split()) <= 2 * len(wanted)
    return f" {model} " in f" {plain} " or (few and all(word in words for word in wanted))


def _spelt_out(one: str, other: str, least: int) -> tuple[str, str]:
    """Both texts with the initials in each spelt as in the other: “ubnd tinh”."""
    return _spelt_as(one, other, least), _spelt_as(other, one, least)


def _spelt_as(text: str, model: str, least: int) -> str:
    """``text`` with each word of ``least`` letters or more that are initials in ``model`` spelt."""
    words, spelt = model.split(), []
    initials = "".join(unmarked(word)[:1] for word in words)
    for word in text.split():
        at = initials.find(unmarked(word)) if len(word) >= least else -1
        spelt += [word] if at < 0 else words[at : at + len(word)]
    return " ".join(spelt)


def _same(answer: str, meaning: str, around: Sequence[str]) -> bool:
    typed, right = comparable(answer), comparable(meaning)
    bare = comparable(_LEAD_IN.sub("", comparable_words(answer)))
    pairs = [(typed, right), (bare, right), (_core(bare, around), _core(right, around))]
    full = comparable(written_out(comparable_words(answer)))
    pairs += [(full, right), (_core(full, around), _core(right, around))]
    if min(len(typed.split()), len(right.split())) > 1:  # a lone “TC” may stand for anything
        pairs += [_spelt_out(*pair, least=_INITIALS) for pair in pairs]
    if any(_joined(a) == _joined(b) for a, b in pairs if a):
        return True
    # Without a mark it is the keyboard that lacked it, not the knowledge; another mark is a doubt.
    if any(_bare_in_places(a, b) for a, b in pairs if a):
        return True
    return typed == unmarked(typed) and any(
        unmarked(a).replace(" ", "") == unmarked(b).replace(" ", "") for a, b in pairs if a
    )


def _bare_in_places(text: str, model: str) -> bool:
    """Whether each syllable is that of ``model`` or stands there without any mark."""
    words, wanted = text.split(), model.split()
    pairs = zip(words, wanted, strict=False)
    return len(words) == len(wanted) and all(one in (two, unmarked(two)) for one, two in pairs)


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
        kept = kept.replace(f" {unmarked(phrase)} ", " ")
    return kept.strip() or text


def _tone_last(word: str) -> str:
    letters = _Y.sub(r"\1i", unicodedata.normalize("NFD", word))
    tones = "".join(letter for letter in letters if letter in _TONES)
    plain = _HORN.sub("u\u031bo\u031b", "".join(x for x in letters if x not in _TONES))
    return unicodedata.normalize("NFC", plain) + tones


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
