"""What each competency counts for in a track's papers, from the blueprint and the bank."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from courses.foundation.errors import ContentError

if TYPE_CHECKING:
    from assessments.bank.bank import Bank
    from assessments.forms.blueprint import PaperPlan


def weights(plan: PaperPlan, bank: Bank) -> dict[str, Fraction]:
    """Share of the paper's points by competency, 0 to 1; an essay of a pool counts for each alike.

    Raises:
        ContentError: when what the bank's items are worth does not add up to the plan.
    """
    points = {
        section.competency: section.objective * _worth(bank, section.competency, essay=False)
        + section.essays * _worth(bank, section.competency, essay=True)
        for section in plan.sections
    }
    for pool in plan.pools:
        for code in pool.competencies:
            each = pool.essays * _worth(bank, code, essay=True)
            points[code] += each / len(pool.competencies)
    if sum(points.values()) != plan.points:
        total = float(sum(points.values()))
        words = f"bài {plan.code}: các câu cộng {total:g} điểm, ma trận định {plan.points}"
        raise ContentError(words)
    return {code: part / Fraction(plan.points) for code, part in points.items()}


def _worth(bank: Bank, competency: str, *, essay: bool) -> Fraction:
    """What an item of that kind is worth: most of them, where they differ."""
    worth = Counter(item.points for item in bank.live(competency, essay=essay))
    return Fraction(worth.most_common(1)[0][0]) if worth else Fraction(0)
