"""The KM1 items: every drawn key re-solved from what is printed, and no short cut pays."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from math import ceil, prod

import pytest
from km_content import (
    FOLDER,
    RARELY,
    bold,
    commonest,
    commonest_answer,
    decision_ranks,
    full_answer,
    item,
    length_ranks,
    number_key,
    numbers,
    right_in,
    share_of_points,
    shown_rows,
    table_key,
    variants,
)
from shipped import lesson_of

from assessments.bank.item import mark, read_item
from courses.models.assignment import TEAM, best_for_each, cheapest, gentlest
from courses.models.bad_news import Line

PATHS = sorted((FOLDER / "km1").glob("km1-*.md"))
ITEMS = [read_item(path) for path in PATHS]
OBJECTIVE = [one for one in ITEMS if one.exercise.kind != "essay"]
GENERATED = [one.id for one in OBJECTIVE if one.template]
LESSON = lesson_of("KM1")


def within_limits(limits, rows):
    """Every assignment that fits, as (total, who), by trying all."""
    for who in product(range(len(limits)), repeat=len(rows)):
        loads = [sum(r[p] for r, p in zip(rows, who, strict=True) if p == q) for q in range(3)]
        if all(load <= limit for load, limit in zip(loads, limits, strict=True)):
            yield sum(loads), who


def least_total(x):
    limits, rows = x[:3], [x[at : at + 3] for at in range(3, 15, 3)]
    return min(total for total, _ in within_limits(limits, rows))


def quickest(x):
    return sum(min(x[at : at + 3]) for at in range(3, 15, 3))


def in_order_of_the_list(x):
    left, total = list(x[:3]), 0.0
    for at in range(3, 15, 3):
        hours, person = min((h, p) for p, h in enumerate(x[at : at + 3]) if h <= left[p])
        left[person] -= hours
        total += hours
    return total


def gentlest_of_two(x):
    return min(
        max(s := sum(t for t, b in zip(x, bits, strict=True) if b), sum(x) - s)
        for bits in product([0, 1], repeat=6)
    )


def longest_first(x):
    loads = [0.0, 0.0]
    for task in sorted(x, reverse=True):
        loads[loads[0] > loads[1]] += task
    return max(loads)


SOLVED = {
    # id: (right method, wrong methods) on the numbers in bold, in the order of print
    "KM1-03": (
        lambda x: x[0] * x[1] / 100 - x[2],
        [lambda x: x[0] * x[1] / 100, lambda x: x[1] - x[2], lambda x: x[2]],
    ),
    "KM1-04": (
        lambda x: ceil(100 * (x[0] - x[1]) / (x[2] - x[1])),
        [
            lambda x: ceil(100 * x[0] / x[2]),
            lambda x: ceil(100 * (x[0] - x[1]) / x[2]),
            lambda x: 100 * (x[0] - x[1]) // (x[2] - x[1]),
        ],
    ),
    "KM1-09": (
        lambda x: 100 * sum(x[3:6]) / (x[0] - x[1] - x[2]),
        [lambda x: 100 * sum(x[3:6]) / x[0], lambda x: 100 * sum(x[3:6]) / (x[0] - x[1])],
    ),
    "KM1-10": (least_total, [quickest, in_order_of_the_list]),
    "KM1-11": (gentlest_of_two, [longest_first, lambda x: sum(x) / 2, lambda x: ceil(sum(x) / 2)]),
    "KM1-15": (
        lambda x: x[0] * x[1] / 60 - (x[2] * x[4] - x[5]) * x[3],
        [
            lambda x: x[0] * x[1] / 60 - x[2] * x[4] * x[3],
            lambda x: x[0] * x[1] / 60 - x[2] * (x[4] - x[5]) * x[3],
        ],
    ),
    "KM1-17": (
        lambda x: 100 * (x[1] / 100) ** x[0],
        [lambda x: 100 - x[0] * (100 - x[1]), lambda x: x[1], lambda x: x[1] / x[0]],
    ),
    "KM1-18": (
        lambda x: x[0] * (x[1] * x[2] + (100 - x[1]) * x[3]) / 100,
        [
            lambda x: x[0] * x[2],
            lambda x: x[0] * (x[1] * x[3] + (100 - x[1]) * x[2]) / 100,
            lambda x: (x[1] * x[2] + (100 - x[1]) * x[3]) / 100,
        ],
    ),
    "KM1-19": (
        lambda x: (100 - x[0]) * x[1] / 10_000 * (x[3] - x[2]),
        [lambda x: x[1] / 100 * (x[3] - x[2]), lambda x: (100 - x[0]) * x[1] / 10_000 * x[3]],
    ),
    "KM1-20": (
        lambda x: x[0] * ((x[1] / 100) ** 2 - (x[1] / 100) ** 4),
        [
            lambda x: x[0] * (1 - (x[1] / 100) ** 4) / 2,
            lambda x: x[0] * 2 * (100 - x[1]) / 100,
            lambda x: x[0] * (x[1] / 100) ** 2,
        ],
    ),
    "KM1-33": (
        lambda x: ceil(x[0] * x[1] / x[2]) + x[3],
        [lambda x: ceil(x[0] * x[1] / x[2]), lambda x: x[0] * x[1] // x[2] + x[3]],
    ),
    "KM1-35": (
        lambda x: x[0] * x[1] * x[2] / 100 * x[4] / 100 - x[3],
        [
            lambda x: x[0] * x[1] * x[2] / 100 * x[4] / 100,
            lambda x: x[1] * x[2] * x[4] / 100 - x[3],
            lambda x: x[0] * x[1] * x[2] / 100 - x[3],
        ],
    ),
}
WRONG = [(name, n) for name, (_, wrong) in SOLVED.items() for n in range(len(wrong))]


def test_there_are_forty_objective_items_of_nine_kinds_with_eighteen_generators():
    assert len(OBJECTIVE) == 40
    assert len(GENERATED) == 18
    assert len({one.exercise.kind for one in OBJECTIVE}) == 9
    assert {one.depth for one in OBJECTIVE} == {"hiểu", "vận dụng", "phân tích"}
    assert {one.status for one in ITEMS} == {"live"}


def test_every_outcome_has_eight_objective_items_and_is_practised():
    outcomes = {outcome.id for outcome in LESSON.head.outcomes}
    assert Counter(one.outcome for one in OBJECTIVE) == dict.fromkeys(outcomes, 8)
    assert outcomes <= {block.body.outcome for block in LESSON.blocks}


def test_six_essays_leave_arithmetic_no_more_than_35_percent_of_the_points():
    assert len(ITEMS) - len(OBJECTIVE) == 6
    assert share_of_points(ITEMS, {"numeric", "table"}) <= 0.35


@pytest.mark.parametrize("one", OBJECTIVE, ids=lambda one: one.id)
def test_the_key_earns_full_points(one):
    for variant in variants(one.id)[:5]:
        assert mark(variant, full_answer(variant)).points == one.points


def test_the_key_is_never_the_longest_option():
    for one in OBJECTIVE:
        if one.exercise.kind == "single":
            longest = max(one.exercise.options, key=lambda option: len(option.text))
            assert not longest.correct, one.id


def test_no_length_gives_the_key_away_in_more_than_half_of_the_choices():
    ranks = length_ranks(OBJECTIVE)
    assert max(Counter(ranks).values()) <= len(ranks) / 2
    steps = decision_ranks(OBJECTIVE)
    assert sum(rank == "longest" for rank in steps) <= len(steps) / 2


@pytest.mark.parametrize("name", SOLVED)
def test_every_drawn_number_is_what_the_prompt_asks_for(name):
    right, _ = SOLVED[name]
    for variant in variants(name):
        key, _ = number_key(variant)
        assert right(bold(variant.question.prompt)) == pytest.approx(key, abs=1e-5)


@pytest.mark.parametrize("name", SOLVED)
def test_the_right_method_rounded_as_asked_earns_full_marks(name):
    places = 1 if "một chữ số sau dấu phẩy" in item(name).exercise.prompt else 0
    assert right_in(name, SOLVED[name][0], places) == 1


@pytest.mark.proof(one_in=3)
@pytest.mark.parametrize(("name", "wrong"), WRONG)
def test_a_wrong_method_is_right_in_hardly_any_seed(name, wrong):
    assert right_in(name, SOLVED[name][1][wrong]) <= RARELY


@pytest.mark.parametrize("name", SOLVED)
def test_no_constant_is_right_in_more_than_a_tenth_of_the_seeds(name):
    assert commonest(name) <= RARELY


@pytest.mark.parametrize("name", [name for name in GENERATED if name not in SOLVED])
def test_no_whole_answer_that_is_not_a_number_comes_back_often(name):
    assert commonest_answer(name) <= RARELY


def test_item_07_follows_the_letter_of_authority():
    for variant in variants("KM1-07"):
        money, hours, _ = bold(variant.question.prompt)
        targets = {target.id: target.text for target in variant.question.targets}
        answer = full_answer(variant)
        for option in variant.question.options:
            if "hết" in option.text:
                within = numbers(option.text)[0] <= money
            elif option.text.startswith("Dừng"):
                within = numbers(option.text)[0] <= hours
            else:
                expected = "Quyết ngay" if option.text.startswith("Ngắt") else "Phải trình"
                assert targets[answer[option.id]].startswith(expected)
                continue
            assert targets[answer[option.id]] == ("Tự quyết" if within else "Phải trình trước")


def test_item_12_loads_are_given_hours_over_free_ones():
    for variant in variants("KM1-12"):
        h, key = bold(variant.question.prompt), table_key(variant)
        given = [h[0] + h[4], h[1] + h[3], h[2] + h[5]]
        free = [row[0] for row in shown_rows(variant)]
        assert key[::2] == given
        assert key[1::2] == pytest.approx([100 * g / f for g, f in zip(given, free, strict=True)])


def test_item_21_doubles_and_halves_what_is_kept_back_not_what_is_passed_on():
    for variant in variants("KM1-21"):
        passed, key = bold(variant.question.prompt)[0], table_key(variant)
        kept = 100 - passed
        rates = [passed, 100 - 2 * kept, 100 - kept / 2]
        assert [key[2], key[5]] == rates[1:]
        arrived = [1000 * (rate / 100) ** 3 for rate in rates]
        assert [key[0], key[3], key[6]] == pytest.approx(arrived)
        assert [key[1], key[4], key[7]] == pytest.approx([1000 - a for a in arrived])


def test_item_34_counts_only_what_nobody_else_can_do():
    for variant in variants("KM1-34"):
        away = re.search(r"khi \*\*(\w+)\*\*", variant.question.prompt)[1]
        rows = variant.question.rows[:4]
        expected = [float(row.cells[1]) * (row.cells[0] == away) for row in rows]
        assert table_key(variant) == [*expected, sum(expected)]
        assert 0 < sum(expected) < sum(float(row.cells[1]) for row in rows if away in row.cells[0])


def test_the_lesson_says_of_the_team_what_the_model_finds():
    text = "\n".join(part for part in LESSON.parts if isinstance(part, str))
    assert f"**{len(TEAM.feasible):,} cách**".replace(",", ".") in text
    assert f"**{cheapest(TEAM).total:.0f} giờ**" in text
    assert f"**{gentlest(TEAM).total:.0f} giờ**" in text
    assert best_for_each(TEAM).total == 60
    for task, row in TEAM.hours.items():
        assert f"| {task} | " + " | ".join(f"{h:.0f}" for h in row.values()) + " |" in text


def test_the_keys_of_the_lesson_follow_from_the_model():
    asked = LESSON.block("du-doan-tin-xau").body.exercise
    assert abs(100 * Line(3, 0.8).arrives - float(asked.answer)) <= float(asked.tolerance)
    direct = LESSON.block("kenh-truc-tiep").body.exercise
    assert float(direct.answer) == pytest.approx(100 * Line(1, 0.6, 0.5).arrives)


def test_no_figure_of_the_simulation_stands_before_its_prediction():
    parts = LESSON.parts
    before = parts[: parts.index(LESSON.block("du-doan-tin-xau"))]
    text = "\n".join(part for part in before if isinstance(part, str))
    assert not re.search(r"51,2|0,512|69,9|46,5|84,1|811,6|1\.208|571,0", text)
    assert prod([0.9, 0.9]) == pytest.approx(0.81)
