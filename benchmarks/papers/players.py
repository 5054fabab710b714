"""What players without the knowledge earn: by habit, by cues learned from the bank, by memory.

Each player answers a delivered form; the product's own marking pays. Essays earn nothing and count.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from math import log
from statistics import fmean
from typing import TYPE_CHECKING, Any

from assessments.bank.answering import right
from assessments.bank.guessing import PLAYERS
from assessments.bank.item import draw, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item, Variant
    from assessments.forms.form import Form

CHANCE = PLAYERS["ngẫu nhiên"]
_WORD = re.compile(r"\w+")
_SMOOTH = 1.0
_ASSIGNED = ("matching", "classification")
_NUMBERS = ("numeric", "table", "short")


def earned(form: Form, play: Callable[[str, Variant, random.Random], Any]) -> float:
    """The share of a form's points that a player earns on average, over all variants.

    ``play`` gives the raw answer to one item by its id and variant.
    """
    rng = random.Random("người đoán")  # noqa: S311 - a reproducible estimate
    won = 0.0
    for item in form.items:
        if item.rubric is None:
            variants = [item.variant(number) for number in range(len(item.variants))]
            points = [float(mark(v, play(item.id, v, rng)).points) for v in variants]
            won += fmean(points)
    return won / float(form.points)


def naive_players(bank: Bank) -> dict[str, Callable[[str, Variant, random.Random], Any]]:
    """Players by name; who reads cues has not seen items of the competency that is asked."""
    live = [i for i in bank.items.values() if i.status == "live" and i.rubric is None]
    competencies = {item.competency for item in live}
    wise = {c: CueWise(item for item in live if item.competency != c) for c in competencies}
    found = {name: _any_item(play) for name, play in PLAYERS.items()}
    found["đáp án hay gặp nhất"] = _any_item(Commonest(draw(item, "ngân hàng") for item in live))
    found["dấu hiệu học từ câu khác"] = lambda id_, variant, rng: wise[bank.items[id_].competency](
        variant, rng
    )
    return found


def _any_item(
    play: Callable[[Variant, random.Random], Any],
) -> Callable[[str, Variant, random.Random], Any]:
    return lambda _, variant, rng: play(variant, rng)


class Commonest:
    """Answers every question of a kind as the bank's questions of that kind are answered most."""

    def __init__(self, variants: Iterable[Variant]) -> None:
        """``variants``: one of each item of the bank, keys and all."""
        seen: dict[str, Counter[Any]] = defaultdict(Counter)
        for variant in variants:
            seen[variant.question.kind].update(_habits(variant))
        self._most = {kind: counts.most_common(1)[0][0] for kind, counts in seen.items() if counts}

    def __call__(self, variant: Variant, rng: random.Random) -> Any:
        """The commonest place, number of options, category or number."""
        kind, question = variant.question.kind, variant.question
        most = self._most.get(kind)
        if kind == "multiple":
            return [option.id for option in question.options[:most]]
        if kind == "single":
            return question.options[min(most, len(question.options) - 1)].id
        if kind in _ASSIGNED:
            target = question.targets[min(most, len(question.targets) - 1)].id
            return {option.id: target for option in question.options}
        if kind == "numeric":
            return str(most)
        if kind == "table":
            return {cell: str(most) for cell in question.blanks}
        return CHANCE(variant, rng)


