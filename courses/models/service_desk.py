"""How long people wait at a one-stop desk, and what shortens the queue.

Rates are per hour, waits are in minutes. The desk is an M/M/c queue: people arrive at random at
a steady mean rate, counters are alike, the time a file takes at a counter is exponential, one
queue feeds every counter and nobody leaves it. Real mornings have peaks, so real waits are
longer; the comparison between measures is what the model is for.

Source of the formulas: A. K. Erlang (1917); Gross, Shortle, Thompson, Harris, *Fundamentals of
Queueing Theory*, chapter on M/M/c. All figures of ``DESK`` are simulated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

_MINUTES = 60


@dataclass(frozen=True)
class Desk:
    """A desk: ``arrivals`` and ``rate`` (files a counter settles) per hour, ``counters`` open."""

    arrivals: float
    rate: float
    counters: int

    @property
    def load(self) -> float:
        """Counters' worth of work that arrives: λ / μ."""
        return self.arrivals / self.rate

    @property
    def utilisation(self) -> float:
        """Share of the counters' time that is taken, λ / (c μ); 1 or more is hopeless."""
        return self.load / self.counters


DESK = Desk(arrivals=18, rate=5, counters=4)
"""The simulated desk of the lesson (dữ liệu mô phỏng)."""


def waiting_probability(desk: Desk) -> float:
    """Chance that a newcomer has to wait (Erlang C); 1 when the desk cannot keep up.

    By the recursion of Erlang B, Bₖ = a Bₖ₋₁ / (k + a Bₖ₋₁), and C = B / (1 − ρ (1 − B)).
    """
    if desk.utilisation >= 1:
        return 1.0
    blocked = 1.0
    for counter in range(1, desk.counters + 1):
        blocked = desk.load * blocked / (counter + desk.load * blocked)
    return blocked / (1 - desk.utilisation * (1 - blocked))


def mean_wait(desk: Desk) -> float:
    """Mean minutes in the queue, C / (c μ − λ); infinite when the desk cannot keep up."""
    if desk.utilisation >= 1:
        return math.inf
    spare = desk.counters * desk.rate - desk.arrivals
    return _MINUTES * waiting_probability(desk) / spare


def queue_length(desk: Desk) -> float:
    """Mean number of people in the queue: λ times the mean wait (Little's law)."""
    return desk.arrivals * mean_wait(desk) / _MINUTES


def fewest_counters(desk: Desk, minutes: float) -> int:
    """The smallest number of counters whose mean wait is at most ``minutes`` (above 0)."""
    counters = math.floor(desk.load) + 1
    while mean_wait(replace(desk, counters=counters)) > minutes:
        counters += 1
    return counters


def online(desk: Desk, share: float) -> Desk:
    """The desk when ``share`` (0 to 1) of its files comes in without a visit."""
    return replace(desk, arrivals=desk.arrivals * (1 - share))


def shorter_form(desk: Desk, seconds: float) -> Desk:
    """The desk when each file takes ``seconds`` less at the counter."""
    return replace(desk, rate=3600 / (3600 / desk.rate - seconds))


def fewer_returns(desk: Desk, now: float, then: float) -> Desk:
    """The desk when the share of files sent back for completion falls from ``now`` to ``then``.

    ``arrivals`` counts every visit; a file sent back comes again until it is complete, so that
    files × 1 / (1 − share) visits arrive.
    """
    return replace(desk, arrivals=desk.arrivals * (1 - now) / (1 - then))
