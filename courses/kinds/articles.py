"""Places in a document as people cite them: “khoản 1 Điều 38”, “Điều 38.1”, “k1 Đ38”."""

from __future__ import annotations

import re

from courses.foundation.letters import INVISIBLE, unmarked

_SHORT = {"d": "dieu", "k": "khoan"}
_PLACE = re.compile(
    r"\b(dieu|d|khoan|k|diem|muc|chuong)[\s.:]*(\d+(?:\.\d+)*|[a-z]\b|[ivx]+\b)", re.ASCII
)
_JOINED = re.compile(r"(?<=\d)(?=[dk]\d)")  # “k1Đ38”
_BETWEEN = re.compile(r"(?:\b(?:tai|theo|la|o|cua)\b|[\s,;.:()–-])*")

Places = frozenset[tuple[str, str]]


def places(text: str) -> Places:
    """The article, clause and point that ``text`` cites and nothing else, if it does."""
    plain = _plain(text)
    return _places(plain) if _BETWEEN.fullmatch(_PLACE.sub(" ", plain)) else frozenset()


def cites(text: str, cited: Places) -> bool:
    """Whether the places stand in ``text`` among others."""
    return cited <= _places(_plain(text))


def _places(plain: str) -> Places:
    found = set()
    for level, number in _PLACE.findall(plain):
        article, _, clause = number.partition(".")
        if _SHORT.get(level, level) == "dieu" and clause:  # “Điều 38.1” is its clause 1
            found |= {("dieu", article), ("khoan", clause)}
        else:
            found.add((_SHORT.get(level, level), number))
    return frozenset(found)


def _plain(text: str) -> str:
    return _JOINED.sub(" ", " ".join(unmarked(text.translate(INVISIBLE)).split()).strip(" .“”\"'"))