def _habits(variant: Variant) -> list[Any]:
    """What there is to know of a key without its question."""
    kind, key = variant.question.kind, variant.key.correct
    if kind == "single":
        return [[option.id for option in variant.question.options].index(key[0])]
    if kind == "multiple":
        return [len(key)]
    if kind in _ASSIGNED:
        places = [target.id for target in variant.question.targets]
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
            for options, correct in _graded(item):
                for text, good in zip(options, correct, strict=True):
                    self._counts[good].update(_cues(text, options))
                    self._totals[good] += 1

    def liking(self, text: str, among: Sequence[str]) -> float:
        """Log odds that an option is right, by its cues alone."""
        good, bad = self._counts[True], self._counts[False]
        return sum(
            log((good[cue] + _SMOOTH) / (self._totals[True] + 2 * _SMOOTH))
            - log((bad[cue] + _SMOOTH) / (self._totals[False] + 2 * _SMOOTH))
            for cue in _cues(text, among)
        )

    def __call__(self, variant: Variant, rng: random.Random) -> Any:
        """The option liked most; of a multiple choice the two liked most."""
        question: Any = variant.question
        if question.kind in ("single", "multiple"):
            texts = [option.text for option in question.options]
            order = sorted(question.options, key=lambda o: -self.liking(o.text, texts))
            return order[0].id if question.kind == "single" else [o.id for o in order[:2]]
        if question.kind == "decisions":
            return self._path(question)
        return CHANCE(variant, rng)

    def _path(self, question: Any) -> dict[str, str]:
        path, step = {}, question.start
        while step is not None:
            options = question.steps[step].options
            texts = [option.text for option in options]
            best = max(options, key=lambda o, texts=texts: self.liking(o.text, texts))
            path[step], step = best.id, best.next
        return path


def _graded(item: Item) -> Iterable[tuple[list[str], list[bool]]]:
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


class Memory:
    """Remembers every question of earlier forms, each variant with its key, by its words."""

    def __init__(self, forms: Iterable[Form]) -> None:
        """``forms``: all that were delivered earlier."""
        self._facts: set[tuple[str, str, str]] = set()
        self._numbers: dict[str, Counter[str]] = defaultdict(Counter)
        self._known: dict[str, set[str]] = defaultdict(set)
        for form in forms:
            for item in form.items:
                for number in range(len(item.variants)) if item.rubric is None else ():
                    self._learn(item.id, item.variant(number))

    def _learn(self, item_id: str, variant: Variant) -> None:
        self._known[item_id].update(_told(variant))
        if variant.question.kind in _NUMBERS:
            self._numbers[item_id].update(variant.key.correct)

    def __call__(self, item_id: str, variant: Variant, rng: random.Random) -> Any:
        """The remembered answer as far as it fits what is asked now; chance for the rest."""
        known, kind = self._known.get(item_id), variant.question.kind
        if known is None:
            return CHANCE(variant, rng)
        if kind in ("numeric", "short"):
            return self._numbers[item_id].most_common(1)[0][0].replace(".", ",")
        if kind == "table":
            pairs = [pair.split("=") for pair, _ in self._numbers[item_id].most_common()]
            return {cell: value.replace(".", ",") for cell, value in reversed(pairs)}
        if _told(variant) <= known:
            return right(variant)
        return _partly(variant, known, CHANCE(variant, rng))


def _partly(variant: Variant, known: set[str], guess: Any) -> Any:
    """What is remembered of a variant whose key was never seen whole; ``guess`` for the rest."""
    question: Any = variant.question
    full = right(variant)
    if question.kind in _ASSIGNED:
        return {o: full[o] if told in known else guess[o] for o, told in _pairs(variant)}
    if question.kind == "multiple":
        kept = [o.id for o in question.options if o.id in full and o.text in known]
        return kept or guess
    return guess


def _told(variant: Variant) -> set[str]:
    """The key in words: what somebody remembers who has forgotten the letters."""
    question: Any = variant.question
    if question.kind in _ASSIGNED:
        return {told for _, told in _pairs(variant)}
    if question.kind in ("single", "multiple"):
        return {o.text for o in question.options if o.id in variant.key.correct}
    if question.kind == "ordering":
        texts = {o.id: o.text for o in question.options}
        return {" → ".join(texts[o] for o in variant.key.correct)}
    if question.kind == "decisions":
        best = {
            pair.split("=")[0] for pair in variant.key.correct if float(pair.split("=")[1]) == 1
        }
        return {
            f"{name}: {o.text}"
            for name, step in question.steps.items()
            for o in step.options
            if f"{name}/{o.id}" in best
        }
    return {question.prompt}


def _pairs(variant: Variant) -> list[tuple[str, str]]:
    options = {o.id: o.text for o in variant.question.options}
    targets = {t.id: t.text for t in variant.question.targets}
    pairs = (pair.split("=") for pair in variant.key.correct)
    return [(option, f"{options[option]} ↔ {targets[target]}") for option, target in pairs]
