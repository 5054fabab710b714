"""What an item pays without the knowledge: to habits of answering, and to who has met it before."""

from __future__ import annotations

import random
from functools import cache, cached_property
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

from assessments.bank.guessing import HABITS, at_random, chance, expected_share
from assessments.bank.habits import Commonest, CueWise
from assessments.bank.item import draw, mark
from assessments.bank.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessments.bank.guessing import Habit
    from assessments.bank.item import Item, Variant

DRAWS = 8  # variants over which a share is a mean
MET = 24  # variants of an item that two sittings have delivered, one of them in both forms
AGAIN = 24  # variants that are asked of who has met those
CUES, COMMONEST = "đoán theo từ ngữ, độ dài của câu khác", "ghi đáp án hay gặp nhất"


class Unearned:
    """Shares of an item's points by its id; what was worked out once is kept."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        """``items``: the whole bank by id, for habits are learnt from all of it."""
        self._items = items
        self._live = [i for i in items.values() if i.status == "live" and i.rubric is None]
        self.guessed = cache(self._guessed)
        self._gains = cache(self._gains_of)
        self._wise = cache(self._wise_about)

    def habits(self, item_id: str) -> Mapping[str, Habit]:
        """The players who know nothing, by name; none of them has learnt from kin of the item."""
        item = self._items.get(item_id)
        if item is None or item.rubric is not None:
            return {}
        return {**HABITS, COMMONEST: self._commonest, CUES: self._wise(item.competency)}

    def _guessed(self, item_id: str) -> Mapping[str, float]:
        """What each of these players expects of the item."""
        habits = self.habits(item_id)
        variants = [draw(self._items[item_id], f"đoán/{n}") for n in range(DRAWS)] if habits else []
        return {
            name: fmean(expected_share(variant, habit) for variant in variants)
            for name, habit in habits.items()
        }

    def recalled(self, item_id: str) -> float:
        """What who remembers MET variants of the item gains beyond chance on others of it."""
        gains = self._gains(item_id)
        return max(0.0, fmean(gains)) if gains else 0.0

    def wavering(self, item_id: str) -> float:
        """How far that gain lies apart from variant to variant: its standard deviation."""
        gains = self._gains(item_id)
        return pstdev(gains) if gains else 0.0

    def _gains_of(self, item_id: str) -> tuple[float, ...]:
        """What is gained beyond chance on each of the variants that are asked again."""
        item = self._items.get(item_id)
        if item is None or item.rubric is not None:
            return ()
        met = [draw(item, f"nhớ/{number}") for number in range(MET if item.template else 1)]
        memory = Memory(((item_id, variant) for variant in met), at_random)
        rng = random.Random(f"nhớ/{item_id}")  # noqa: S311 - a reproducible estimate, no secret
        asked = [draw(item, f"hỏi lại/{n}") for n in range(AGAIN if item.template else 1)]
        return tuple(_share(v, memory(item_id, v, rng)) - chance(v) for v in asked)

    @cached_property
    def _commonest(self) -> Habit:
        return Commonest(draw(item, "ngân hàng") for item in self._live)

    def _wise_about(self, competency: str) -> Habit:
        """Who has learnt cues from every item but those of ``competency``."""
        return CueWise(item for item in self._live if item.competency != competency)


def _share(variant: Variant, answer: Any) -> float:
    return float(mark(variant, answer).points / variant.points)
