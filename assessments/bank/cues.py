"""Cues across the bank: what tells the key to somebody who reads only the options."""

from __future__ import annotations

import re
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, Any

from assessments.bank.finding import Finding
from assessments.bank.habits import graded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assessments.bank.item import Item

APART = 4.0  # standard errors between the shares of right and of wrong options that hold a word
ENOUGH = 20  # options of each side, or with a word, before shares mean anything
SAME_COUNT = 0.75  # share of multiple choice that may have the same numbers of keys and options
OFTEN_LONGEST = 0.5  # share of decisions whose best option may be the longest
_WORD = re.compile(r"[^\W\d]+")


def cues(items: Sequence[Item]) -> Iterator[Finding]:
    """Words, lengths and numbers of keys that pay a guesser, over all items together."""
    yield from _words(items)
    yield from _decisions(items)
    yield from _key_counts(items)


def _words(items: Sequence[Item]) -> Iterator[Finding]:
    """Words that stand in right options more often than in wrong ones, or less, beyond chance.

    Over the whole bank some words of a thousand lie three standard errors apart by chance alone.
    """
    held: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    options: Counter[bool] = Counter()
    for item in items:
        for texts, right in graded(item):
            for text, good in zip(texts, right, strict=True):
                held[good].update({word.casefold() for word in _WORD.findall(text)})
                options[good] += 1
    if min(options[True], options[False]) < ENOUGH:
        return
    for word, count in sorted((held[True] + held[False]).items()):
        shares = [held[good][word] / options[good] for good in (True, False)]
        whole = count / options.total()
        error = sqrt(whole * (1 - whole) * sum(1 / options[good] for good in (True, False)))
        if count >= ENOUGH and abs(shares[0] - shares[1]) > APART * error:
            text = f"“{word}” có ở {shares[0]:.0%} đáp án và {shares[1]:.0%} phương án sai"
            yield Finding("(ngân hàng)", "WORD", text)


def _decisions(items: Sequence[Item]) -> Iterator[Finding]:
    cases: list[tuple[Item, Any]] = [
        (item, item.exercise) for item in items if item.exercise.kind == "decisions"
    ]
    steps = [(item, step) for item, case in cases for step in case.steps.values()]
    longest = sum(
        max(step.options, key=lambda option: len(option.text)).credit == 1 for _, step in steps
    )
    if len(steps) >= ENOUGH // 2 and longest > OFTEN_LONGEST * len(steps):
        text = f"{longest}/{len(steps)} bước quyết định có phương án tốt nhất dài nhất"
        yield Finding("(ngân hàng)", "LONGEST", text)
    told = {item.id for item, step in steps if len({option.next for option in step.options}) > 1}
    for item_id in sorted(told):
        yield Finding(item_id, "REPLAY", "nhánh sau phụ thuộc lựa chọn: thử lại là biết đúng sai")


def _key_counts(items: Sequence[Item]) -> Iterator[Finding]:
    choices: list[Any] = [
        item.exercise
        for item in items
        if item.exercise.kind == "multiple" and item.template is None
    ]
    counts = Counter((sum(o.correct for o in c.options), len(c.options)) for c in choices)
    total = counts.total()
    for (right, options), number in counts.most_common(1):
        if total >= ENOUGH // 2 and number > SAME_COUNT * total:
            text = f"{number}/{total} câu nhiều lựa chọn có đúng {right} trên {options} phương án"
            yield Finding("(ngân hàng)", "COUNT", text)
