"""The items of KM2: their numeric keys follow from the model, and their texts are fair."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

import assessments
from assessments.bank.bank import enemies, read_bank
from assessments.bank.item import draw, mark, read_item
from assessments.bank.rubric import read_rubric
from courses.lesson import LESSONS, read_lesson
from courses.models.coalition import (
    THREE_AGENCIES,
    CostGame,
    agreement_room,
    bargaining_range,
    is_stable,
    remainder,
    shapley,
    walkouts,
    with_coordination_cost,
    with_private_cost,
)

ITEMS = Path(assessments.__file__).parent / "items" / "km2"
PATHS = sorted(ITEMS.glob("km2-*.md"))
CONTENTS = [read_item(path) for path in PATHS]
ESSAYS = [content for content in CONTENTS if content.exercise.kind == "essay"]
LESSON = LESSONS / "km2-tao-dong-thuan.md"


def item(name):
    return read_item(ITEMS / f"{name}.md")


def game_in(name):
    """The game of an item, read from the table that the candidate reads."""
    rows = [line for line in item(name).exercise.prompt.splitlines() if line.startswith("|")]
    heads, _, amounts = ([cell.strip() for cell in row.strip("|").split("|")] for row in rows)
    groups = [head.replace(" + ", "") for head in heads]
    return CostGame(groups[-1], dict(zip(groups, map(float, amounts), strict=True)))


def key(name):
    return float(item(name).exercise.answer)


def test_the_bank_is_as_deep_as_a_paper_needs():
    objective = [content for content in CONTENTS if content.exercise.kind != "essay"]
    assert sum(content.status == "live" for content in objective) >= 40
    assert sum(content.template is not None for content in objective) >= 15
    assert len({content.exercise.kind for content in objective}) >= 6
    assert {content.depth for content in objective} == {"hiểu", "vận dụng", "phân tích"}


def test_every_outcome_of_the_lesson_is_assessed_by_six_items():
    outcomes = {outcome.id for outcome in read_lesson(LESSON).head.outcomes}
    assessed = Counter(content.outcome for content in CONTENTS)
    assert set(assessed) == outcomes
    assert min(assessed.values()) >= 6


def test_at_most_a_third_of_the_points_are_arithmetic_and_a_fifth_divide_costs():
    points = sum(content.points for content in CONTENTS)
    numbers = sum(c.points for c in CONTENTS if c.exercise.kind in ("numeric", "table"))
    assert numbers / points <= 0.35
    assert sum(c.points for c in CONTENTS if c.outcome == "KM2.2") / points <= 0.2


def test_every_outcome_of_the_lesson_is_practised():
    lesson = read_lesson(LESSON)
    practised = {block.body.outcome for block in lesson.blocks}
    assert {outcome.id for outcome in lesson.head.outcomes} <= practised


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_texts_are_in_nfc(path):
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["km2-02", "km2-03", "km2-08"])
def test_the_numeric_key_marks_full_as_officials_type_it(name):
    variant = draw(item(name), "seed")
    answer = variant.key.correct[0].replace(".", ",")
    assert mark(variant, answer).points == 2
    assert mark(variant, f"{answer} {item(name).exercise.unit}").points == 2


def test_km2_02_asks_for_the_shapley_share_of_k():
    assert key("km2-02") == pytest.approx(shapley(game_in("km2-02"))["K"], abs=1e-8)


@pytest.mark.parametrize("place", range(4))
def test_km2_02_gives_nothing_for_equal_or_proportional_shares_or_midpoints(place):
    variant = draw(item("km2-02"), "seed")
    assert mark(variant, variant.traps[place]).points == 0


def test_km2_03_is_the_greatest_share_of_p_that_keeps_everyone():
    game, most = game_in("km2-03"), key("km2-03")
    paid = float(re.search(r"thống nhất là (\d+)", item("km2-03").exercise.prompt)[1])
    assert is_stable(game, remainder(game, {"P": most, "R": paid}))
    beyond = walkouts(game, remainder(game, {"P": most + 0.01, "R": paid}))
    assert [standing.group for standing in beyond] == ["PR"]


def test_km2_04_says_truly_which_splits_are_stable():
    game = game_in("km2-04")

    def leaving(*shares):
        return [s.group for s in walkouts(game, dict(zip("ABC", shares, strict=True)))]

    assert leaving(6, 10, 8) == ["BC"]
    assert leaving(9, 10, 5) == []
    assert leaving(8, 8, 8) == ["BC"]
    assert bargaining_range(game, "A")[0] == 9


def test_km2_08_is_the_greatest_number_of_interfaces_that_leaves_room():
    game, most = game_in("km2-08"), key("km2-08")
    each = re.search(r"tăng thêm (\d+,\d) tỷ", item("km2-08").exercise.prompt)[1]
    each = float(each.replace(",", "."))
    assert agreement_room(with_coordination_cost(game, each * most)) >= 0
    assert agreement_room(with_coordination_cost(game, each * (most + 1))) < 0


def test_the_refusal_in_the_essay_is_rational_and_the_model_split_mends_it():
    amounts = {"F": 13, "V": 11, "B": 9, "FV": 19, "FB": 18, "VB": 16, "FVB": 24}
    table = item("km2-e1").exercise.prompt
    assert all(f"| {amount} " in table for amount in amounts.values())
    game = with_private_cost(CostGame("FVB", amounts), "B", 1.5)
    assert [s.group for s in walkouts(game, {"F": 8, "V": 8, "B": 9.5})] == ["B"]
    assert is_stable(game, {"F": 9.5, "V": 8, "B": 8})


def test_the_refusal_in_the_lesson_is_rational_and_shapley_mends_it():
    game = with_private_cost(THREE_AGENCIES, "N", 1.5)
    equal = {"S": 20 / 3, "T": 20 / 3, "N": 20 / 3 + 1.5}
    assert [s.group for s in walkouts(game, equal)] == ["N"]
    fair = shapley(THREE_AGENCIES)
    assert is_stable(game, {**fair, "N": fair["N"] + 1.5})


def test_the_numeric_keys_of_the_lesson_follow_from_the_model():
    lesson = read_lesson(LESSON)
    keys = {
        name: float(lesson.block(name).body.exercise.answer)
        for name in ("phan-cua-t", "nguong-phoi-hop", "nhac-lai")
    }
    assert keys["nhac-lai"] == THREE_AGENCIES.total - THREE_AGENCIES.costs["TN"]
    assert keys["phan-cua-t"] == round(shapley(THREE_AGENCIES)["T"], 2)
    most = keys["nguong-phoi-hop"]
    assert agreement_room(with_coordination_cost(THREE_AGENCIES, most)) == 0
    assert agreement_room(with_coordination_cost(THREE_AGENCIES, most + 0.5)) < 0


@pytest.mark.parametrize("essay", ESSAYS, ids=lambda essay: essay.id)
def test_the_rubric_speaks_of_the_essay_and_examples_fit_its_length(essay):
    rubric = read_rubric(essay.rubric)
    assert (rubric.item, rubric.points) == (essay.id, essay.points)
    passages = [[len(level.example.split()) for level in c.levels] for c in rubric.criteria]
    assert all(sum(lengths) <= essay.exercise.max_words for lengths in product(*passages))


def test_there_are_six_essays_and_none_stands_with_what_answers_it():
    assert len(ESSAYS) >= 6
    apart = enemies(read_bank())
    assert {"KM2-03", "KM2-04", "KM2-07", "KM2-18", "KM2-19"} <= apart["KM2-E1"]
    assert min(len(apart[essay.id]) for essay in ESSAYS) >= 2


def test_the_figures_of_the_essays_follow_from_what_they_state():
    table = [line.split("|") for line in item("km2-e5").exercise.prompt.splitlines()]
    due, kept = (
        sum(int(row[place]) for row in table if len(row) > place and row[place].strip().isdigit())
        for place in (2, 3)
    )
    assert (due, kept) == (29, 19)
    assert "19 trên 29" in read_rubric("km2-e5").criteria[0].levels[-1].example
    assert "là 40 ngày công một năm" in read_rubric("km2-e2").criteria[0].levels[-1].example


@pytest.mark.parametrize("name", ["km2-01", "km2-07"])
def test_the_right_option_is_not_given_away_by_its_length(name):
    options = item(name).exercise.options
    right = next(len(option.text) for option in options if option.correct)
    wrong = [len(option.text) for option in options if not option.correct]
    assert min(wrong) * 0.85 <= right <= max(wrong) * 1.15
