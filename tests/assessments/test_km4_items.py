"""The KM4 items can be marked, cover the lesson, and agree with the models and with each other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from shipped import lesson_of

import assessments
from assessments.bank.answering import right, wrong
from assessments.bank.item import draw, mark, read_item
from assessments.bank.rubric import read_rubric
from courses.models.disbursement import CONTRACT, Contract, position, volume_behind, year_end
from courses.models.reconciliation import Line, findings

ITEMS = Path(assessments.__file__).parent / "items" / "km4"
OBJECTIVE = [read_item(path) for path in sorted(ITEMS.glob("km4-[0-9]*.md"))]
ESSAYS = [read_item(path) for path in sorted(ITEMS.glob("km4-e*.md"))]
LESSON = lesson_of("KM4")
KINDS = {"single", "multiple", "ordering", "matching", "classification", "numeric", "table"}


def item(name):
    return next(content for content in OBJECTIVE if content.id == f"KM4-{name}")


def key(name):
    return next(option.text for option in item(name).exercise.options if option.correct)


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


def test_item_08_takes_the_word_and_refuses_its_neighbours():
    variant = draw(item("08"), "2026")
    assert mark(variant, "Tạm ứng.").points == 2
    assert mark(variant, "thanh toán").points == 0


def test_item_30_points_at_the_line_in_another_unit():
    lines = [
        Line("1", 4000, 3900, 3250, 3250, "dịch vụ"),
        Line("2", 2600, 2560, 2560, 2560, "dịch vụ"),
        Line("3", 1200, 1180, 0.9, 0.9, "dịch vụ"),
    ]
    assert [(found.line, found.rule) for found in findings(lines)] == [("3", "lệch đơn vị tính")]
    assert key("30").startswith("Dòng 3")


def test_item_40_the_payment_of_stage_three_explains_the_difference():
    assert 380 - 300 == 980 - 900


def test_the_lesson_quotes_the_figures_of_the_model():
    faded = LESSON.block("lam-not-tam-ung").body.exercise
    for row, volume in zip(faded.rows[1:], (0.6, 0.8), strict=True):
        stands = position(Contract(6000, 0.2), volume)
        cells = [float(cell.answer) for cell in row.cells[1:]]
        assert cells == pytest.approx([stands.recovered, stands.outstanding, stands.disbursed])
    predicted = LESSON.block("du-doan").body.exercise
    assert float(predicted.answer) == pytest.approx(100 * volume_behind(CONTRACT, 0.55))
    stands = position(CONTRACT, 0.4)
    assert (round(stands.disbursed), round(stands.outstanding)) == (4950, 1350)
    assert round(year_end(CONTRACT, 8000, 0.7).lapsed, 1) == 1362.5


def test_the_five_years_of_the_lesson_add_up():
    answer = LESSON.block("on-nam-nam").body.exercise.answer
    assert answer == 2400 + 5 * 300 + 3 * 240 + 180


def test_every_essay_has_a_rubric_with_a_criterion_that_gates_it():
    assert len(ESSAYS) >= 6
    for content in ESSAYS:
        rubric = read_rubric(content.rubric)
        assert any(criterion.must for criterion in rubric.criteria)
        assert len(rubric.criteria) >= 3
    assert len({content.outcome for content in ESSAYS}) >= 4
