"""Which characters a roster may hold, and which others are certainly meant for one of them.

A name that a certificate cannot print, or that only looks like another name, is found when it
arrives and not when the certificate is made. Folding is limited to what has one reading: the
compatibility forms of Unicode (UAX #15), letters of the same shape inside a Latin word (UTS #39,
mixed scripts), Vietnamese marks typed in another order. Anything else is for a person to type.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHAPES = "\u0302\u0306\u031b"
# Ê Đê and Gia Rai write a breve on letters that have no such character of their own.
_BREVE = "\u0306"
_LOOSE_BREVE = re.compile(f"(?<![êôơưÊÔƠƯ]){_BREVE}")

_VIETNAMESE = unicodedata.normalize(
    "NFC",
    "".join(
        f"{vowel}{tone}{vowel.upper()}{tone}" for vowel in "aăâeêioôơuưy" for tone in ("", *_TONES)
    ),
)
# č ĕ ĭ ñ ŏ ŭ ƀ of the languages of the Central Highlands; Latin-1 for foreign names. Eth is
# left out: in an office's roster it is always Đ of another keyboard.
_OTHER = "đĐčČĕĔĭĬŏŎŭŬƀɃ" + "".join(map(chr, (*range(0xC0, 0xD0), *range(0xD1, 0xD7))))
_LATIN_1 = (
    "".join(map(chr, (*range(0xD8, 0xDF), *range(0xE0, 0xF0), *range(0xF1, 0xF7)))) + "øùúûüýþÿŸ"
)
_ASCII = "".join(map(chr, range(0x20, 0x7F)))

LETTERS = frozenset(c for c in _ASCII + _VIETNAMESE + _OTHER + _LATIN_1 if c.isalpha()) | {_BREVE}
"""Every letter a name may have; the breve only after ê, ô, ơ, ư."""
ALPHABET = LETTERS | frozenset(_ASCII) | frozenset("–—‘’“”…•«»°§±×½¼¾²³·№")
"""Every character that a text of a roster may have once it has been read."""

_ODD = re.compile(f"[^{re.escape(''.join(sorted(ALPHABET)))}]")

# Hidden marks that change nothing a reader sees. Overrides of the writing direction do.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_COMPATIBLE = {"<wide>", "<narrow>", "<font>", "<noBreak>"}
_CLUSTER = re.compile("[^\\W\\d_](?:[\u0300-\u036f]{2,}|\u030c)")  # one mark has one order
_WORD = re.compile("[^\\W\\d_]+(?:[\u0300-\u036f]+[^\\W\\d_]*)*")
_TWINS = str.maketrans(
    "АВЕКМНОРСТУХІЅЈаеорсухіѕјһԁԛԝԚԜ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXISJaeopcyxisjhdqwQW" + "ABEZHIKMNOPTYXo",
)
_TWIN = re.compile(f"[{''.join(map(chr, _TWINS))}]")
_SIGNS = str.maketrans("\u2010\u2011ʼ‵′", "--'''")
_D_WITH_STROKE = str.maketrans("ÐƉðɖ", "ĐĐđđ")
_CARON_FOR_BREVE = re.compile("([aA])\u030c")


class Folded(NamedTuple):
    """A text as it is meant, and the characters that leave its reading open."""

    text: str
    doubtful: tuple[str, ...]


def clean(text: str) -> str:
    """Return ``text`` in NFC, without unseen characters, with single inner blanks.

    Spreadsheets made on macOS bring NFD; copied web text brings no-break and zero-width spaces.
    """
    if text.isascii():
        return " ".join(text.split())
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


_PASSES = 2


def fold(text: str) -> Folded:
    """Read ``text`` as Vietnamese: clean, with every certain look-alike replaced.

    Folding again changes nothing; a text without doubtful characters is in :data:`ALPHABET`.
    """
    plain = _folded_once(text)
    for _ in range(_PASSES):  # what one pass composes, the next may know
        plain = _folded_once(plain)
    return Folded(plain, _doubtful(plain))


def _folded_once(text: str) -> str:
    plain = clean(text)
    if not (_ODD.search(plain) or _BREVE in plain):
        return plain
    plain = "".join(map(_compatible, plain)).translate(_D_WITH_STROKE)
    plain = _CLUSTER.sub(_in_order, unicodedata.normalize("NFD", plain))
    plain = plain.translate(_SIGNS)
    return clean(_WORD.sub(_latin, plain) if _TWIN.search(plain) else plain)


def named(character: str) -> str:
    """Name a character so that a person can find it: ``“г” (U+0433)``."""
    return f"“{character}” (U+{ord(character):04X})"


def replaced(before: str, after: str) -> str | None:
    """Say what folding changed, or None when no reader could tell.

    Blanks in a row, line breaks and the two forms of one accented letter (NFC, NFD) are told by
    nobody; a no-break space, an unseen character or another script's letter is.
    """
    if before == after:
        return None
    given = " ".join(unicodedata.normalize("NFC", before).split(" "))
    seen = " ".join(re.split(r"[ \t\r\n]+", given.strip(" \t\r\n")))
    if seen == after:
        return None
    told = ", ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(_ODD.findall(seen)))
    return f"“{clean(before)}” → “{after}”" + (f" (ký tự {told})" if told else "")


def _doubtful(text: str) -> tuple[str, ...]:
    loose = _LOOSE_BREVE.search(text)
    return (*dict.fromkeys(_ODD.findall(text)), *((_BREVE,) if loose else ()))


@lru_cache(maxsize=4096)
def _compatible(character: str) -> str:
    kind = unicodedata.decomposition(character).partition(" ")[0]
    return unicodedata.normalize("NFKC", character) if kind in _COMPATIBLE else character


def _in_order(found: re.Match[str]) -> str:
    """Put the marks of one letter in the order that makes a Vietnamese letter, each once."""
    cluster = _CARON_FOR_BREVE.sub("\\1\u0306", found[0])
    letter, once = cluster[0], dict.fromkeys(cluster[1:])
    shapes = [mark for mark in once if mark in _SHAPES]
    tones = [mark for mark in once if mark not in _SHAPES]
    return "".join((letter, *shapes, *tones))


def _latin(found: re.Match[str]) -> str:
    """Replace another script's letters in a word whose other letters are all Latin."""
    if not _TWIN.search(found[0]):
        return found[0]
    word = unicodedata.normalize("NFC", found[0])
    rest = [c for c in word if ord(c) not in _TWINS and c.isalpha()]
    if len(rest) == len(word) or not rest or not all(map(_is_latin, rest)):
        return word
    return word.translate(_TWINS)


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
