"""Every rubric of the bank fits its essay, gates on one criterion and shows each level apart."""

from __future__ import annotations

import pytest
from shipped import BANK

from assessments.bank.rubric import TOP_LEVEL

RUBRICS = sorted(BANK.rubrics.values(), key=lambda rubric: rubric.id)


def by_id(rubric):
    return rubric.id


def levels(rubric, level):
    return {criterion.id: level for criterion in rubric.criteria}


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_an_essay_names_its_rubric_and_is_worth_as_much(rubric):
    essay = BANK.items[rubric.item]
    assert (essay.rubric, essay.points) == (rubric.id, rubric.points)
    assert rubric.score(levels(rubric, TOP_LEVEL)) == essay.points
    assert rubric.score(levels(rubric, 0)) == 0


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_missing_the_one_must_criterion_caps_an_essay_at_half(rubric):
    (must,) = [criterion.id for criterion in rubric.criteria if criterion.must]
    assert rubric.score(levels(rubric, TOP_LEVEL) | {must: 0}) == rubric.points / 2


@pytest.mark.parametrize("rubric", RUBRICS, ids=by_id)
def test_every_level_has_a_passage_of_its_own(rubric):
    passages = [level.example for criterion in rubric.criteria for level in criterion.levels]
    assert len(set(passages)) == len(rubric.criteria) * (TOP_LEVEL + 1)
    assert min(len(passage.split()) for passage in passages) >= 20


def test_every_essay_but_the_capstone_is_worth_eight_points():
    capstones = {item_id.lower(): 20 for item_id in BANK.rubrics if item_id.startswith("CAP")}
    assert {rubric.id: rubric.points for rubric in RUBRICS if rubric.points != 8} == capstones
