"""What can be learnt of keys from other items: the commonest answers, words and lengths."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING, Any

from assessments.bank.guessing import TICKED, path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assessments.bank.item import Item, Variant

_WORD = re.compile(r"\w+")
_SMOOTH = 1.0
_ASSIGNED = ("matching", "classification")


class Commonest:
    """Answers every question of a kind as the bank's questions of that kind are answered most."""

    def __init__(self, variants: Iterable[Variant]) -> None:
        """``variants``: one of each item of the bank, keys and all."""
        seen: dict[str, Counter[Any]] = defaultdict(Counter)
        for variant in variants:
            seen[variant.question.kind].update(_habits(variant))
        self._most = {kind: counts.most_common(1)[0][0] for kind, counts in seen.items() if counts}

    def __call__(self, variant: Variant) -> Any:
        """The commonest place, number of options, category or number; None where there is none."""
        question: Any = variant.question
        kind, most = question.kind, self._most.get(question.kind)
        if most is None:
            return None
        if kind == "multiple":
            return [option.id for option in question.options[:most]]
        if kind == "single":
            return question.options[min(most, len(question.options) - 1)].id
        if kind in _ASSIGNED:
            target = question.targets[min(most, len(question.targets) - 1)].id
            return {option.id: target for option in question.options}
        return str(most) if kind == "numeric" else {cell: str(most) for cell in question.blanks}


def _habits(variant: Variant) -> list[Any]:
    """What there is to know of a key without its question."""
    question: Any = variant.question
    kind, key = question.kind, variant.key.correct
    if kind == "single":
        return [[option.id for option in question.options].index(key[0])]
    if kind == "multiple":
        return [len(key)]
    if kind in _ASSIGNED:
        places = [target.id for target in question.targets]
        return [places.index(pair.split("=")[1]) for pair in key]
    if kind == "numeric":
        return [key[0].replace(".", ",")]
    if kind == "table":
        return [pair.split("=")[1].replace(".", ",") for pair in key]
    return []


class CueWise:
    """Has learned from other items which words and lengths right options have."""

    def __init__(self, items: Iterable[Item]) -> None:
        """``items``: whose options may be learned from."""
        self._counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        self._totals: Counter[bool] = Counter()
        for item in items:
            for options, correct in graded(item):
                for text, good in zip(options, correct, strict=True):
                    self._counts[good].update(_cues(text, options))
                    self._totals[good] += 1

    def liking(self, text: str, among: Sequence[str]) -> float:
        """Log odds that an option is right, by its cues alone."""
        good, bad = self._counts[True], self._counts[False]
        return sum(
            log((good[cue] + _SMOOTH) / (self._totals[True] + 2 * _SMOOTH))
            - log((bad[cue] + _SMOOTH) / (self._totals[False] + 2 * _SMOOTH))
            for cue in sorted(_cues(text, among))
        )

    def __call__(self, variant: Variant) -> Any:
        """The option liked most; of a multiple choice as many as who knows nothing ticks."""
        question: Any = variant.question
        if question.kind in ("single", "multiple"):
            order = self._order(question.options)
            return order[0].id if question.kind == "single" else [o.id for o in order[:TICKED]]
        if question.kind == "decisions":
            return path(question, lambda options: self._order(options)[0])
        return None

    def _order(self, options: Sequence[Any]) -> list[Any]:
        texts = [option.text for option in options]
        return sorted(options, key=lambda option: (-self.liking(option.text, texts), option.text))


def graded(item: Item) -> Iterator[tuple[list[str], list[bool]]]:
    """Options with whether each is right, wherever an item offers some."""
    exercise: Any = item.exercise
    if exercise.kind in ("single", "multiple"):
        yield [o.text for o in exercise.options], [o.correct for o in exercise.options]
    if exercise.kind == "decisions":
        for step in exercise.steps.values():
            yield [o.text for o in step.options], [o.credit == 1 for o in step.options]


def _cues(text: str, among: Sequence[str]) -> set[str]:
    rank = sorted(among, key=len).index(text)
    place = "ngắn nhất" if rank == 0 else "dài nhất" if rank == len(among) - 1 else "giữa"
    return {f"<{place}>"} | {word.lower() for word in _WORD.findall(text)}
