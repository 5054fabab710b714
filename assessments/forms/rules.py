"""What the forms of one sitting must keep to: each rule measured, and how far it is broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.forms.balancing import gaps, loads_of
from assessments.forms.unearned import guessed, recalled_at_most
from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from assessments.bank.item import Item
    from assessments.bank.unearned import Unearned
    from assessments.forms.balancing import Weigh
    from assessments.forms.blueprint import Blueprint, PaperPlan
    from assessments.forms.choosing import Choice


@dataclass(frozen=True)
class Measure:
    """How some forms stand by one rule, and what is said when they break it."""

    found: float
    limit: float
    told: str

    @property
    def excess(self) -> float:
        """How far the limit is passed, as a share of it; 0 when it is kept."""
        return max(0.0, self.found - self.limit) / (self.limit or 1.0)


@dataclass(frozen=True)
class Rules:
    """The rules of one paper, given the item sets of the forms ``met`` in earlier sittings."""

    plan: PaperPlan
    blueprint: Blueprint
    met: Sequence[frozenset[str]]
    unearned: Unearned
    weigh: Weigh

    def measured(self, choice: Choice) -> list[Measure]:
        """Every rule, measured on the forms as they are chosen."""
        forms = [[item for item in form if item.status != "pilot"] for form in choice.forms]
        return [*self._alone(choice), *self._again(forms), *self._apart(choice), *self._free(forms)]

    def broken(self, choice: Choice) -> str | None:
        """What is said of the first rule that the forms break, if they break one."""
        return next((one.told for one in self.measured(choice) if one.excess), None)

    def strain(self, choice: Choice) -> float:
        """How far the forms are from keeping to every rule; 0 when they do."""
        return sum(one.excess for one in self.measured(choice))

    def _alone(self, choice: Choice) -> Iterator[Measure]:
        longest = self.plan.longest
        told = f"đề {self.plan.code} dài quá {longest.normalize():f} phút tính theo từng câu"
        for form in choice.forms:
            yield Measure(float(sum(item.minutes for item in form)), float(longest), told)

    def _again(self, forms: Sequence[Sequence[Item]]) -> Iterator[Measure]:
        same = f"ngân hàng chỉ còn rút được đề {self.plan.code} trùng với đề đã dùng"
        limit = self.blueprint.overlap
        much = f"đề {self.plan.code} trùng quá {_percent(limit)} điểm với một đề đã dùng"
        for form in forms:
            counted = frozenset(item.id for item in form)
            yield Measure(float(counted in self.met), 0.0, same)
            yield Measure(self._overlap(form), float(limit), much)

    def _overlap(self, form: Sequence[Item]) -> float:
        """The largest share of the form's points that some earlier form has asked."""
        points = {item.id: item.points for item in form}
        shared = (sum(points[id_] for id_ in points.keys() & met) for met in self.met)
        whole = sum(points.values())
        return float(max(shared, default=0) / whole) if whole else 0.0

    def _apart(self, choice: Choice) -> Iterator[Measure]:
        most, found = self.blueprint.parallel, gaps(loads_of(choice, self.weigh))
        told = (
            ("độ khó dự báo", most.difficulty, found.difficulty),
            ("số chữ phải đọc", most.reading, found.reading),
            ("số phút làm bài", most.minutes, found.minutes),
        )
        for what, limit, gap in told:
            words = f"các đề song song chênh nhau quá {_percent(limit)} {what}"
            yield Measure(gap, float(limit), words)

    def _free(self, forms: Sequence[Sequence[Item]]) -> Iterator[Measure]:
        """What each form pays without the knowledge."""
        most, known = self.blueprint, frozenset[str]().union(*self.met)
        memory = f"người thuộc mọi đề đã dùng được lợi quá {_percent(most.recalled)} số điểm"
        for form in forms:
            for player, share in guessed(form, self.unearned).items():
                told = f"người {player} được quá {_percent(most.guessed)} số điểm một đề"
                yield Measure(share, float(most.guessed), told)
            gain = recalled_at_most(form, known, self.unearned)
            yield Measure(gain, float(most.recalled), memory)


def _percent(share: Decimal) -> str:
    return f"{vietnamese(float(100 * share), 0)} %"
