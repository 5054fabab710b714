"""Who remembers questions of earlier forms with their keys, by their words and not by letters."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from assessments.bank.answering import right as right_answer

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Mapping

    from assessments.bank.item import Variant

_ASSIGNED = ("matching", "classification")
_CHOSEN = ("single", "multiple")
_WRITTEN = ("numeric", "short")


class Memory:
    """Remembers every question it has met, each variant with its key; guesses the rest.

    Where variants said different things of the same words, it believes what most of them said.
    """

    def __init__(
        self,
        met: Iterable[tuple[str, Variant]],
        guess: Callable[[Variant, random.Random], Any],
    ) -> None:
        """``met``: item ids with variants that were delivered; ``guess`` answers what is new."""
        self._known: dict[str, dict[str, Counter[str]]] = {}
        self._guess = guess
        for item_id, variant in met:
            known = self._known.setdefault(item_id, defaultdict(Counter))
            for what, said in _told(variant):
                known[what][said] += 1

    def __call__(self, item_id: str, variant: Variant, rng: random.Random) -> Any:
        """The remembered answer as far as it fits what is asked now; a guess for the rest."""
        guess = self._guess(variant, rng)
        known = self._known.get(item_id)
        return guess if known is None else _remembered(variant, known, guess)


def _remembered(variant: Variant, known: Mapping[str, Counter[str]], guess: Any) -> Any:
    question: Any = variant.question
    if question.kind in _WRITTEN:
        return _most(known, "")
    if question.kind == "table":
        return {cell: found for cell in question.blanks if (found := _most(known, cell))}
    if question.kind in _ASSIGNED:
        ids = {target.text: target.id for target in question.targets}
        said = {o.id: ids.get(_most(known, o.text), guess.get(o.id)) for o in question.options}
        return {option: target for option, target in said.items() if target}
    if question.kind in _CHOSEN:
        right = [o.id for o in question.options if _most(known, o.text) == _RIGHT]
        return (right if question.kind == "multiple" else right[0]) if right else guess
    whole = {what for what, _ in _told(variant)}
    return right_answer(variant) if whole <= set(known) else guess


def _most(known: Mapping[str, Counter[str]], what: str) -> str:
    """What was said of something most often; empty when nothing was."""
    return known[what].most_common(1)[0][0] if what in known else ""


_RIGHT, _WRONG = "đúng", "sai"


def _told(variant: Variant) -> list[tuple[str, str]]:
    """What a key says of what, in words: for who has forgotten the letters."""
    question: Any = variant.question
    key = variant.key.correct
    if question.kind in _WRITTEN:
        return [("", key[0].replace(".", ",") if question.kind == "numeric" else key[0])]
    if question.kind == "table":
        return [(cell, number.replace(".", ",")) for cell, number in _pairs(key)]
    if question.kind in _ASSIGNED:
        options = {o.id: o.text for o in question.options}
        targets = {t.id: t.text for t in question.targets}
        return [(options[option], targets[target]) for option, target in _pairs(key)]
    if question.kind in _CHOSEN:
        return [(o.text, _RIGHT if o.id in key else _WRONG) for o in question.options]
    if question.kind == "ordering":
        return [(" → ".join(question.text_of(option) for option in key), "")]
    best = {place for place, credit in _pairs(key) if float(credit) == 1}
    steps = question.steps.items() if question.kind == "decisions" else ()
    return [
        (f"{name}: {option.text}", "")
        for name, step in steps
        for option in step.options
        if f"{name}/{option.id}" in best
    ]


def _pairs(key: Iterable[str]) -> list[tuple[str, str]]:
    parts = (pair.partition("=") for pair in key)
    return [(name, value) for name, _, value in parts]
