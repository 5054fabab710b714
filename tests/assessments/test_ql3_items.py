"""The QL3 items can be marked, their keys follow from what they show, their essays have rubrics."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from shipped import lesson_of

import assessments
from assessments.bank.item import Item, Variant, draw, mark, read_item
from assessments.bank.rubric import read_rubric
from courses.models.target_path import Target, forecast, linear_path, required_pace, s_path
from courses.models.traceability import (
    Content,
    Milestone,
    MoneyLine,
    Plan,
    Project,
    draft_plan,
    even_cut,
    harmless_cut,
    idle_money,
    idle_projects,
    orphans,
    selective_cut,
)

ITEMS = Path(assessments.__file__).parent / "items" / "ql3"
OBJECTIVE = sorted(ITEMS.glob("ql3-[0-9]*.md"))
LESSON = lesson_of("QL3")


def item(number: str) -> Item:
    return read_item(ITEMS / f"ql3-{number}.md")


def by_name(path: Path) -> str:
    return path.stem


def right(variant: Variant) -> object:
    """What a candidate who knows the key sends."""
    key = variant.key
    if key.kind in ("multiple", "ordering"):
        return list(key.correct)
    if key.kind in ("matching", "classification"):
        return dict(pair.split("=") for pair in key.correct)
    if key.kind == "table":
        return {c: n.replace(".", ",") for c, n in (pair.split("=") for pair in key.correct)}
    if key.kind == "decisions":
        return best_path(variant)
    return key.correct[0].replace(".", ",")


def best_path(variant: Variant) -> dict[str, str]:
    """The path of decisions that each earn full credit."""
    full = dict(pair.split("=")[0].split("/") for pair in variant.key.correct if "=1" in pair)
    path, step = {}, variant.question.start
    while step is not None:
        path[step] = full[step]
        step = variant.question.steps[step].choice(full[step]).next
    return path


def test_there_are_forty_live_items_of_two_points() -> None:
    bank = [read_item(path) for path in OBJECTIVE]
    assert [content.id for content in bank] == [f"QL3-{n:02}" for n in range(1, 42)]
    assert sum(content.status == "live" for content in bank) >= 40
    assert {content.points for content in bank} == {2}
    assert {c.status for c in bank if c.depth != "biết"} == {"live"}


def test_kinds_and_depths_are_mixed_and_few_items_ask_for_mere_knowledge() -> None:
    bank = [read_item(path) for path in OBJECTIVE]
    assert len({content.exercise.kind for content in bank}) >= 5
    depths = Counter(content.depth for content in bank)
    assert len(depths) >= 3
    assert depths["biết"] <= 4


def test_every_outcome_of_the_lesson_is_assessed_by_at_least_six_items() -> None:
    assessed = Counter(
        content.outcome for content in map(read_item, OBJECTIVE) if content.status == "live"
    )
    assert set(assessed) == {outcome.id for outcome in LESSON.head.outcomes}
    assert min(assessed.values()) >= 6


def test_every_outcome_is_practised_by_a_block_of_the_lesson() -> None:
    practised = {block.body.outcome for block in LESSON.blocks}
    assert practised >= {outcome.id for outcome in LESSON.head.outcomes}


def test_the_key_is_the_longest_option_in_at_most_half_of_the_choice_items() -> None:
    choices = [
        exercise
        for exercise in (read_item(path).exercise for path in OBJECTIVE)
        if exercise.kind in ("single", "multiple")
    ]
    longest = [max(exercise.options, key=lambda o: len(o.text)).correct for exercise in choices]
    assert sum(longest) <= len(choices) / 2


@pytest.mark.parametrize("path", OBJECTIVE, ids=by_name)
@pytest.mark.parametrize("seed", ["2025", "2026"])
def test_the_key_earns_full_points_and_a_blank_earns_none(path: Path, seed: str) -> None:
    variant = draw(read_item(path), seed)
    assert mark(variant, right(variant)).points == 2
    assert mark(variant, "").points == 0


def test_item_10_shows_the_s_shape_of_the_model() -> None:
    path = s_path(Target("M", "M", 20, 70, 2025, 2030), 6)
    assert [round(value, 1) for value in path.values()][1:] == [25.2, 37.0, 53.0, 64.8, 70.0]
    assert "25,2; 37,0; 53,0; 64,8; 70,0 %" in item("10").exercise.prompt


def test_item_12_has_the_faults_that_its_key_names() -> None:
    targets = tuple(Target(f"P{n}", "P", 0, 100, 2025, 2030) for n in range(1, 5))
    serves = {"C1": ("P1", "P2"), "C2": ("P1",), "C3": ("P3",), "C4": ("P4",), "C5": ()}
    money = {"C1": 42, "C2": 30, "C3": 12, "C5": 9}
    plan = Plan(
        targets,
        tuple(Content(code, code, targets) for code, targets in serves.items()),
        tuple(Milestone(code, 2026, 50) for code in ("P1", "P2", "P4")),
        tuple(MoneyLine(code, "tỉnh", amount) for code, amount in money.items()),
        (
            Project("E1", "E1", ("P1", "P2"), 2026, 2030, 72),
            Project("E2", "E2", ("P3",), 2026, 2030, 12),
            Project("E3", "E3", ("P4",), 2026, 2030, 16),
            Project("E4", "E4", (), 2026, 2030, 9),
        ),
    )
    assert {found.target.code: found.missing for found in orphans(plan)} == {
        "P3": ("VI",),
        "P4": ("VII",),
    }
    assert [line.content for line in idle_money(plan)] == ["C5"]
    assert [project.code for project in idle_projects(plan)] == ["E4"]
    assert sum(project.cost for project in plan.projects) - plan.total == 16


def test_item_20_key_reaches_most_targets_with_the_obligation() -> None:
    serves = {"a": ("P",), "b": ("P", "Q"), "c": ("Q",), "d": ("R",), "e": ("S",)}
    plan = costed(serves, {"a": 30, "b": 22, "c": 18, "d": 26, "e": 20}, "PQRS")
    found = selective_cut(plan, 1 - 88 / 116, keep=["R"])
    assert (found.kept, found.amount, found.reached) == (("b", "c", "d", "e"), 86, ("Q", "R", "S"))
    key = next(option.text for option in item("20").exercise.options if option.correct)
    assert key.startswith("Giữ trọn b, c, d, e (86 tỷ)")


def test_one_half_right_decision_of_three_costs_item_24_a_third_of_a_point() -> None:
    variant = draw(item("24"), "s")
    worth = dict(pair.split("=") for pair in variant.key.correct)
    half = next(path for path, credit in worth.items() if credit == "0.5" and "thiet" in path)
    full = dict(path.split("/") for path, credit in worth.items() if credit == "1")
    answer = {"thiet-ke": half.split("/")[1]}
    answer |= {step: full[step] for step in ("doc-ket-qua", "nhan-rong")}
    assert float(mark(variant, answer).points) == pytest.approx(2 - 1 / 3)


def costed(serves: dict[str, tuple[str, ...]], costs: dict[str, int], codes: str) -> Plan:
    """A plan of targets from 0 to 100 % whose contents have these costs."""
    return Plan(
        tuple(Target(code, code, 0, 100, 2025, 2030) for code in codes),
        tuple(Content(code, code, targets) for code, targets in serves.items()),
        (),
        tuple(MoneyLine(code, "tỉnh", cost) for code, cost in costs.items()),
        (),
    )


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("du-doan", harmless_cut(draft_plan()) * 100),
        ("on-nhip", required_pace(Target("M", "M", 30, 90, 2025, 2030), 2027, 45)),
    ],
)
def test_numeric_keys_of_the_lesson_are_what_the_model_computes(block, expected) -> None:
    exercise = LESSON.block(block).body.exercise
    assert abs(float(exercise.answer) - expected) <= float(exercise.tolerance)


def test_the_faded_example_of_the_lesson_is_filled_by_the_model() -> None:
    path = linear_path(Target("M", "M", 30, 90, 2025, 2030))
    cells = [row.cells[0] for row in LESSON.block("lam-not-duong-di").body.exercise.rows]
    asked = [float(cell.answer) for cell in cells if not isinstance(cell, str)]
    assert asked == [path[2027], path[2028], path[2029]]


def test_the_worked_example_of_the_lesson_needs_1_64_times_the_pace_so_far() -> None:
    online = Target("M", "M", 35, 80, 2010, 2015)
    assert required_pace(online, 2012, 48) / ((48 - 35) / 2) == pytest.approx(1.64, abs=0.005)
    assert forecast(online, 2012, 48) == 67.5


def test_figures_in_the_rubric_of_the_first_essay_are_what_the_model_computes() -> None:
    path = s_path(Target("a", "a", 31, 76, 2025, 2030), 6)
    assert [round(value) for value in path.values()] == [31, 36, 46, 61, 71, 76]


def test_figures_in_the_rubric_of_the_second_essay_are_what_the_model_computes() -> None:
    serves = {
        "a": ("K1", "K2", "K3"),
        "b": ("K1",),
        "c": ("K2",),
        "d": ("K3",),
        "e": ("K4",),
        "g": (),
    }
    costs = {"a": 34, "b": 26, "c": 20, "d": 24, "e": 16, "g": 30}
    ends = {"K1": (30, 80), "K2": (65, 95), "K3": (20, 100), "K4": (45, 100)}
    goals = tuple(Target(code, code, *end, 2025, 2030) for code, end in ends.items())
    contents = tuple(Content(code, code, targets) for code, targets in serves.items())
    money = tuple(MoneyLine(code, "tỉnh", cost) for code, cost in costs.items())
    plan = Plan(goals, contents, (), money, ())
    assert {code: round(value) for code, value in even_cut(plan, 0.24, 0.4).items()} == {
        "K1": 60,
        "K2": 83,
        "K3": 68,
        "K4": 78,
    }
    found = selective_cut(plan, 0.24, keep=["K4"])
    assert (found.reached, found.amount) == (("K2", "K3", "K4"), 94)
    assert harmless_cut(plan) == pytest.approx(0.2)


def test_figures_in_the_rubric_of_the_third_essay_add_up() -> None:
    good, weak = (50 - 6) * 0.31, (22 - 3) * 0.38
    assert (round(good, 2), round(weak, 2), round(18 - good, 2)) == (13.64, 7.22, 4.36)
    assert round(good + weak, 2) == 20.86
    assert round((good + weak) * 0.95, 2) == 19.82
    assert (6 * 95 + 3 * 74) / 9 == 88


def test_figures_in_the_rubric_of_the_fourth_essay_are_two_paces_from_the_same_year() -> None:
    online = Target("M", "M", 24, 74, 2025, 2030)
    assert linear_path(online)[2027] == 44
    assert required_pace(online, 2027, 44) == 10
    assert [44 + 4 * year for year in (1, 2, 3)][-1] == 56
    assert [44 + (4 + 5) * year for year in (1, 2, 3)] == [53, 62, 71]


def test_figures_in_the_rubric_of_the_fifth_essay_add_up_to_70_with_15_per_cent() -> None:
    assert 30 + 26 + 14 + 6 == 76
    assert round(100 * 6 / 76, 1) == 7.9
    assert 30 + 26 + 3.5 + 10.5 == 70
    assert round(100 * 10.5 / 70, 9) == 15


def test_figures_in_the_rubric_of_the_sixth_essay_are_shares_of_120_minutes() -> None:
    assert 48 + 24 + 18 + 12 + 18 == 120
    saved = [48 * 0.75, 24 * 0.9, 18 * 0.5]
    assert [round(minutes, 1) for minutes in saved] == [36, 21.6, 9]
    assert round(120 - saved[0] - saved[1], 1) == 62.4


def test_every_essay_of_six_has_one_criterion_that_gates_it() -> None:
    essays = [read_item(path) for path in sorted(ITEMS.glob("ql3-e*.md"))]
    assert len(essays) == 6
    assert len({content.outcome for content in essays}) == 5
    for content in essays:
        assert sum(criterion.must for criterion in read_rubric(content.rubric).criteria) == 1
