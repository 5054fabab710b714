"""What a chart shows, as data; how it is drawn is another matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grading.reports.figures import Bin, Funnel


@dataclass(frozen=True)
class Histogram:
    """Numbers of people by score with the cut and the band of one SEM around it."""

    bins: tuple[Bin, ...]
    cut_low: float | None
    cut_high: float | None
    sem: float | None


@dataclass(frozen=True)
class Interval:
    """A share with its two ends, and what it is called."""

    label: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Intervals:
    """Shares with their intervals under one another; ``cuts`` marks a limit on each row."""

    rows: tuple[Interval, ...]
    axis: str
    cuts: tuple[float, ...] = ()
    cut_name: str = ""


@dataclass(frozen=True)
class FunnelPlot:
    """Rates over numbers of people with their control limits; points are numbered."""

    funnel: Funnel


@dataclass(frozen=True)
class Curve:
    """One answer: the share that chose it in each group of people, from weak to strong."""

    label: str
    shares: tuple[float, ...]
    right: bool


@dataclass(frozen=True)
class OptionCurves:
    """Who chooses which answer, by how well they did on the rest."""

    groups: tuple[str, ...]
    curves: tuple[Curve, ...]


Plot = Histogram | Intervals | FunnelPlot | OptionCurves
