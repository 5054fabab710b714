"""The VH1 items can be marked, cover the lesson, and agree with the model and with each other."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from shipped import BANK, lesson_of

import assessments
from assessments.bank.answering import right, wrong
from assessments.bank.balance import lint_balance
from assessments.bank.item import draw, mark, read_item
from assessments.bank.rubric import read_rubric
from courses.foundation.content import read_text

ITEMS = Path(assessments.__file__).parent / "items" / "vh1"
OBJECTIVE = [read_item(path) for path in sorted(ITEMS.glob("vh1-[0-9]*.md"))]
ESSAYS = [read_item(path) for path in sorted(ITEMS.glob("vh1-e*.md"))]
LESSON = lesson_of("VH1")


def test_every_outcome_is_assessed_by_at_least_three_items_in_three_depths():
    outcomes = {outcome.id for outcome in LESSON.head.outcomes}
    assessed = Counter(content.outcome for content in OBJECTIVE)
    assert (set(assessed), min(assessed.values()) >= 3) == (outcomes, True)
    assert len(OBJECTIVE) >= 12
    assert {content.depth for content in OBJECTIVE} == {"hiểu", "vận dụng", "phân tích"}


@pytest.mark.parametrize("content", OBJECTIVE, ids=lambda content: content.id)
def test_the_key_earns_two_points_and_a_wrong_answer_none(content):
    variant = draw(content, "2026")
    assert mark(variant, right(variant)).points == 2
    assert mark(variant, wrong(variant)).points == 0


def test_the_items_are_in_balance():
    texts = {path.stem.upper(): read_text(path) for path in ITEMS.glob("*.md")}
    faults = lint_balance(BANK, texts, date(2026, 10, 24))
    assert [str(fault) for fault in faults if fault.path.name == "VH1"] == []


@pytest.mark.parametrize("seed", range(60))
def test_item_05_agrees_with_a_count_by_hand(seed):
    """The head signs first thing on Monday: 7:45 less the discovery, less a day."""
    item = next(content for content in OBJECTIVE if content.id == "VH1-05")
    asked = draw(item, str(seed)).question.prompt
    said = re.search(r"lúc \*\*(\d+) giờ (\d+) (thứ \w+)\*\*", asked)
    days = {"thứ Sáu": 3, "thứ Bảy": 2}[said[3]]  # before that Monday
    late = 24 * days + 7.75 - (int(said[1]) + int(said[2]) / 60) - 24
    assert mark(draw(item, str(seed)), f"{late:.2f}".replace(".", ",")).points == 2


def test_the_essays_state_the_figures_that_their_rubrics_expect():
    assert (1530 / 2550, 2460 / 3000, 266 / 280, 363 / 440) == (0.6, 0.82, 0.95, 0.825)
    assert round(100 * (363 / 266 - 1)) == 36
    assert 440 - 363 == 77 == 52 + 25


def test_every_essay_has_a_rubric_with_a_criterion_that_gates_it():
    for content in ESSAYS:
        rubric = read_rubric(content.rubric)
        assert any(criterion.must for criterion in rubric.criteria)
        assert len(rubric.criteria) >= 3
    assert len({content.outcome for content in ESSAYS}) == 2
