"""The KT2 items can be marked, cover the lesson, and agree with the models and with each other."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from shipped import lesson_of

import assessments
from assessments.bank.answering import right, wrong
from assessments.bank.item import draw, mark, read_item
from assessments.bank.rubric import read_rubric
from courses.models.process_cards import CARDS, redesign
from courses.models.service_desk import DESK, mean_wait, shorter_form

ITEMS = Path(assessments.__file__).parent / "items" / "kt2"
OBJECTIVE = [read_item(path) for path in sorted(ITEMS.glob("kt2-[0-9]*.md"))]
ESSAYS = [read_item(path) for path in sorted(ITEMS.glob("kt2-e*.md"))]
LESSON = lesson_of("KT2")
KINDS = {"single", "multiple", "ordering", "matching", "classification", "numeric", "table"}


def item(name):
    return next(content for content in OBJECTIVE if content.id == f"KT2-{name}")


def test_the_bank_is_as_deep_as_a_paper_needs():
    drawn = [content for content in OBJECTIVE if content.status == "live"]
    assert len(drawn) >= 40
    assert sum(content.template is not None for content in OBJECTIVE) >= 15
    assert {content.exercise.kind for content in OBJECTIVE} >= KINDS | {"short", "decisions"}
    assert len({content.depth for content in OBJECTIVE}) == 4
    # No paper asks what is only to be known by heart: such items rest.
    assert {content.depth for content in drawn} == {"hiểu", "vận dụng", "phân tích"}
    assert {content.status for content in ESSAYS} == {"live"}


def test_every_outcome_of_the_lesson_is_assessed_by_six_items_and_practised_by_a_block():
    outcomes = {outcome.id for outcome in LESSON.head.outcomes}
    assessed = Counter(content.outcome for content in OBJECTIVE)
    assert set(assessed) == outcomes
    assert min(assessed.values()) >= 6
    assert {block.body.outcome for block in LESSON.blocks} >= outcomes


def test_at_most_a_third_of_the_points_are_arithmetic():
    numbers = sum(c.points for c in OBJECTIVE if c.exercise.kind in ("numeric", "table"))
    assert numbers / sum(c.points for c in [*OBJECTIVE, *ESSAYS]) <= 0.35


@pytest.mark.parametrize("content", OBJECTIVE, ids=lambda content: content.id)
def test_the_key_earns_two_points_and_a_wrong_answer_none(content):
    variant = draw(content, "2026")
    assert mark(variant, right(variant)).points == 2
    assert mark(variant, wrong(variant)).points == 0


def test_the_key_is_the_longest_option_in_at_most_a_third_of_the_choices_and_decisions():
    choices = [
        [(len(option.text), option.correct) for option in content.exercise.options]
        for content in OBJECTIVE
        if content.exercise.kind == "single"
    ] + [
        [(len(option.text), option.credit == 1) for option in step.options]
        for content in OBJECTIVE
        if content.exercise.kind == "decisions"
        for step in content.exercise.steps.values()
    ]
    longest = [max(options, key=lambda o: (o[0], not o[1]))[1] for options in choices]
    assert sum(longest) <= len(choices) / 3


def test_item_07_counts_five_changes_of_owner():
    owners = ["quầy", "văn thư", "chuyên viên", "chuyên viên", "trưởng phòng", "lãnh đạo", "quầy"]
    assert sum(a != b for a, b in pairwise(owners)) == 5
    key = next(option.text for option in item("07").exercise.options if option.correct)
    assert key == "Năm lần"


def test_item_08_takes_the_notation_by_either_name_and_refuses_quality_management():
    variant = draw(item("08"), "2026")
    assert mark(variant, " bpmn ").points == 2
    assert mark(variant, "ISO/IEC 19510").points == 2
    assert mark(variant, "ISO 9001").points == 0


def test_item_39_the_shares_it_names_are_those_of_its_minutes():
    assert round(100 * (310 + 260) / 1600) == 36
    assert round(100 * (310 + 260 + 480) / 1600) == 66
    assert round(0.7 * 38 + 0.3 * 9, 1) == 29.3


def test_the_lesson_quotes_the_figures_of_the_models():
    text = "\n".join(str(part) for part in LESSON.parts)
    before, after = mean_wait(DESK), mean_wait(shorter_form(DESK, 120))
    assert (f"{before:.1f}", f"{after:.1f}") == ("23.6", "5.1")
    assert "chờ từ 23,6" in text.replace("\n", " ")
    saved = 1880 - redesign(CARDS, dict.fromkeys([c.name for c in CARDS], "tự động hoá")).today.lead
    assert round(saved) == 96
    recall = LESSON.block("nhac-lai").body.exercise
    assert abs(float(recall.answer) - 100 * (90 + 5) / (540 + 60)) <= float(recall.tolerance)
    block = LESSON.block("du-doan-so-hoa").body.exercise
    assert abs(float(block.answer) - 100 * saved / 1880) < 0.01


def test_every_essay_has_a_rubric_with_a_criterion_that_gates_it():
    assert len(ESSAYS) >= 6
    for content in ESSAYS:
        rubric = read_rubric(content.rubric)
        assert any(criterion.must for criterion in rubric.criteria)
        assert len(rubric.criteria) >= 3
    assert len({content.outcome for content in ESSAYS}) >= 4
