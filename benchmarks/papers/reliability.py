"""How far the decision of each paper would repeat, from forms as a sitting draws them.

From the drawn items on nothing of the product is used: answers, marks, reliability and
consistency are computed here. ``python -m benchmarks.papers`` writes ``papers/results.md``.

A candidate has an ability a competency (logit), most of it common to all. Each part of an item
(an option, a pair, a cell, a step, a criterion) is known with probability 1/(1 + exp(b - a - u)):
``b`` is the item's difficulty and ``u``, drawn for each person and item, makes the parts of one
item hang together. Who does not know guesses. Difficulties follow depth and spread around it, for
no sitting has measured them yet.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assessments.forms.drawing import choose_items

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item
    from assessments.bank.rubric import Rubric
    from assessments.forms.blueprint import Blueprint

Array = np.ndarray
CUTS = {"QL": 0.60, "KM": 0.60, "KT": 0.60, "CAP": 0.55}
_DEPTH = {"hiểu": -0.5, "vận dụng": 0.0, "phân tích": 0.5}
_ORDER_NOISE = 0.9  # of a place, at an ability equal to the difficulty
_LEVELS = (-1.2, 0.0, 1.2)  # abilities at which an essay's criterion reaches levels 1, 2, 3
_CRITERION = 0.6  # scale of a logistic: how far criteria of one essay part from one another
_MARKERS = 0.35  # of a level, what the mean of two markers strays by
_HALVINGS = 12  # of the interval in which the ability at the cut is sought


@dataclass(frozen=True)
class World:
    """What is supposed of people and items; spreads in logits."""

    common: float = 0.894
    own: float = 0.447
    items: float = 0.6
    bound: float = 0.7

    @property
    def people(self) -> float:
        """Standard deviation of ability."""
        return math.hypot(self.common, self.own)


class Found(NamedTuple):
    """What was found for one paper, in shares of its scale.

    ``reliability`` is the correlation of two forms of different sittings that the same people
    answer, ``sem`` the spread of the scores of people exactly at the cut. Decided alike by both
    forms: ``below`` and ``above`` of people one standard deviation from the cut, ``around`` of a
    cohort whose mean is at the cut; ``opposed`` of it: passed by one form, by the other more than
    ``sem`` below the cut.
    """

    reliability: float
    alpha: float
    sem: float
    below: float
    above: float
    around: float
    kappa: float
    opposed: float


def drawn(code: str, blueprint: Blueprint, bank: Bank, sittings: int) -> list[list[Item]]:
    """One form of each of ``sittings`` sittings that know nothing of one another."""
    return [choose_items(blueprint, code, bank, f"tin cậy/{n}").forms[0] for n in range(sittings)]


def measure(
    forms: Sequence[Sequence[Item]],
    cut: float,
    rubrics: Mapping[str, Rubric],
    people: int,
    world: World,
) -> Found:
    """What the paper of these ``forms`` (an even number of them) decides about ``people``."""
    sitting = _Sitting(rubrics, world, np.random.default_rng(20261128))
    at_cut = sitting.ability_at(cut, forms)
    pairs = zip(forms[::2], forms[1::2], strict=True)
    found = [sitting.compare(pair, cut, at_cut, people) for pair in pairs]
    return Found(*(float(mean) for mean in np.mean(found, axis=0)))


@dataclass(frozen=True)
class _Sitting:
    rubrics: Mapping[str, Rubric]
    world: World
    chance: Any

    def ability_at(self, cut: float, forms: Sequence[Sequence[Item]]) -> float:
        """The ability whose expected share is the cut, over all forms."""
        low, high = -4.0, 4.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            level = _level(middle, 400)
            mean = np.mean([_share(self.answered(form, level), form).mean() for form in forms])
            low, high = (middle, high) if mean < cut else (low, middle)
        return (low + high) / 2

    def compare(
        self, pair: tuple[Sequence[Item], Sequence[Item]], cut: float, at_cut: float, people: int
    ) -> Found:
        """Two forms, answered by a cohort around the cut and by people at three abilities."""
        able = self.cohort(people, at_cut)
        points = [self.answered(form, able) for form in pair]
        first, second = (_share(p, form) for p, form in zip(points, pair, strict=True))
        levels = [_level(at_cut + step * self.world.people, people) for step in (0, -1, 1)]
        cutting, below, above = (
            [_share(self.answered(form, level), form) for form in pair] for level in levels
        )
        sem = float(np.mean([shares.std() for shares in cutting]))
        return Found(
            reliability=float(np.corrcoef(first, second)[0, 1]),
            alpha=alpha(points[0]),
            sem=sem,
            below=alike(*below, cut),
            above=alike(*above, cut),
            around=alike(first, second, cut),
            kappa=kappa(first, second, cut),
            opposed=opposed(first, second, cut, sem),
        )

    def cohort(self, people: int, mean: float) -> Callable[[str], Array]:
        """Abilities by competency of people whose mean ability is ``mean``."""
        common, own = self.chance.normal(mean, self.world.common, people), self.world.own
        apart: dict[str, Array] = {}
        return lambda code: common + apart.setdefault(code, self.chance.normal(0, own, people))

    def answered(self, form: Sequence[Item], able: Callable[[str], Array]) -> Array:
        """Points, a row a person and a column an item."""
        return np.column_stack([self._item(item, able(item.competency)) for item in form])

    def _item(self, item: Item, ability: Array) -> Array:
        bound = self.chance.normal(0, self.world.bound, len(ability))
        ease = ability + bound - difficulty(item, self.world.items)
        if item.rubric:
            share = _essay(self.rubrics[item.id], ease, self.chance)
        else:
            share = _ANSWERS[item.exercise.kind](item.exercise, ease, self.chance)
        return float(item.points) * share


def _level(ability: float, people: int) -> Callable[[str], Array]:
    """People of one ability in everything."""
    return lambda _: np.full(people, ability)


def difficulty(item: Item, spread: float) -> float:
    """An item's difficulty (logit): its depth's, and what chance gave this item."""
    own = np.random.default_rng(zlib.crc32(item.id.encode())).normal(0, spread)
    return float(own) if item.rubric else _DEPTH[item.depth] + float(own)


def _known(ease: Array, parts: int, chance: Any) -> Array:
    return chance.random((len(ease), parts)) < (1 / (1 + np.exp(-ease)))[:, None]


def _right(ease: Array, parts: int, luck: float, chance: Any) -> Array:
    return _known(ease, parts, chance) | (chance.random((len(ease), parts)) < luck)


def _single(exercise: Any, ease: Array, chance: Any) -> Array:
    return _right(ease, 1, 1 / len(exercise.options), chance)[:, 0]


def _multiple(exercise: Any, ease: Array, chance: Any) -> Array:
    true = np.array([option.correct for option in exercise.options])
    right = _right(ease, len(true), 0.5, chance)
    hits, slips = right[:, true].sum(axis=1), (~right[:, ~true]).sum(axis=1)
    return np.maximum(0, hits - slips) / true.sum()


def _ordering(exercise: Any, ease: Array, chance: Any) -> Array:
    steps = len(exercise.steps)
    noise = _ORDER_NOISE * np.exp(-ease)[:, None]
    seen = np.arange(steps) + noise * chance.normal(0, 1, (len(ease), steps))
    pairs = list(combinations(range(steps), 2))
    kept = sum((seen[:, one] < seen[:, other]).astype(float) for one, other in pairs)
    return np.maximum(0, 2 * kept - len(pairs)) / len(pairs)


def _matching(exercise: Any, ease: Array, chance: Any) -> Array:
    targets = len(exercise.pairs) + len(exercise.distractors)
    return _right(ease, len(exercise.pairs), 1 / targets, chance).mean(axis=1)


def _classified(exercise: Any, ease: Array, chance: Any) -> Array:
    luck = 1 / len(exercise.categories)
    return _right(ease, len(exercise.entries), luck, chance).mean(axis=1)


def _number(exercise: Any, ease: Array, chance: Any) -> Array:
    del exercise
    return _known(ease, 1, chance)[:, 0]


def _table(exercise: Any, ease: Array, chance: Any) -> Array:
    cells = [cell for row in exercise.rows for cell in row.cells if not isinstance(cell, str)]
    return _known(ease, len(cells), chance).mean(axis=1)


def _decisions(exercise: Any, ease: Array, chance: Any) -> Array:
    steps, step = [], exercise.start
    while step is not None:
        options = exercise.steps[step].options
        steps.append([float(option.credit) for option in options])
        step = max(options, key=lambda option: option.credit).next
    known = _known(ease, len(steps), chance)
    luck = np.column_stack([chance.choice(worth, len(ease)) for worth in steps])
    return np.where(known, 1.0, luck).mean(axis=1)


def _essay(rubric: Rubric, ease: Array, chance: Any) -> Array:
    weights = np.array([float(criterion.weight) for criterion in rubric.criteria])
    shape = (len(ease), len(weights))
    seen = ease[:, None] + chance.logistic(0, _CRITERION, shape)
    level = sum((seen > limit).astype(float) for limit in _LEVELS)
    marked = np.clip(level + chance.normal(0, _MARKERS, shape), 0, len(_LEVELS))
    return marked @ weights / weights.sum() / len(_LEVELS)


_ANSWERS: Mapping[str, Callable[[Any, Array, Any], Array]] = {
    "single": _single,
    "multiple": _multiple,
    "ordering": _ordering,
    "matching": _matching,
    "classification": _classified,
    "numeric": _number,
    "short": _number,
    "table": _table,
    "decisions": _decisions,
}


def _share(points: Array, form: Sequence[Item]) -> Array:
    return points.sum(axis=1) / float(sum(item.points for item in form))


def alpha(points: Array) -> float:
    """Cronbach's alpha of a table of points."""
    k, total = points.shape[1], points.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - points.var(axis=0, ddof=1).sum() / total))


def alike(first: Array, second: Array, cut: float) -> float:
    """Share of people whom both forms pass, or both do not."""
    return float(((first >= cut) == (second >= cut)).mean())


def kappa(first: Array, second: Array, cut: float) -> float:
    """How far deciding alike goes beyond chance (Cohen)."""
    p, q = (first >= cut).mean(), (second >= cut).mean()
    chance = p * q + (1 - p) * (1 - q)
    return float((alike(first, second, cut) - chance) / (1 - chance))


def opposed(first: Array, second: Array, cut: float, band: float) -> float:
    """Passed by one form and failed outright, below the band under the cut, by the other."""
    one = (first >= cut) & (second < cut - band)
    other = (second >= cut) & (first < cut - band)
    return float((one | other).mean())
