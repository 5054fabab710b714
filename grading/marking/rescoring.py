"""What a corrected rubric would change, before anything changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.foundation.errors import GradingError
from grading.marking.agreement import agree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessments.bank.rubric import Rubric
    from grading.marking.agreement import Agreement, Pairing


@dataclass(frozen=True)
class Change:
    """One script whose agreed mark, or where it stands, another rubric changes."""

    code: str
    before: Agreement
    after: Agreement

    def record(self) -> dict[str, str | None]:
        """The change as JSON values; points unrounded."""
        return {
            "code": self.code,
            "before": self.before.state,
            "after": self.after.state,
            "points_before": _text(self.before),
            "points_after": _text(self.after),
        }


def _text(agreement: Agreement) -> str | None:
    return None if agreement.points is None else str(agreement.points)


def require_same_levels(old: Rubric, new: Rubric) -> None:
    """Refuse a rubric that levels given under the old one say nothing about.

    Raises:
        GradingError: when item, points or criteria are others; those scripts must be marked anew.
    """
    if (new.item, new.points) != (old.item, old.points):
        raise GradingError(
            f"thang chấm mới ghi câu {new.item}, {new.points} điểm; câu đã thi là {old.item}, "
            f"{old.points} điểm"
        )
    before, after = ({c.id for c in rubric.criteria} for rubric in (old, new))
    if before != after:
        names = ", ".join(sorted(before ^ after))
        raise GradingError(
            f"tiêu chí khác thang đang dùng ({names}): mức đã cho không quy được; phải chấm lại"
        )


def rescore(
    marked: Iterable[tuple[str, Mapping[str, Mapping[str, int]], Pairing]],
    old: Rubric,
    new: Rubric,
) -> list[Change]:
    """The scripts that a new rubric changes, in order; the levels given stay as they are.

    Args:
        marked: of each script its code, the levels given by marker, and who they are.
        old: the rubric in force.
        new: the one proposed.
    """
    require_same_levels(old, new)
    found = [
        Change(code, agree(given, old, who), agree(given, new, who)) for code, given, who in marked
    ]
    return [change for change in found if change.before != change.after]
