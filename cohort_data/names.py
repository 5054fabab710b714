"""Vietnamese personal names: how they are cleaned, matched, sorted and masked."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from vn_collate import collate_key

from cohort_data.letters import clean

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_BREVE_NOT_ON_A = re.compile("(?<![aA])(?<![aA]\u0323)\u0306")
_MASK = "***"


class NameParts(NamedTuple):
    """A name by its places: first word, words between, last word.

    A compound surname (Tôn Thất, Âu Dương) cannot be told from a middle name by form alone,
    so only its first word counts as surname; sorting needs no more than that.
    """

    surname: str
    middle: str
    given: str


def match_key(text: str) -> str:
    """Return a key equal for spellings that differ only in case, blanks or tone placement.

    The tone mark is moved to the end of its syllable, which unifies the old and the new
    placement (*hòa* and *hoà*, *thúy* and *thuý*) without a table: a syllable has one tone.
    *Lý* and *Lí* stay apart, for they are different registered names.
    """
    return " ".join(_tone_last(word) for word in clean(text).casefold().split())


def split(name: str) -> NameParts:
    """Split a full name; a single word is the given name alone."""
    words = clean(name).split() or [""]
    surname = words[0] if len(words) > 1 else ""
    return NameParts(surname, " ".join(words[1:-1]), words[-1])


def sort_key(name: str) -> tuple[str, str, str, str]:
    """Return the key of a Vietnamese list: given name, then surname, then middle name.

    Letters ă â đ ê ô ơ ư come after a, d, e, o, u as letters of their own; tones decide only
    between equal letters, in the order ngang, huyền, hỏi, ngã, sắc, nặng. Case decides nothing;
    the cleaned name comes last so that the order never depends on the order of the input.
    """
    parts = split(name)
    return (
        _collate(parts.given),
        _collate(parts.surname),
        _collate(parts.middle),
        clean(name),
    )


def mask(name: str) -> str:
    """Return a name fit for a public page: ``Nguyễn *** A***``.

    Whoever holds the paper can still tell that the page speaks of the same person, while
    whoever tries certificate numbers one by one learns a surname shared by millions and one
    letter. Middle names are hidden, since the rarer ones identify their bearer, and the number
    of stars is fixed so that it betrays no length.
    """
    parts = split(name)
    given = f"{parts.given[:1]}{_MASK}"
    return f"{parts.surname} {_MASK} {given}" if parts.surname else given


def _tone_last(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    letters = "".join(mark for mark in marks if mark not in _TONES)
    tones = "".join(mark for mark in marks if mark in _TONES)
    return unicodedata.normalize("NFC", letters) + tones


def _collate(words: str) -> str:
    # Two gaps of vn_collate are closed here. It sorts a blank or an apostrophe after every
    # letter ("Thị An" after "Thịnh"), where the digit nought sorts before them as a blank should;
    # and it sorts letters such as ŏ or ŭ of Ê Đê and Gia Rai names after z, not with o and u.
    plain = _BREVE_NOT_ON_A.sub("", unicodedata.normalize("NFD", words.casefold()))
    return collate_key(_NOT_A_LETTER.sub("0", unicodedata.normalize("NFC", plain)))
