"""Proving that a frozen form is what the blueprint planned and the rules of exposure allow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from assessments.bank.bank import enemies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assessments.bank.bank import Bank
    from assessments.forms.blueprint import PaperPlan, Section
    from assessments.forms.form import Form


@dataclass(frozen=True)
class Line:
    """One line of the proof: what was planned and what the form delivers.

    With ``at_most`` the plan is a limit.
    """

    what: str
    planned: Decimal
    delivered: Decimal
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether plan and delivery agree."""
        return self.delivered <= self.planned if self.at_most else self.planned == self.delivered


def prove(form: Form, plan: PaperPlan) -> list[Line]:
    """Compare a form with its plan: points, minutes, items by competency, depth and essay."""
    minutes = sum((item.minutes for item in form.items), start=Decimal(0))
    lines = [Line("điểm", plan.points, form.points)]
    lines.append(Line("số phút của người ra đề", plan.longest, minutes, at_most=True))
    pooled = {code for pool in plan.pools for code in pool.competencies}
    for section in plan.sections:
        lines += _section(form, section, plan.forms, pooled=section.competency in pooled)
    for pool in plan.pools:
        essays = (item for code in pool.competencies for item in form.of(code) if item.rubric)
        lines.append(_line(pool.name, pool.essays, len(list(essays))))
    strays = {item.competency for item in form.items} - {s.competency for s in plan.sections}
    return lines + [_line(f"{code} (ngoài ma trận)", 0, len(form.of(code))) for code in strays]


def prove_exposure(form: Form, bank: Bank, earlier: Sequence[Form], most: Decimal) -> list[Line]:
    """What a form must not hold: enemies, and more than ``most`` of an earlier form's points.

    Args:
        form: the form.
        bank: knows the enemies; items that it no longer has are taken to have none.
        earlier: forms that candidates have met.
        most: the largest share of the form's points that one of them may have asked.
    """
    ids, foes = {item.id for item in form.items}, enemies(bank)
    pairs = sum(len(foes.get(item_id, frozenset()) & ids) for item_id in ids) // 2
    shared = (
        sum((item.points for item in form.items if item.id in ids), start=Decimal(0))
        for ids in ({item.id for item in before.items} for before in earlier)
    )
    share = round(max(shared, default=Decimal(0)) / form.points, 4)
    return [
        Line("cặp câu kỵ nhau", Decimal(0), Decimal(pairs), at_most=True),
        Line("phần điểm trùng với một đề đã dùng", most, share, at_most=True),
    ]


def _section(form: Form, section: Section, forms: int, *, pooled: bool) -> Iterator[Line]:
    items = form.of(section.competency)
    depths = Counter(item.depth for item in items if item.rubric is None)
    for depth in {**section.depths, **depths}:
        planned, delivered = section.depths.get(depth, 0), depths[depth]
        yield _line(f"{section.competency}, {depth}", planned, delivered)
    if not pooled:
        essays = sum(item.rubric is not None for item in items)
        yield _line(f"{section.competency}, tự luận", section.essays, essays)
    if forms > 1:
        anchors = sum(item.anchor and item.rubric is None for item in items)
        yield _line(f"{section.competency}, câu neo", section.anchors, anchors)


def _line(what: str, planned: int, delivered: int) -> Line:
    return Line(what, Decimal(planned), Decimal(delivered))
