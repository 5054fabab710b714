"""How an item shows its figures: as officials write them, and each wrong result for one reason."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from assessments.bank.finding import Finding
from assessments.bank.heuristics import OFTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessments.bank.item import Item

DRAWS = 40
_UNREAD = frozenset({"answer", "tolerance", "accepted", "traps", "files", "credit"})
# A year and the number of a standard are written without a dot.
_PLAIN = re.compile(
    r"(?<!ISO )(?<!IEC )(?<!chuẩn )(?<![\w.,/–−-])(?!(?:19|20)\d\d\b)\d{4,}(?!:\d|[\w/–-])"
)
_HYPHEN = re.compile(r"(?<![\w)–/.-])-\d[\d.,]*")
_LEADS_TO = re.compile(r"\b[Rr]a ([−-]?\d[\d.]*(?:,\d+)?)")


def figures(item: Item) -> Iterator[Finding]:
    """Unreadable figures, and wrong results that one feedback explains in two ways."""
    fills = list(_fills(item))
    for text in dict.fromkeys(text for fill in fills for text in _read(fill)):
        for pattern, how in ((_PLAIN, "thiếu dấu chấm hàng nghìn"), (_HYPHEN, "dấu trừ là “−”")):
            if match := pattern.search(text):
                yield Finding(item.id, "FIGURE", f"“{match[0]}”: {how}")
                return
    twice = sum(_explained_twice(fill) for fill in fills)
    if twice > OFTEN * len(fills):
        text = (
            f"cùng một kết quả sai được giải thích hai lần ở {twice / len(fills):.0%} số biến thể"
        )
        yield Finding(item.id, "TWICE", text)


def _fills(item: Item) -> Iterator[Any]:
    if item.template is None:
        yield item.exercise.model_dump(mode="json")
        return
    for number in range(DRAWS):
        yield item.template.fill(random.Random(number))  # noqa: S311 - reproducible, no secret


def _read(value: Any) -> Iterator[str]:
    """Every text of an exercise that somebody reads."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (
            text for key, part in value.items() if key not in _UNREAD for text in _read(part)
        )
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in _read(part))


def _explained_twice(fill: Any) -> bool:
    feedback = fill.get("feedback")
    said = feedback.get("wrong", "") if isinstance(feedback, dict) else ""
    return max(Counter(_LEADS_TO.findall(said)).values(), default=0) > 1
