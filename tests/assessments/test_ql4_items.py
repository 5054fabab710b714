"""The QL4 items can be marked, and their numeric keys are what the model computes."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import combinations

import pytest
from ql4_content import ITEMS, item, numbers, valued
from shipped import lesson_of

from assessments.bank.item import Item, draw, mark, read_item
from courses.foundation.numerals import vietnamese
from courses.models.investment import (
    PROJECTS,
    Project,
    best_plan,
    compare,
    npv,
    present_value,
)

OBJECTIVE = sorted(ITEMS.glob("ql4-[0-9]*.md"))
ESSAYS = sorted(ITEMS.glob("ql4-e*.md"))
LESSON = lesson_of("QL4")


def agrees(content: Item, computed: float) -> bool:
    """Whether a key is ``computed``, rounded to the places that the key shows."""
    places = content.exercise.answer.as_tuple().exponent
    return round(Decimal(computed), -places) == content.exercise.answer


def full_answer(content: Item, seed: str) -> object:
    """The answer of a candidate who knows the key."""
    key = draw(content, seed).key
    if key.kind in ("multiple", "ordering"):
        return list(key.correct)
    if key.kind in ("matching", "classification"):
        return dict(pair.split("=") for pair in key.correct)
    if key.kind == "table":
        return {cell: n.replace(".", ",") for cell, n in (p.split("=") for p in key.correct)}
    if key.kind == "decisions":
        best = (p.split("=")[0] for p in key.correct if Decimal(p.split("=")[1]) == 1)
        return dict(choice.split("/") for choice in best)
    return key.correct[0].replace(".", ",")


BANK_04 = {"K": (26, 7.8), "L": (18, 5.0), "M": (16, 5.2), "N": (14, 4.3), "S": (12, 0.9)}


def test_there_are_41_items_of_two_points_nine_kinds_and_four_depths():
    bank = [read_item(path) for path in OBJECTIVE]
    assert [content.points for content in bank] == [2] * 41
    assert len({content.exercise.kind for content in bank}) == 9
    assert len({content.depth for content in bank}) == 4


@pytest.mark.parametrize("path", [*OBJECTIVE, *ESSAYS], ids=lambda path: path.stem)
def test_every_item_is_live(path):
    content = read_item(path)
    assert content.status == ("resting" if content.depth == "biết" else "live")


def test_every_outcome_of_the_lesson_is_assessed_by_six_items_and_practised_by_a_block():
    outcomes = {outcome.id for outcome in LESSON.head.outcomes}
    live = [content for content in map(read_item, OBJECTIVE) if content.status == "live"]
    assessed = Counter(content.outcome for content in live)
    assert set(assessed) == outcomes
    assert len(live) >= 40
    assert min(assessed.values()) >= 6
    assert {block.body.outcome for block in LESSON.blocks} >= outcomes


@pytest.mark.parametrize("path", OBJECTIVE, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", ["2025", "2026"])
def test_the_key_earns_full_points_and_a_blank_earns_none(path, seed):
    content = read_item(path)
    variant = draw(content, seed)
    assert mark(variant, full_answer(content, seed)).points == 2
    assert mark(variant, "").points == 0


def test_the_key_is_the_longest_option_in_at_most_half_of_the_choice_items():
    choices = [read_item(path).exercise for path in OBJECTIVE]
    choices = [exercise.options for exercise in choices if exercise.kind == "single"]
    longest = [max(options, key=lambda o: (len(o.text), not o.correct)) for options in choices]
    assert sum(option.correct for option in longest) <= len(choices) / 2


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


def test_item_13_wins_only_because_the_platform_is_judged_with_what_runs_on_it():
    table = {"N": (20, -2.0), "X": (24, 11.2), "Y": (18, 7.5), "Z": (30, 10.4), "W": (16, 4.9)}
    sets = (c for n in range(1, 6) for c in combinations(table, n))
    feasible = [
        taken
        for taken in sets
        if sum(table[code][0] for code in taken) <= 62 and ("N" in taken or not {*taken} & {*"XY"})
    ]
    values = sorted((sum(table[code][1] for code in taken), taken) for taken in feasible)
    key = next(option.text for option in item("13").exercise.options if option.correct)
    assert (round(values[-1][0], 1), values[-1][1]) == (16.7, ("N", "X", "Y"))
    assert key.startswith("N, X và Y")
    assert (round(values[-2][0], 1), values[-2][1]) == (15.3, ("Z", "W"))


def test_item_15_is_right_whatever_the_case_and_wrong_for_sunk_cost():
    variant = draw(item("15"), "2026")
    assert mark(variant, " Chi phí CƠ HỘI. ").points == 2
    assert mark(variant, "chi phí chìm").points == 0


def test_item_23_the_worst_path_earns_nothing():
    variant = draw(item("23"), "2026")
    worth = dict(pair.split("=") for pair in variant.key.correct)
    worst: dict[str, str] = {}
    for choice in (choice for choice, credit in worth.items() if Decimal(credit) == 0):
        worst |= dict([choice.split("/")])
    assert len(worst) == 3
    assert mark(variant, worst).points == 0


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("lam-not-npv", npv(Project("H", "hộ tịch", 8, (2.5, 3.0, 3.5)), 0.10)),
        ("du-doan", compare(PROJECTS, [110], 0.10, frozenset("D")).opportunity_cost),
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


def test_the_faded_spending_review_of_the_lesson_is_two_subtractions():
    exercise = LESSON.block("lam-not-ra-soat").body.exercise
    for row in exercise.rows[1:]:
        plan, done, paid, advance = (float(cell) for cell in row.cells[:4])
        behind, unpaid = (float(cell.answer) for cell in row.cells[4:])
        assert (behind, unpaid) == (done - plan, done - (paid - advance))


def test_the_worked_spending_review_of_the_lesson_holds_row_by_row():
    text = "\n".join(part for part in LESSON.parts if isinstance(part, str))
    table = text[text.index("bản đồ số dùng chung") : text.index("Hết quý I, báo cáo")]
    rows = [numbers(line) for line in table.splitlines() if line.startswith("| Quý")]
    for plan, done, paid, advance, behind, for_work, unpaid in rows:
        assert (behind, for_work, unpaid) == (
            plan - done,
            paid - advance,
            done - (paid - advance),
        )
    assert len(rows) == 3


def test_the_trial_of_the_lesson_is_worth_3_55_against_1_at_once():
    text = "\n".join(part for part in LESSON.parts if isinstance(part, str))
    trial = text[text.index("mua quyền được dừng") : text.index("Thí điểm mất tiền")]
    assert "+10 tỷ" in trial
    assert "−8 tỷ" in trial
    assert f"**{0.5 * 10 - 0.5 * 8:.0f} tỷ**" in trial
    assert f"**{vietnamese(present_value((0.5 * 10,), 0.10) - 1)} tỷ**" in trial


def test_the_case_of_the_lesson_loses_4_90_and_only_0_45_when_phased():
    bank = {"M": (28, 9.4), "N": (22, 6.1), "S": (18, 1.2)}
    assert round(compare(valued(bank), [50], 0, frozenset("S")).opportunity_cost, 2) == 4.9
    tenth = [Project(c, c, k, ((k + v) * 1.1,)) for c, (k, v) in bank.items()]
    phased = compare(tenth, [50, 22], 0.10, frozenset("S"))
    assert round(phased.forced.npv, 2) == 16.15
    assert round(phased.opportunity_cost, 2) == 0.45


def test_figures_of_the_second_essay_add_up():
    rows = [
        numbers(m) for m in re.findall(r"^\| P\d\.(.*)", item("e2").exercise.prompt, re.MULTILINE)
    ]
    year, plan, done, paid, advance = (sum(column) for column in zip(*rows, strict=True))
    assert (year, plan, done, paid, advance) == (84, 42, 24, 29, 11)
    assert (round(100 * done / plan), round(100 * paid / plan)) == (57, 69)
    assert (paid - advance, done - (paid - advance)) == (18, 6)
    assert rows[0][2] - rows[0][3] == 6
    third = next(line for line in item("e2").exercise.prompt.splitlines() if "**P3:**" in line)
    whole, worth_whole, core, worth_core = numbers(third)[1:]
    assert (worth_whole - whole, worth_core - core) == (-4, 2.5)
    assert rows[2][0] - rows[2][2] - core == 9


def test_figures_of_the_third_essay_are_expected_values():
    def at_once(chance: float, discount: float = 0) -> float:
        return chance * 18 - (1 - chance) * 14 + discount

    def staged(chance: float) -> float:
        return present_value((chance * 18,), 0.10) - 3

    assert (at_once(0.5), at_once(0.5, 2)) == (2, 4)
    assert [round(staged(chance), 2) for chance in (0.5, 0.6)] == [5.18, 6.82]
    assert round(at_once(0.6), 1) == 5.2
    for discount, threshold in ((0, 0.70), (2, 0.58)):
        assert staged(threshold - 0.01) > at_once(threshold - 0.01, discount)
        assert staged(threshold + 0.01) < at_once(threshold + 0.01, discount)
    assert round(0.5 * 18 - present_value((0.5 * 18,), 0.10), 1) == 0.8


def test_figures_in_the_rubric_are_what_the_model_computes():
    obligation = frozenset("D")
    wider = compare(PROJECTS, [110], 0.10, obligation)
    c_later = npv(PROJECTS[2], 0.10, start=1)
    assert (round(wider.forced.npv, 2), round(wider.opportunity_cost, 2)) == (36.41, 7.01)
    assert round(c_later, 2) == 14.23
    assert round(npv(PROJECTS[2], 0.10) - c_later, 1) == 1.4


def test_item_30_counts_the_shared_hours_once():
    key = next(option.text for option in item("30").exercise.options if option.correct)
    assert round(7.8 + 7.2 - 6.0, 1) == 9.0
    assert round(7.8 + 5.3, 1) == 13.1 > 7.2 + 5.3
    assert key.startswith("A và C: vốn 44 tỷ, tổng NPV 13,1 tỷ")


def test_item_36_is_more_than_the_sum_of_its_parts():
    key = next(option.text for option in item("36").exercise.options if option.correct)
    assert key.startswith(f"{vietnamese(40.0 - 31.9, 1)} tỷ")
    assert (40.0 - 36.4) + (40.0 - 38.1) < 40.0 - 31.9
