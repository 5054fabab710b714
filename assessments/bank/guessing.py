"""What players who know nothing earn: the expected share of each naive way to answer."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from assessments.bank.answering import guess
from assessments.bank.item import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assessments.bank.item import Variant


def expected_shares(variants: Sequence[Variant], tries: int = 20) -> dict[str, float]:
    """Share of the variants' points that each naive player earns on average.

    Args:
        variants: the items of a paper, each in one variant; essays count and earn nothing.
        tries: how often a player of chance plays.
    """
    total = float(sum(variant.points for variant in variants))
    rng = random.Random("người đoán")  # noqa: S311 - a reproducible estimate, no secret
    return {
        name: sum(
            float(mark(variant, play(variant, rng)).points)
            for variant in variants
            for _ in range(tries)
        )
        / (tries * total)
        for name, play in PLAYERS.items()
    }


def _chance(variant: Variant, rng: random.Random) -> Any:
    kind = variant.question.kind
    if kind in ("matching", "classification"):
        targets = [target.id for target in variant.question.targets]  # type: ignore[union-attr]
        return {o.id: rng.choice(targets) for o in variant.question.options}  # type: ignore[union-attr]
    if kind in ("numeric", "table", "code", "short", "essay"):
        return None  # who knows nothing has no number to write
    return guess(variant, rng)


def _longest(variant: Variant, rng: random.Random) -> Any:
    options: Sequence[Any] = getattr(variant.question, "options", ())
    if variant.question.kind == "single":
        return max(options, key=lambda option: len(option.text)).id
    if variant.question.kind == "decisions":
        return _path(variant.question, lambda options: max(options, key=lambda o: len(o.text)))
    return _chance(variant, rng)


def _everything(variant: Variant, rng: random.Random) -> Any:
    if variant.question.kind == "multiple":
        return [option.id for option in variant.question.options]
    return _chance(variant, rng)


def _middle(variant: Variant, rng: random.Random) -> Any:
    if variant.question.kind in ("matching", "classification"):
        targets = [target.id for target in variant.question.targets]
        middle = targets[len(targets) // 2]
        return {option.id: middle for option in variant.question.options}
    if variant.question.kind == "ordering":
        return [option.id for option in variant.question.options]
    return _chance(variant, rng)


def _path(question: Any, choose: Callable[[Sequence[Any]], Any]) -> dict[str, str]:
    path, step = {}, question.start
    while step is not None:
        chosen = choose(question.steps[step].options)
        path[step], step = chosen.id, chosen.next
    return path


PLAYERS: Mapping[str, Callable[[Variant, random.Random], Any]] = {
    "ngẫu nhiên": _chance,
    "chọn câu dài nhất": _longest,
    "chọn tất cả": _everything,
    "chọn khoảng giữa": _middle,
}
