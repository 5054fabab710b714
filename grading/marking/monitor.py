"""How far markers agree, as marking goes: weighted kappa on levels, ICC on points."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from assessments.bank.rubric import TOP_LEVEL
from courses.foundation.errors import MeasurementError
from grading.marking.given import both, by_pair
from grading.statistics.agreement import cohen_kappa
from grading.statistics.gates import SCRIPTS, require
from grading.statistics.intraclass import intraclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grading.marking.given import Given
    from grading.statistics.intraclass import Form

KAPPA = "κ có trọng số bình phương (Cohen 1968), mọi tiêu chí"
ICC_MIXED = "ICC(1,1) trên tỷ lệ điểm (Shrout & Fleiss 1979)"
ICC_PAIR = "ICC(2,1) trên tỷ lệ điểm (Shrout & Fleiss 1979)"


@dataclass(frozen=True)
class Figure:
    """A figure with its formula; ``why`` says why there is none, in words."""

    formula: str
    value: float | None = None
    why: str = ""


@dataclass(frozen=True)
class AgreementFigures:
    """How far marks agree that two people gave to the same ``n`` scripts.

    ``exact`` is the share of levels that are the same, ``near`` of those at most one apart.
    """

    of: str
    n: int
    exact: float
    near: float
    kappa: Figure
    icc: Figure


def agreement_by_item(marks: Iterable[Given]) -> list[AgreementFigures]:
    """First against second marks of each item; other people mark other scripts: ICC(1,1)."""
    found: defaultdict[str, list[tuple[Given, Given]]] = defaultdict(list)
    for two in both(marks):
        found[two[0].key.item].append(two)
    return [_figures(item, pairs, "ICC(1,1)") for item, pairs in sorted(found.items())]


def agreement_by_pair(marks: Iterable[Given]) -> list[AgreementFigures]:
    """Every two markers against each other, on whatever both have marked: ICC(2,1)."""
    return [
        _figures(f"{one} – {other}", pairs, "ICC(2,1)")
        for (one, other), pairs in by_pair(marks).items()
    ]


def _figures(of: str, pairs: Sequence[tuple[Given, Given]], form: Form) -> AgreementFigures:
    levels = [(one.levels[name], other.levels[name]) for one, other in pairs for name in one.levels]
    apart = [abs(one - other) for one, other in levels]
    return AgreementFigures(
        of=of,
        n=len(pairs),
        exact=sum(gap == 0 for gap in apart) / len(apart),
        near=sum(gap <= 1 for gap in apart) / len(apart),
        kappa=_kappa(levels, len(pairs)),
        icc=_icc([(one.share, other.share) for one, other in pairs], form),
    )


def _kappa(levels: Sequence[tuple[int, int]], scripts: int) -> Figure:
    first, second = zip(*levels, strict=True)
    try:
        require(scripts, SCRIPTS)  # levels of one script are not independent: scripts count
        kappa = cohen_kappa(
            first, second, categories=range(TOP_LEVEL + 1), weights="quadratic", minimum=1
        )
    except MeasurementError as error:
        return Figure(KAPPA, why=error.message)
    return Figure(KAPPA, kappa.value)


def _icc(shares: Sequence[tuple[float, float]], form: Form) -> Figure:
    formula = ICC_MIXED if form == "ICC(1,1)" else ICC_PAIR
    try:
        return Figure(formula, intraclass(pd.DataFrame(shares))[form].value)
    except MeasurementError as error:
        return Figure(formula, why=error.message)
