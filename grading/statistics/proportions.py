"""Rates: an interval for one, control limits for many."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri

from courses.foundation.errors import MeasurementError
from grading.statistics.gates import require


@dataclass(frozen=True)
class Interval:
    """``low`` to ``high`` at ``confidence`` (0 to 1), on the scale of the estimate."""

    low: float
    high: float
    confidence: float = 0.95

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def wilson(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Interval for a proportion.

    Wilson's score interval without continuity correction (Wilson 1927; Newcombe 1998, method
    3): (p + z²/2n ± z√(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Its gate is one person: unlike
    Wald's it holds its level for few, and what may be printed is disclosure's concern.

    Raises:
        TooFewError: for nobody.
        MeasurementError: when ``successes`` is not between 0 and ``n``.
    """
    require(n, 1)
    if not 0 <= successes <= n:
        raise MeasurementError(f"số người đạt ({successes}) phải từ 0 đến {n}")
    z, p = float(ndtri((1 + confidence) / 2)), successes / n
    reach = z * sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2)
    low, high = ((p + z * z / (2 * n) + end) / (1 + z * z / n) for end in (-reach, reach))
    return Interval(low if successes else 0.0, high if successes < n else 1.0, confidence)


def funnel_limits(centre: float, n: float, level: float = 0.95) -> Interval:
    """Control limits for a rate over ``n`` people when the true rate is ``centre``.

    p ± z√(p(1 − p)/n) with p = ``centre``, cut at 0 and 1 (Spiegelhalter 2005, normal
    approximation). A point lies outside exactly when its own Wilson interval at ``level``
    misses ``centre``. Gate: more than nobody.

    Raises:
        MeasurementError: for ``n`` <= 0 or a ``centre`` that is no rate.
    """
    if not n > 0 or not 0 <= centre <= 1:
        raise MeasurementError("giới hạn phễu cần n > 0 và tỷ lệ chung từ 0 đến 1")
    reach = float(ndtri((1 + level) / 2)) * sqrt(centre * (1 - centre) / n)
    return Interval(max(0.0, centre - reach), min(1.0, centre + reach), level)
