"""How many sittings a paper can still be drawn for, by drawing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.forms.drawing import FIRST, History, choose_items
from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from assessments.bank.bank import Bank
    from assessments.forms.blueprint import Blueprint

FAR = 12  # sittings; six years of two a year are far enough to look


@dataclass(frozen=True)
class Forecast:
    """One paper: sittings that can still be drawn in a row, and what stops the next one."""

    paper: str
    sittings: int
    stopped_by: str

    @property
    def enough(self) -> bool:
        """Whether nothing stopped the drawing as far as was looked."""
        return not self.stopped_by


def forecast(
    blueprint: Blueprint, bank: Bank, history: History = FIRST, seed: str = "dự báo"
) -> list[Forecast]:
    """Draw sitting after sitting of every paper until one cannot be drawn.

    Every candidate is taken to have met every earlier form, the worst case for a resit. The
    draws are chance: another seed may give a sitting more or less.
    """
    return [_forecast(blueprint, plan.code, bank, history, seed) for plan in blueprint.papers]


def _forecast(blueprint: Blueprint, code: str, bank: Bank, history: History, seed: str) -> Forecast:
    for number in range(FAR):
        try:
            choice = choose_items(blueprint, code, bank, f"{seed}/{number}", history)
        except ContentError as error:
            return Forecast(code, number, error.message)
        history = history.after([frozenset(i.id for i in form) for form in choice.forms])
    return Forecast(code, FAR, "")
