"""The QL4 items can be marked, and their numeric keys are what the model computes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import assessments
from assessments.item import Item, draw, mark, read_item
from assessments.rubric import TOP_LEVEL, read_rubric
from courses.lesson import LESSONS, read_lesson
from courses.models.investment import (
    PROJECTS,
    Project,
    best_plan,
    compare,
    npv,
    present_value,
    ratio_plan,
)

ITEMS = Path(assessments.__file__).parent / "items" / "ql4"
OBJECTIVE = sorted(ITEMS.glob("ql4-0*.md"))
LESSON = read_lesson(LESSONS / "ql4-quan-ly-von-dau-tu.md")


def item(number: str) -> Item:
    return read_item(ITEMS / f"ql4-{number}.md")


def valued(table: dict[str, tuple[float, float]]) -> list[Project]:
    """Projects of known capital and NPV: at rate 0 one inflow of both together gives that NPV."""
    return [
        Project(code, code, capital, (capital + value,)) for code, (capital, value) in table.items()
    ]


def agrees(content: Item, computed: float) -> bool:
    """Whether a key is ``computed``, rounded to the places that the key shows."""
    places = content.exercise.answer.as_tuple().exponent
    return round(Decimal(computed), -places) == content.exercise.answer


def full_answer(content: Item, seed: str) -> object:
    """The answer of a candidate who knows the key."""
    key = draw(content, seed).key
    if key.kind in ("multiple", "ordering"):
        return list(key.correct)
    if key.kind == "matching":
        return dict(pair.split("=") for pair in key.correct)
    return key.correct[0].replace(".", ",")


BANK_02 = {"M": (24, 9.6), "N": (18, 7.9), "P": (30, 10.2), "Q": (22, 1.1), "R": (12, 4.8)}
BANK_04 = {"K": (26, 7.8), "L": (18, 5.0), "M": (16, 5.2), "N": (14, 4.3), "S": (12, 0.9)}


def test_there_are_eight_objective_items_of_two_points_and_five_kinds():
    bank = [read_item(path) for path in OBJECTIVE]
    assert [content.points for content in bank] == [2] * 8
    assert len({content.exercise.kind for content in bank}) >= 5


@pytest.mark.parametrize("path", [*OBJECTIVE, ITEMS / "ql4-e1.md"], ids=lambda path: path.stem)
def test_every_item_is_live_and_cites_an_outcome_of_the_lesson(path):
    content = read_item(path)
    assert content.status == "live"
    assert content.outcome in {outcome.id for outcome in LESSON.head.outcomes}


def test_every_outcome_of_the_lesson_is_assessed():
    assessed = {read_item(path).outcome for path in OBJECTIVE}
    assert assessed == {outcome.id for outcome in LESSON.head.outcomes}


@pytest.mark.parametrize("path", OBJECTIVE, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", ["2025", "2026"])
def test_the_key_earns_full_points_and_a_blank_earns_none(path, seed):
    content = read_item(path)
    variant = draw(content, seed)
    assert mark(variant, full_answer(content, seed)).points == 2
    assert mark(variant, "").points == 0


def test_item_01_is_npv_net_of_running_cost():
    net = tuple(benefit - 2.4 for benefit in (5.5, 9, 10, 10))
    assert agrees(item("01"), npv(Project("P", "cấp phép", 18, net), 0.08))


def test_item_02_is_the_opportunity_cost_of_q():
    found = compare(valued(BANK_02), [60], 0, frozenset("Q"))
    assert (set(found.free.starts), set(found.forced.starts)) == (set("NPR"), set("MQR"))
    assert agrees(item("02"), found.opportunity_cost)


def test_item_02_is_out_of_reach_of_ranking_by_ratio():
    assert set(ratio_plan(valued(BANK_02), 60, 0).starts) == set("MNR")


def test_item_03_is_npv_lost_by_waiting_and_the_old_system_kept():
    benefit_a_year_late = (26 + 12) * 1.09
    project = Project("H", "hồ sơ", 26, (benefit_a_year_late,))
    lost = npv(project, 0.09) - npv(project, 0.09, start=2)
    assert agrees(item("03"), lost + present_value((1.2, 1.2), 0.09))


def test_item_04_key_is_the_best_portfolio_with_s():
    best = best_plan(valued(BANK_04), [46], 0, frozenset("S"))
    key = next(option.text for option in item("04").exercise.options if option.correct)
    assert set(best.starts) == set("LMS")
    assert key.startswith("L, M và S")
    assert round(best.npv, 1) == 11.1


def test_item_08_goes_on_because_only_money_still_to_be_spent_counts():
    going_on = npv(Project("T", "làm tiếp", 9, (11.5,)), 0)
    assert going_on == 2.5
    assert going_on > 1.8


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("lam-not-npv", npv(Project("H", "hộ tịch", 8, (2.5, 3.0, 3.5)), 0.10)),
        ("du-doan", compare(PROJECTS, [110], 0.10, frozenset("D")).opportunity_cost),
        ("on-giai-ngan", (12 - 3) / 20 * 100),
    ],
)
def test_numeric_keys_of_the_lesson_are_what_the_model_computes(block, expected):
    exercise = LESSON.block(block).body.exercise
    assert abs(float(exercise.answer) - expected) <= float(exercise.tolerance)


def test_the_worked_example_of_the_lesson_is_worth_2_23_and_6_03_without_running_cost():
    gross = (4.5, 6.0, 6.5, 6.0)
    net = tuple(benefit - 1.2 for benefit in gross)
    values = [npv(Project("T", "tiếp dân", 12, flows), 0.10) for flows in (net, gross)]
    assert [round(value, 2) for value in values] == [2.23, 6.03]


def test_the_case_of_the_lesson_loses_4_90_and_only_0_45_when_phased():
    bank = {"M": (28, 9.4), "N": (22, 6.1), "S": (18, 1.2)}
    assert round(compare(valued(bank), [50], 0, frozenset("S")).opportunity_cost, 2) == 4.9
    tenth = [Project(c, c, k, ((k + v) * 1.1,)) for c, (k, v) in bank.items()]
    phased = compare(tenth, [50, 22], 0.10, frozenset("S"))
    assert round(phased.forced.npv, 2) == 16.15
    assert round(phased.opportunity_cost, 2) == 0.45


def test_the_rubric_of_the_essay_spans_zero_to_eight_points():
    rubric = read_rubric("ql4-e1")
    essay = item("e1")
    ids = [criterion.id for criterion in rubric.criteria]
    assert (essay.rubric, rubric.item, rubric.points) == (rubric.id, essay.id, essay.points)
    assert rubric.score(dict.fromkeys(ids, TOP_LEVEL)) == 8
    assert rubric.score(dict.fromkeys(ids, 0)) == 0


def test_missing_the_opportunity_cost_caps_the_essay_at_half():
    rubric = read_rubric("ql4-e1")
    levels = {criterion.id: TOP_LEVEL for criterion in rubric.criteria} | {"chi-phi-co-hoi": 0}
    assert rubric.score(levels) == 4


def test_figures_in_the_rubric_are_what_the_model_computes():
    obligation = frozenset("D")
    wider = compare(PROJECTS, [110], 0.10, obligation)
    c_later = npv(PROJECTS[2], 0.10, start=1)
    assert (round(wider.forced.npv, 2), round(wider.opportunity_cost, 2)) == (36.41, 7.01)
    assert round(c_later, 2) == 14.23
    assert round(npv(PROJECTS[2], 0.10) - c_later, 1) == 1.4
