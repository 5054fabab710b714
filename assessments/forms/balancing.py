"""Parallel forms alike: as long, as much to read and as hard, as far as can be foreseen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING

from assessments.bank.expectation import expectation, first, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from assessments.bank.item import Item
    from assessments.bank.statistics import ItemStatistics
    from assessments.forms.choosing import Choice
    from assessments.forms.form import Form

    Weigh = Callable[[str], "Load"]  # the load of an item by its id


@dataclass(frozen=True)
class Load:
    """What a form asks of who sits it: points expected of its points, words, minutes.

    Trial items count in words and minutes, for they are read and answered, not in points.
    """

    expected: Decimal
    points: Decimal
    words: int
    minutes: Decimal

    def __add__(self, other: Load) -> Load:
        """Both together."""
        return Load(
            self.expected + other.expected,
            self.points + other.points,
            self.words + other.words,
            self.minutes + other.minutes,
        )

    @property
    def share(self) -> Decimal:
        """The expected share of the points."""
        return self.expected / self.points if self.points else Decimal(0)


NOTHING = Load(Decimal(0), Decimal(0), 0, Decimal(0))


@dataclass(frozen=True)
class Gaps:
    """How far parallel forms lie apart: difficulty in points' share, the others in the most's."""

    difficulty: Decimal
    reading: Decimal
    minutes: Decimal


def load_of(item: Item, known: ItemStatistics | None = None) -> Load:
    """The load of one item of the bank."""
    points = Decimal(0) if item.status == "pilot" else item.points
    share = expectation(item, known).share
    return Load(share * points, points, reading(first(item)), item.minutes)


def load_of_form(form: Form) -> Load:
    """The load of a frozen form, by what was expected when it was drawn."""
    words = sum(reading(item.variants[0].question) for item in form.items)
    minutes = sum((item.minutes for item in form.items), start=Decimal(0))
    told = ((item.expected, item.points) for item in form.scored)
    expected = sum((e.share * points for e, points in told if e), start=Decimal(0))
    return Load(expected, form.points, words, minutes)


def gaps(loads: Sequence[Load]) -> Gaps:
    """The largest differences between parallel forms."""
    return Gaps(
        max(one.share for one in loads) - min(one.share for one in loads),
        _apart([Decimal(one.words) for one in loads]),
        _apart([one.minutes for one in loads]),
    )


def _apart(values: Sequence[Decimal]) -> Decimal:
    return (max(values) - min(values)) / max(values) if max(values) else Decimal(0)


def loads_of(choice: Choice, weigh: Weigh) -> list[Load]:
    """The load of each form as it is chosen."""
    return [total(weigh(item.id) for item in form) for form in choice.forms]


def total(loads: Iterable[Load]) -> Load:
    """All together."""
    return sum(loads, start=NOTHING)


def even_out(choice: Choice, weigh: Weigh) -> None:
    """Exchange items of a kind between forms while that makes the forms more alike."""
    for one, other in combinations(choice.forms, 2):
        while (swap := _best_swap(one, other, choice.shared, weigh)) is not None:
            mine, theirs = swap
            one[mine], other[theirs] = other[theirs], one[mine]


def _best_swap(
    one: list[Item], other: list[Item], shared: set[str], weigh: Weigh
) -> tuple[int, int] | None:
    """Places of the two items whose exchange brings the forms nearest; None when none does."""
    ours, yours = (total(weigh(item.id) for item in form) for form in (one, other))
    apart = _difference(ours, yours, scale=ours)

    def after(swap: tuple[int, int]) -> Decimal:
        given, got = weigh(one[swap[0]].id), weigh(other[swap[1]].id)
        moved = _difference(given, got, scale=ours)
        return _size(tuple(a - 2 * m for a, m in zip(apart, moved, strict=True)))

    able = [
        (a, b)
        for a, b in product(range(len(one)), range(len(other)))
        if one[a].id not in shared and other[b].id not in shared and _alike(one[a], other[b])
    ]
    best = min(able, key=after, default=None)
    return best if best is not None and after(best) < _size(apart) else None


def _alike(one: Item, other: Item) -> bool:
    return _slot(one) == _slot(other)


def _slot(item: Item) -> tuple[object, ...]:
    return item.competency, item.depth, item.points, item.rubric is None


def _difference(one: Load, other: Load, *, scale: Load) -> tuple[Decimal, ...]:
    """How much more ``one`` is, each measure as a share of a whole form's."""
    return (
        (one.expected - other.expected) / (scale.points or 1),
        Decimal(one.words - other.words) / (scale.words or 1),
        (one.minutes - other.minutes) / (scale.minutes or 1),
    )


def _size(difference: tuple[Decimal, ...]) -> Decimal:
    return sum((abs(part) for part in difference), start=Decimal(0))
