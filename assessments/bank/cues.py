"""Cues across the bank: what tells the key to somebody who reads only the options."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from assessments.bank.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assessments.bank.item import Item

WORDS = ("vì", "nên", "để", "mọi", "chỉ", "luôn", "không bao giờ")
APART = 0.15  # between the shares of keys and of distractors that hold a word
ENOUGH = 20  # options of each side before shares mean anything
SAME_COUNT = 0.75  # share of multiple choice that may have the same numbers of keys and options
OFTEN_LONGEST = 0.5  # share of decisions whose best option may be the longest


def cues(items: Sequence[Item]) -> Iterator[Finding]:
    """Words, lengths and numbers of keys that pay a guesser, over all items together."""
    keys, others = _single_choices(items)
    for word in WORDS:
        shares = [_share(texts, word) for texts in (keys, others)]
        if min(len(keys), len(others)) >= ENOUGH and abs(shares[0] - shares[1]) > APART:
            text = f"“{word}” có ở {shares[0]:.0%} đáp án và {shares[1]:.0%} phương án sai"
            yield Finding("(ngân hàng)", "WORD", text)
    yield from _decisions(items)
    yield from _key_counts(items)


def _single_choices(items: Sequence[Item]) -> tuple[list[str], list[str]]:
    options: list[Any] = [
        option
        for item in items
        if item.exercise.kind == "single"
        for option in item.exercise.options
    ]
    keys = [option.text for option in options if option.correct]
    return keys, [option.text for option in options if not option.correct]


def _share(texts: Sequence[str], word: str) -> float:
    holding = sum(f" {word} " in f" {text.casefold().replace(',', ' ')} " for text in texts)
    return holding / len(texts) if texts else 0.0


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
