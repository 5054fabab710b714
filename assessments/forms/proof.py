"""Proving that a frozen form is what the blueprint planned and the rules of exposure allow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from assessments.bank.bank import enemies
from assessments.forms.balancing import gaps, load_of_form
from assessments.forms.unearned import guessed, recalled
from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from assessments.bank.bank import Bank
    from assessments.forms.blueprint import Blueprint, PaperPlan, Parallel, Section
    from assessments.forms.form import Form

_OVERLAP = "phần điểm trùng với một đề đã dùng"
_GUESSED = "phần điểm người không biết gì trông đợi"
_RECALLED = "phần điểm người thuộc mọi đề đã dùng được lợi"


@dataclass(frozen=True)
class Line:
    """One line of the proof: what was planned and what the form delivers.

    With ``at_most`` the plan is a limit, with ``share`` both are shares of a whole.
    """

    what: str
    planned: Decimal
    delivered: Decimal
    at_most: bool = False
    share: bool = False

    @property
    def met(self) -> bool:
        """Whether plan and delivery agree."""
        return self.delivered <= self.planned if self.at_most else self.planned == self.delivered

    @property
    def shown(self) -> tuple[str, str]:
        """Plan and delivery as people read them."""
        limit = "≤ " if self.at_most else ""
        return f"{limit}{self._written(self.planned)}", self._written(self.delivered)

    def _written(self, value: Decimal) -> str:
        if self.share:
            return f"{vietnamese(float(100 * value), 1)} %"
        return f"{value.normalize():f}".replace(".", ",")


def prove(form: Form, plan: PaperPlan) -> list[Line]:
    """Compare a form with its plan: points, minutes, items by competency, depth and essay.

    Trial items take time and are nothing else of what was planned.
    """
    minutes = sum((item.minutes for item in form.items), start=Decimal(0))
    lines = [Line("điểm", plan.points, form.points)]
    lines.append(Line("số phút của người ra đề", plan.longest, minutes, at_most=True))
    trials = Decimal(len(form.trials))
    lines.append(Line("câu thử nghiệm", Decimal(plan.trials), trials, at_most=True))
    pooled = {code for pool in plan.pools for code in pool.competencies}
    for section in plan.sections:
        lines += _section(form, section, plan.forms, pooled=section.competency in pooled)
    for pool in plan.pools:
        essays = [i for i in form.scored if i.competency in pool.competencies and i.rubric]
        lines.append(_line(pool.name, pool.essays, len(essays)))
    strays = {item.competency for item in form.items} - {s.competency for s in plan.sections}
    return lines + [_line(f"{code} (ngoài ma trận)", 0, len(form.of(code))) for code in strays]


def prove_exposure(
    form: Form, bank: Bank, earlier: Sequence[Collection[Form]], blueprint: Blueprint
) -> list[Line]:
    """What a form must not hold: enemies, worn items, and too much that is met before or guessed.

    Args:
        form: the form.
        bank: knows the enemies; items that it no longer has are taken to have none.
        earlier: the forms of each sitting before, which candidates have met.
        blueprint: how often an item may be used, and how much of a form may come again.
    """
    ids, foes = {item.id for item in form.items}, enemies(bank)
    pairs = sum(len(foes.get(item_id, frozenset()) & ids) for item_id in ids) // 2
    sittings = [[{item.id for item in before.items} for before in forms] for forms in earlier]
    uses = Counter(item_id for sets in sittings for item_id in set().union(*sets))
    shared = (
        sum((item.points for item in form.scored if item.id in met), start=Decimal(0))
        for met in chain.from_iterable(sittings)
    )
    share = round(max(shared, default=Decimal(0)) / form.points, 4)
    guesses = guessed(form.scored, bank.unearned)
    met = set().union(*chain.from_iterable(sittings))
    gained = recalled(form.scored, met, bank.unearned)
    return [
        Line("cặp câu kỵ nhau", Decimal(0), Decimal(pairs), at_most=True),
        Line(
            "số kỳ đã dùng một câu, kể cả kỳ này",
            Decimal(blueprint.exposure),
            Decimal(1 + max((uses[item_id] for item_id in ids), default=0)),
            at_most=True,
        ),
        Line(_OVERLAP, blueprint.overlap, share, at_most=True, share=True),
        _most(_GUESSED, blueprint.guessed, max(guesses.values(), default=0.0)),
        _most(_RECALLED, blueprint.recalled, gained),
    ]


def _most(what: str, limit: Decimal, found: float) -> Line:
    return Line(what, limit, Decimal(str(round(found, 4))), at_most=True, share=True)


def prove_alike(forms: Sequence[Form], most: Parallel) -> list[Line]:
    """How far the parallel forms of one paper lie apart, by what was foreseen at their drawing."""
    found = gaps([load_of_form(form) for form in forms])
    told = (
        ("chênh lệch độ khó dự báo", most.difficulty, found.difficulty),
        ("chênh lệch số chữ phải đọc", most.reading, found.reading),
        ("chênh lệch số phút", most.minutes, found.minutes),
    )
    return [_most(what, limit, gap) for what, limit, gap in told]


def _section(form: Form, section: Section, forms: int, *, pooled: bool) -> Iterator[Line]:
    items = [item for item in form.of(section.competency) if not item.trial]
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
