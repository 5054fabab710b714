"""From typed document numbers to citations, so that authors may write as they are used to."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from courses.sources import FULL

if TYPE_CHECKING:
    from courses.sources import Register, Source

_DAY = r"(?P<day>\s+ngày\s+\d{1,2}/\d{1,2}/\d{4})?"
_STEP = r"[\wđ]+(?:\.[\wđ]+)*(?:\s+khoản\s+\d+)?(?:\s+điểm\s+[a-zđ]\b)?"
_PLACES = (
    rf"(?P<article>,\s+(?:Điều|mục|Phụ lục|Chương)\s+{_STEP}"
    rf"(?:(?:,|\s+và|\s+đến|–)\s*(?:(?:Điều|mục)\s+)?(?=\d){_STEP})*)?"
)


def cite(text: str, register: Register) -> str:
    """``text`` with each typed number of a registered document turned into a citation.

    A kind and a day that stand with the number go with it, for the register prints them, and
    so do articles that follow. What is a citation already stays.
    """
    for source in register.sources:
        if source.number[:1].isdigit():
            text = _pattern(source).sub(partial(_written, source.id), text)
    return text


def _pattern(source: Source) -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, {source.kind, source.name.partition(" ")[0]}))
    title = re.escape(source.title.removeprefix("Luật ")).replace(r"\ ", r"\s+")
    lead = rf"(?:(?P<kind>{kinds})\s+(?P<title>{title}\s+)?(?P<number>số\s+)?)?"
    return re.compile(
        rf"(?<!@){lead}(?<![\w/.@-]){re.escape(source.number)}(?![\w/-]){_DAY}{_PLACES}"
    )


def _written(id_: str, match: re.Match[str]) -> str:
    full = f"|{FULL}" if match["day"] else ""
    return f"[@{id_}{match['article'] or ''}{full}]"
