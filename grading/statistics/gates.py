"""From how many people, judges or scripts each figure is worth printing.

A gate is a rule of reporting, not of arithmetic: below it the sampling error of the figure is
so wide that it would be read as more than it says. Every function takes its gate as
``minimum``; the default is the house's, a smaller one is for published worked examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from courses.foundation.errors import MeasurementError

if TYPE_CHECKING:
    import pandas as pd

    from grading.statistics.arrays import Array

# An item of 30 people shows a wrong key; its figures settle at about 100 (SE of p = .05).
ITEM_FLAG, ITEM_REPORT = 30, 100
# At n = 100 the 95 % interval of an alpha of .80 is about .73 to .85 (Feldt 1965).
RELIABILITY = 100
# Four moments of the observed scores are fitted.
CLASSIFICATION = 100
# SD/√J with fewer than eight judges is itself hardly known (Raymond & Reid 2001: 10 to 15).
JUDGES = 8
# The curve of failing rates that the judges' rectangle is laid over.
HOFSTEE_SCORES = 100
# Scripts marked twice; 30 give a kappa of .6 an interval of about ± .25.
SCRIPTS = 30
# Zwick 2012: below 200 in the smaller group the ETS classes are mostly noise.
DIF_GROUP = 200
# Linear methods use means and SDs, equipercentile the whole distribution (Kolen & Brennan 2014).
LINEAR_EQUATING, EQUIPERCENTILE = 100, 1000
# Linacre 1994: 150 people for item difficulties within half a logit at 99 %.
RASCH = 150
# Slopes need more people than difficulties (de Ayala 2009: from 500).
TWO_PARAMETER = 500


class TooFewError(MeasurementError):
    """Fewer than the gate asks for.

    Args:
        n: people, judges or scripts there are.
        needed: how many there have to be.
    """

    code = "CIO-901"

    def __init__(self, n: int, needed: int) -> None:
        super().__init__(f"chưa đủ số liệu (n = {n}); cần từ {needed}")
        self.n = n
        self.needed = needed


def require(n: int, needed: int) -> None:
    """Refuse to compute from fewer than ``needed``.

    Raises:
        TooFewError: when ``n`` is below ``needed``.
    """
    if n < needed:
        raise TooFewError(n, needed)


def complete(scores: pd.DataFrame, minimum: int) -> Array:
    """Rows of ``scores`` without a missing value, as floats, at least ``minimum`` of them.

    A person who did not sit an item is left out, never counted as zero.

    Raises:
        TooFewError: when too few rows are complete.
        MeasurementError: when a value is infinite.
    """
    values = scores.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(values).any():
        raise MeasurementError("có giá trị vô hạn trong bảng điểm; hãy kiểm tra dữ liệu")
    kept = values[~np.isnan(values).any(axis=1)]
    require(len(kept), minimum)
    return kept
