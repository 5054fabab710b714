"""Estimates against the truth they estimate, many times over."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from grading.statistics.proportions import Interval


@dataclass
class Tally:
    """One figure: its errors, and how often its interval held the truth."""

    errors: list[float] = field(default_factory=list)
    truths: list[float] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)

    def add(self, estimate: float, truth: float, interval: Interval | None = None) -> None:
        """One draw."""
        self.errors.append(estimate - truth)
        self.truths.append(truth)
        if interval is not None:
            self.held.append(truth in interval)

    @property
    def n(self) -> int:
        """Draws."""
        return len(self.errors)

    @property
    def bias(self) -> tuple[float, float]:
        """Mean error and its own standard error."""
        return float(np.mean(self.errors)), float(np.std(self.errors, ddof=1)) / sqrt(self.n)

    @property
    def rmse(self) -> float:
        """Root mean squared error."""
        return sqrt(float(np.mean(np.square(self.errors))))

    @property
    def coverage(self) -> tuple[float, float] | None:
        """Share of intervals that held the truth, and its standard error; None without any."""
        if not self.held:
            return None
        share = float(np.mean(self.held))
        return share, sqrt(share * (1 - share) / len(self.held))


class Tallies(dict[str, Tally]):
    """By the figure's name, in the order met."""

    def __missing__(self, name: str) -> Tally:
        self[name] = Tally()
        return self[name]
