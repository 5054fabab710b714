"""Checks that need bank and blueprint together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessments.bank.finding import Finding
from assessments.forms.drawing import draw_forms
from assessments.forms.unearned import guessed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessments.bank.bank import Bank
    from assessments.bank.item import Item
    from assessments.forms.blueprint import Blueprint
    from assessments.forms.form import Form

NAIVE = 0.20  # share of a paper's points that who knows nothing may expect
_SAMPLE = "soát"


def drawable(item: Item, blueprint: Blueprint) -> bool:
    """Whether some section or pool of the blueprint asks for an item like this one."""
    for plan in blueprint.papers:
        for section in plan.sections:
            if section.competency == item.competency:
                wanted = section.essays if item.rubric else section.depths.get(item.depth, 0)
                pooled = any(item.competency in pool.competencies for pool in plan.pools)
                return wanted > 0 or bool(item.rubric and pooled)
    return False


def check_papers(bank: Bank, *blueprints: Blueprint) -> Iterator[Finding]:
    """Live and pilot items that no form of any track can draw, and papers that pay who knows none.

    Competencies that no blueprint examines yet are left out.
    """
    sections = (s for one in blueprints for plan in one.papers for s in plan.sections)
    examined = {section.competency for section in sections}
    for item_id, item in sorted(bank.items.items()):
        asked = item.status in ("live", "pilot") and item.competency in examined
        if asked and not any(drawable(item, one) for one in blueprints):
            yield Finding(item_id, "UNDRAWABLE", f"mức “{item.depth}” không có trong ma trận đề")
    for blueprint in blueprints:
        for plan in blueprint.papers:
            for form in draw_forms(blueprint, plan.code, bank, _SAMPLE):
                yield from _naive(form, bank)


def _naive(form: Form, bank: Bank) -> Iterator[Finding]:
    for player, share in guessed(form.scored, bank.unearned).items():
        if share > NAIVE:
            yield Finding(form.code, "NAIVE", f"người {player} được trung bình {share:.0%} số điểm")
