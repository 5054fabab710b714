"""Checking the bank: every item answered right, wrong, blank and malformed, and drawn often.

Besides errors it looks for what helps a guesser: a key that stands in one place or is longer
than the rest. What it finds is told to authors; nothing here changes an item.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from assessments.bank.answering import malformed, right, wrong
from assessments.bank.cues import cues
from assessments.bank.figures import figures
from assessments.bank.finding import Finding
from assessments.bank.heuristics import shortcuts
from assessments.bank.item import draw, mark
from assessments.bank.kinship import contradictions
from courses.foundation.errors import ContentError
from courses.kinds.phrases import comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item, Variant

DRAWS = 200
SLOW = 0.05  # seconds a draw; a form of forty items in eight variants must not take minutes
_ROUNDS = re.compile(r"chữ số (?:thập phân|sau dấu phẩy)|[Ll]àm tròn (?:tới|đến)")
FEW = 20  # distinct variants that a generator must reach in DRAWS
ONE_PLACE = 0.5  # share of draws in which the key may stand in the same place
FAR_LONGER = 1.5  # times the mean length of the other options
OFTEN_LONGEST = 0.5  # share of a competency's choice items whose key may be the longest


def check_bank(bank: Bank, outcomes: Collection[str]) -> Iterator[Finding]:
    """Check every item that is not retired, then the competencies as a whole.

    Args:
        bank: the items.
        outcomes: ids of all outcomes that lessons teach; ``CAP`` items are exempt.
    """
    items = [item for _, item in sorted(bank.items.items()) if item.status != "retired"]
    for item in items:
        yield from check_item(item)
        if item.competency != "CAP" and item.outcome not in outcomes:
            yield Finding(item.id, "OUTCOME", f"không bài học nào có chuẩn đầu ra {item.outcome}")
    yield from cues(items)
    yield from contradictions(bank)
    for competency in sorted({item.competency for item in items}):
        yield from _longest([item for item in items if item.competency == competency])


def check_item(item: Item) -> Iterator[Finding]:
    """Check one item over DRAWS variants."""
    variants, begin = [], time.perf_counter()
    for number in range(DRAWS):
        try:
            variants.append(draw(item, f"check/{number}"))
        except ContentError as error:
            yield Finding(item.id, "DRAW", f"biến thể {number}: {error.message}")
            return
    if (time.perf_counter() - begin) / DRAWS > SLOW:
        yield Finding(item.id, "SLOW", f"sinh một biến thể lâu hơn {SLOW * 1000:.0f} ms")
    # Without a generator only the places of the options change, which nothing here looks at.
    apart = variants if item.template else variants[:1]
    faults = dict.fromkeys(fault for variant in apart for fault in _faults(variant))
    yield from (Finding(item.id, code, text) for code, text in faults)
    if item.template and len({repr(variant.question) for variant in variants}) < FEW:
        yield Finding(item.id, "FEW", f"sinh ra ít hơn {FEW} biến thể khác nhau")
    yield from _places(item, variants)
    yield from _precision(item)
    yield from figures(item)
    for way, share in shortcuts(item, variants):
        yield Finding(item.id, "SHORTCUT", f"“{way}” đúng ở {share:.0%} số biến thể")


def _precision(item: Item) -> Iterator[Finding]:
    exercise: Any = item.exercise
    asks = exercise.kind == "numeric" and _ROUNDS.search(" ".join(exercise.prompt.split()))
    if asks and exercise.decimals is None:
        yield Finding(item.id, "PRECISION", "lời dẫn yêu cầu làm tròn mà thiếu khoá decimals")
    if not item.exercise.present(item.id, random.Random(0))[0].rule():  # noqa: S311 - no secret
        yield Finding(item.id, "RULE", "loại câu này chưa có lời nói cách cho điểm")


def _faults(variant: Variant) -> Iterator[tuple[str, str]]:
    """What is wrong with one variant, as code and text."""
    expected = {
        "right": (right(variant), "unjudged" if variant.question.kind == "essay" else "correct"),
        "blank": (None, "blank"),
        "malformed": (malformed(variant), "invalid"),
    }
    if variant.question.kind != "essay":
        expected["wrong"] = (wrong(variant), "wrong")
    for what, (answer, state) in expected.items():
        found = mark(variant, answer).state
        if found != state:
            yield what.upper(), f"trả lời {_NAMES[what]} được chấm là “{found}”"
    texts = [comparable(text) for text in _choices(variant.question)]
    if len(set(texts)) != len(texts):
        yield "AMBIGUOUS", "hai phương án đọc như nhau"


_NAMES = {"right": "đúng", "wrong": "sai", "blank": "bỏ trống", "malformed": "sai dạng"}


def _choices(question: Any) -> list[str]:
    texts = [option.text for option in getattr(question, "options", ())]
    return texts + [target.text for target in getattr(question, "targets", ())]


def _places(item: Item, variants: list[Variant]) -> Iterator[Finding]:
    if item.exercise.kind != "single":
        return
    places = Counter(
        [option.id for option in variant.question.options].index(variant.key.correct[0])  # type: ignore[union-attr]
        for variant in variants
    )
    if places.most_common(1)[0][1] > ONE_PLACE * len(variants):
        yield Finding(item.id, "PLACE", "đáp án đứng một chỗ ở quá nửa số biến thể")
    key, others = _lengths(item.exercise)
    if key > FAR_LONGER * sum(others) / len(others) and key > max(others):
        yield Finding(item.id, "LONG", "đáp án dài hơn hẳn các phương án khác, dễ đoán")


def _lengths(exercise: Any) -> tuple[int, list[int]]:
    """Length of the key and of the other options of a single choice."""
    key = next(len(option.text) for option in exercise.options if option.correct)
    return key, [len(option.text) for option in exercise.options if not option.correct]


def _longest(items: list[Item]) -> Iterator[Finding]:
    choices = [_lengths(item.exercise) for item in items if item.exercise.kind == "single"]
    longest = sum(key > max(others) for key, others in choices)
    if longest > OFTEN_LONGEST * len(choices):
        code = items[0].competency
        text = f"{longest}/{len(choices)} câu một lựa chọn có đáp án dài nhất, dễ đoán"
        yield Finding(code, "LONGEST", text)
