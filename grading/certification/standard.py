"""A standard: the cut that judges set for a paper, with its error; frozen, named by its digest."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from courses.foundation.content import Content
from courses.foundation.errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.certification.policy import Policy
    from grading.statistics.standard_setting import AngoffRound


class JudgedRound(Content):
    """One round: cut and standard error in points, and each judge's own cut by user name."""

    cut: float
    se: float
    judges: dict[str, float]

    @classmethod
    def of(cls, figures: AngoffRound) -> JudgedRound:
        """From what was computed."""
        return cls(cut=figures.cut, se=figures.se, judges=dict(figures.judges))


class Standard(Content):
    """What a policy's cut rests on.

    ``cut_share`` is the last round's cut over ``points``, rounded up to a hundredth.
    ``papers_taken`` is how many papers on the form had been taken when the cut was set.
    """

    method: str
    paper: str
    form_digest: str
    points: Decimal
    rounds: tuple[JudgedRound, ...] = Field(min_length=1)
    cut_share: Decimal
    papers_taken: int
    minutes: str


def require_standards(policy: Policy, find: Callable[[str], Standard | None]) -> None:
    """Hold a policy's cuts to the standards that it names.

    Args:
        policy: the rule.
        find: a standard by its digest; None when the centre has none of it.

    Raises:
        DecisionError: naming the area whose standard is unknown, another paper's or another cut.
    """
    for area in policy.areas:
        if area.standard is None:
            continue
        standard = find(area.standard)
        where = f"chính sách {policy.id}, {area.code}: điểm chuẩn {area.standard[:16]}"
        if standard is None:
            raise DecisionError(f"{where} không có ở trung tâm này")
        if standard.paper != area.code:
            raise DecisionError(f"{where} là của bài {standard.paper}")
        if standard.cut_share != area.cut_share:
            raise DecisionError(f"{where} là {standard.cut_share}, không phải {area.cut_share}")
