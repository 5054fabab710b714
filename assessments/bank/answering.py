"""Answers made from a key: right, wrong, malformed, or guessed. For checks and simulations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

    from assessments.bank.item import Variant


def right(variant: Variant) -> Any:
    """The raw answer that earns full credit; for an essay, any text."""
    return _RIGHT[variant.question.kind](variant)


def wrong(variant: Variant) -> Any:
    """A readable answer that earns nothing."""
    return _WRONG[variant.question.kind](variant)


def malformed(variant: Variant) -> Any:
    """What the kind must call invalid: a value of another shape, and not blank."""
    return {"numeric": "khoảng mười hai", "essay": 7, "short": "x" * 500}.get(
        variant.question.kind, {"không-có": ["mã", "này"]}
    )


def guess(variant: Variant, rng: random.Random) -> Any:
    """What somebody who does not know may send: readable, and seldom right."""
    return _GUESS[variant.question.kind](variant, rng)


def _pairs(variant: Variant) -> dict[str, str]:
    return dict(pair.split("=") for pair in variant.key.correct)


def _comma(number: str) -> str:
    return number.replace(".", ",")


def _ids(variant: Variant) -> list[str]:
    return [option.id for option in variant.question.options]  # type: ignore[union-attr]


def _targets(variant: Variant) -> list[str]:
    return [target.id for target in variant.question.targets]  # type: ignore[union-attr]


def _path(variant: Variant, credit: Any) -> dict[str, str]:
    """The path that takes, at each step, the option whose credit is best by ``credit``."""
    worth = {place: Decimal(value) for place, value in _pairs(variant).items()}
    question: Any = variant.question
    path: dict[str, str] = {}
    step = question.start
    while step is not None:
        chosen = credit(question.steps[step].options, key=lambda o, s=step: worth[f"{s}/{o.id}"])
        path[step], step = chosen.id, chosen.next
    return path


_RIGHT: dict[str, Any] = {
    "single": lambda v: v.key.correct[0],
    "multiple": lambda v: list(v.key.correct),
    "ordering": lambda v: list(v.key.correct),
    "matching": _pairs,
    "classification": _pairs,
    "numeric": lambda v: _comma(v.key.correct[0]),
    "table": lambda v: {cell: _comma(number) for cell, number in _pairs(v).items()},
    "code": lambda v: {name: _comma(number) for name, number in _pairs(v).items()},
    "short": lambda v: v.key.correct[0],
    "essay": lambda _: "Một bài viết.",
    "decisions": lambda v: _path(v, max),
}


def _other(variant: Variant) -> str:
    return next(id_ for id_ in _ids(variant) if id_ not in variant.key.correct)


def _mismatched(variant: Variant) -> dict[str, str]:
    return {
        option: next(target for target in _targets(variant) if target != right)
        for option, right in _pairs(variant).items()
    }


def _far(variant: Variant) -> dict[str, str]:
    tolerances = variant.key.tolerances
    return {
        cell: _comma(format(Decimal(number) + 2 * tolerance + 1, "f"))
        for (cell, number), tolerance in zip(_pairs(variant).items(), tolerances, strict=True)
    }


def _far_number(variant: Variant) -> str:
    number = Decimal(variant.key.correct[0]) + 2 * variant.key.tolerances[0] + 1
    return _comma(format(number, "f"))


_WRONG: dict[str, Any] = {
    "single": _other,
    "multiple": lambda v: [_other(v)],
    "ordering": lambda v: list(reversed(v.key.correct)),
    "matching": _mismatched,
    "classification": _mismatched,
    "numeric": _far_number,
    "table": _far,
    "code": _far,
    "short": lambda _: "không phải câu trả lời này",
    "essay": lambda _: "Một bài viết.",
    "decisions": lambda v: _path(v, min),
}

_HALF_KNOWN = 0.4  # chance that one who does not know the whole still knows a part


def _guessed_pairs(variant: Variant, rng: random.Random) -> dict[str, str]:
    known, targets = _pairs(variant), _targets(variant)
    return {
        option: known[option] if rng.random() < _HALF_KNOWN else rng.choice(targets)
        for option in known
    }


def _guessed_number(variant: Variant, rng: random.Random) -> str:
    factor = Decimal(rng.choice(["0.5", "0.9", "1.1", "1.5", "10"]))
    return _comma(format(round(Decimal(variant.key.correct[0]) * factor, 2), "f"))


def _guessed_cells(variant: Variant, rng: random.Random) -> dict[str, str]:
    known, far = right(variant), wrong(variant)
    return {cell: known[cell] if rng.random() < _HALF_KNOWN else far[cell] for cell in known}


def _guessed_path(variant: Variant, rng: random.Random) -> dict[str, str]:
    return _path(variant, lambda options, key: rng.choice(options))  # noqa: ARG005 - as min, max


_GUESS: dict[str, Any] = {
    "single": lambda v, rng: rng.choice(_ids(v)),
    "multiple": lambda v, rng: rng.sample(_ids(v), 2),
    "ordering": lambda v, rng: rng.sample(_ids(v), len(_ids(v))),
    "matching": _guessed_pairs,
    "classification": _guessed_pairs,
    "numeric": _guessed_number,
    "table": _guessed_cells,
    "code": _guessed_cells,
    "short": lambda v, _: wrong(v),
    "essay": lambda v, _: wrong(v),
    "decisions": _guessed_path,
}
