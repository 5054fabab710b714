"""Parallel forms alike: as long, as much to read and as hard, as far as can be foreseen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from assessments.bank.expectation import expectation, first, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assessments.bank.item import Item
    from assessments.bank.statistics import ItemStatistics
    from assessments.forms.choosing import Choice
    from assessments.forms.form import Form

    Weigh = Callable[[str], "Load"]  # the load of an item by its id
    Foes = Mapping[str, frozenset[str]]  # the enemies of an item by its id
    _Parts = tuple[float, ...]  # each measure as a share of a whole form's

_SAME = 1e-9


@dataclass(frozen=True)
class Load:
    """What a form asks of who sits it: points expected of its points, words, minutes.

    Trial items count in words and minutes, for they are read and answered, not in points.
    """

    expected: float
    points: float
    words: float
    minutes: float

    @property
    def share(self) -> float:
        """The expected share of the points."""
        return self.expected / self.points if self.points else 0.0


@dataclass(frozen=True)
class Gaps:
    """How far parallel forms lie apart: difficulty in points' share, the others in the most's."""

    difficulty: float
    reading: float
    minutes: float


def load_of(item: Item, known: ItemStatistics | None = None) -> Load:
    """The load of one item of the bank."""
    points = 0.0 if item.status == "pilot" else float(item.points)
    share = float(expectation(item, known).share)
    return Load(share * points, points, reading(first(item)), float(item.minutes))


def load_of_form(form: Form) -> Load:
    """The load of a frozen form, by what was expected when it was drawn."""
    words = sum(reading(item.variants[0].question) for item in form.items)
    minutes = sum(float(item.minutes) for item in form.items)
    told = ((item.expected, item.points) for item in form.scored)
    expected = sum(float(foreseen.share * points) for foreseen, points in told if foreseen)
    return Load(expected, float(form.points), words, minutes)


def gaps(loads: Sequence[Load]) -> Gaps:
    """The largest differences between parallel forms."""
    shares = [one.share for one in loads]
    return Gaps(
        max(shares) - min(shares),
        _apart([one.words for one in loads]),
        _apart([one.minutes for one in loads]),
    )


def _apart(values: Sequence[float]) -> float:
    return (max(values) - min(values)) / max(values) if max(values) else 0.0


def loads_of(choice: Choice, weigh: Weigh) -> list[Load]:
    """The load of each form as it is chosen."""
    return [total([weigh(item.id) for item in form]) for form in choice.forms]


def total(loads: Sequence[Load]) -> Load:
    """All together."""
    return Load(
        sum(one.expected for one in loads),
        sum(one.points for one in loads),
        sum(one.words for one in loads),
        sum(one.minutes for one in loads),
    )


def even_out(choice: Choice, weigh: Weigh, enemies: Foes) -> None:
    """Exchange items of a kind between forms while that makes the forms more alike."""
    for one, other in combinations(choice.forms, 2):
        _even(one, other, choice.shared, weigh, enemies)


def _even(
    one: list[Item], other: list[Item], shared: set[str], weigh: Weigh, enemies: Foes
) -> None:
    """The exchange that brings two forms nearest, again and again until none does."""
    whole = total([weigh(item.id) for item in one])

    def parts(item: Item) -> _Parts:
        load = weigh(item.id)
        return (
            load.expected / (whole.points or 1),
            load.words / (whole.words or 1),
            load.minutes / (whole.minutes or 1),
        )

    ours, yours = [parts(item) for item in one], [parts(item) for item in other]
    apart = _less(_sum(ours), _sum(yours))
    while pairs := _exchangeable(one, other, shared, enemies):
        after, mine, theirs = min(
            ((_less(apart, _twice(_less(ours[a], yours[b]))), a, b) for a, b in pairs),
            key=lambda found: _size(found[0]),
        )
        if _size(after) >= _size(apart) - _SAME:
            return
        apart = after
        one[mine], other[theirs] = other[theirs], one[mine]
        ours[mine], yours[theirs] = yours[theirs], ours[mine]


def _exchangeable(
    one: Sequence[Item], other: Sequence[Item], shared: set[str], enemies: Foes
) -> list[tuple[int, int]]:
    """Places of items of a kind; an exchange of them brings no enemies together."""
    free = [[(at, _slot(i)) for at, i in enumerate(f) if i.id not in shared] for f in (one, other)]
    return [
        (a, b)
        for (a, mine), (b, theirs) in product(*free)
        if mine == theirs and _fits(other[b], one, a, enemies) and _fits(one[a], other, b, enemies)
    ]


def _fits(item: Item, form: Sequence[Item], place: int, enemies: Foes) -> bool:
    """Whether an item may stand in a form where another stands now."""
    return not any(i.id in enemies[item.id] for at, i in enumerate(form) if at != place)


def _slot(item: Item) -> tuple[object, ...]:
    return item.competency, item.depth, item.points, item.rubric is None


def _sum(parts: Sequence[_Parts]) -> _Parts:
    return tuple(map(sum, zip(*parts, strict=True)))


def _less(one: _Parts, other: _Parts) -> _Parts:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _twice(parts: _Parts) -> _Parts:
    return tuple(2 * part for part in parts)


def _size(parts: _Parts) -> float:
    return sum(map(abs, parts))
