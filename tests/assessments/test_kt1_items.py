"""The KT1 items: keys recomputed, feedback everywhere, an essay with its rubric."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

import assessments
from assessments.bank.answering import right
from assessments.bank.bank import enemies, read_bank
from assessments.bank.item import Item, draw, mark, read_item
from assessments.bank.rubric import read_rubric
from courses.lesson import lesson_paths, read_lesson
from courses.models.risk import Risk

ITEMS = Path(assessments.__file__).parent / "items"
KT1 = sorted((ITEMS / "kt1").glob("*.md"))
OBJECTIVE = [path for path in KT1 if not path.stem.startswith("kt1-e")]
KINDS = {
    *("single", "multiple", "ordering", "matching", "classification"),
    *("numeric", "table", "short", "decisions"),
}


def kt1(number: str) -> Item:
    return read_item(ITEMS / "kt1" / f"kt1-{number}.md")


@pytest.mark.parametrize("seed", range(20))
def test_key_of_kt1_09_follows_from_the_scores_that_the_trainee_reads(seed: int) -> None:
    variant = draw(kt1("09"), str(seed))
    key = dict(blank.split("=") for blank in variant.key.correct)
    for number, row in enumerate(variant.question.rows, start=1):  # type: ignore[union-attr]
        likelihood, impact, effect = re.findall(r"\d+", " ".join(filter(None, row.cells)))
        exposure = Decimal(likelihood) * Decimal(impact)
        removed = exposure * Decimal(effect) / 100
        expected = [exposure, removed, exposure - removed]
        assert [Decimal(key[f"r{number}c{column}"]) for column in (3, 4, 5)] == expected
        assert removed != exposure - removed


def test_register_of_kt1_11_has_one_line_whose_rest_is_wrong() -> None:
    line = r"\| (R\d) .*\| (\d) × (\d) \| (\d+) \| (\d+) % \| ([\d,]+) \|"
    lines = re.findall(line, kt1("11").exercise.prompt)
    risks = {name: Risk(name, int(a), int(b), 0, int(e) / 100) for name, a, b, _, e, _ in lines}
    assert [risks[name].exposure for name, *_ in lines] == [
        int(shown) for _, _, _, shown, *_ in lines
    ]
    left = {name: float(shown.replace(",", ".")) for name, *_, shown in lines}
    wrong = [n for n, r in risks.items() if left[n] != pytest.approx(r.exposure - r.reduction)]
    assert (len(lines), wrong) == (4, ["R4"])


@pytest.mark.parametrize("path", KT1, ids=lambda path: path.stem)
def test_item_is_live_and_cites_an_outcome_of_the_lesson(path: Path) -> None:
    item = read_item(path)
    lesson = read_lesson(next(p for p in lesson_paths() if p.name.startswith("kt1-")))
    assert item.outcome in {outcome.id for outcome in lesson.head.outcomes}
    assert item.status == "live"


@pytest.mark.parametrize("path", OBJECTIVE, ids=lambda path: path.stem)
def test_right_answer_earns_two_points_and_a_blank_none(path: Path) -> None:
    variant = draw(read_item(path), "seed")
    assert mark(variant, right(variant)).points == Decimal(2)
    assert mark(variant, "").points == 0


def test_the_bank_is_as_deep_as_a_paper_needs() -> None:
    items = [read_item(path) for path in OBJECTIVE]
    assert len(items) >= 40
    assert sum(item.template is not None for item in items) >= 15
    assert {item.exercise.kind for item in items} >= KINDS
    assert {item.depth for item in items} == {"hiểu", "vận dụng", "phân tích"}


def test_every_outcome_is_assessed_by_six_items() -> None:
    assessed = Counter(read_item(path).outcome for path in OBJECTIVE)
    assert set(assessed) == {f"KT1.{number}" for number in range(1, 6)}
    assert min(assessed.values()) >= 6


def test_six_essays_cover_every_outcome_and_each_rubric_gates_on_one_criterion() -> None:
    essays = [read_item(path) for path in KT1 if path not in OBJECTIVE]
    assert len(essays) >= 6
    assert {essay.outcome for essay in essays} == {f"KT1.{number}" for number in range(1, 6)}
    for essay in essays:
        assert sum(criterion.must for criterion in read_rubric(str(essay.rubric)).criteria) == 1


def test_an_essay_never_stands_beside_an_item_that_states_the_time_limits() -> None:
    kept_apart = enemies(read_bank())
    for essay in ("KT1-E1", "KT1-E6"):
        assert {"KT1-03", "KT1-L1", "KT1-L2", "KT1-46"} <= kept_apart[essay]
    assert {"KT1-12", "KT1-13", "KT1-14", "KT1-43"} <= kept_apart["KT1-E4"]


def test_the_key_is_the_longest_option_in_at_most_a_third_of_the_choices_and_decisions() -> None:
    items = [read_item(path) for path in OBJECTIVE]
    choices = [
        [(len(option.text), option.correct) for option in item.exercise.options]
        for item in items
        if item.exercise.kind == "single"
    ] + [
        [(len(option.text), option.credit == 1) for option in step.options]
        for item in items
        if item.exercise.kind == "decisions"
        for step in item.exercise.steps.values()
    ]
    longest = [
        max(options, key=lambda option: (option[0], not option[1]))[1] for options in choices
    ]
    assert sum(longest) <= len(choices) / 3


def test_register_of_essay_3_shows_what_is_removed_as_what_is_left() -> None:
    line = r"\| (\d) \|.*= (\d+) \|.*?(\d+) %.*\| ([\d,]+|–) \| [^|]*\|"
    lines = re.findall(line, kt1("e3").exercise.prompt)
    left = {n: int(level) * (100 - int(effect)) / 100 for n, level, effect, _ in lines}
    shown = {n: float(cell.replace(",", ".")) for n, *_, cell in lines}
    assert {n for n in left if left[n] != shown[n]} == {"3"}
    assert (left["3"], sum(shown.values())) == (8.0, 16.5)


def test_plans_of_essay_5_are_built_of_the_same_measures() -> None:
    row = r"\| (\d) \| [^|]+\| ([\d.]+) \| ([\d,]+) \|"
    plans = {
        int(n): (int(cost.replace(".", "")), float(points.replace(",", ".")))
        for n, cost, points in re.findall(row, kt1("e5").exercise.prompt)
    }
    watching = (300, 4.0)
    assert tuple(map(sum, zip(plans[1], watching, strict=True))) == plans[4]
    both = tuple(a - b for a, b in zip(plans[2], watching, strict=True))
    assert all(whole > part for whole, part in zip(plans[3], both, strict=True))
    assert 58 - plans[2][1] == 40.5
    assert (plans[4][0] - plans[2][0], plans[4][1] - plans[2][1]) == (170, 1.5)


def test_hours_of_essay_6_are_those_of_its_rubric() -> None:
    day = timedelta(days=1)
    seen, told = timedelta(hours=6, minutes=50), day + timedelta(hours=10)
    assert told - seen == timedelta(hours=27, minutes=10)
    assert told - seen - day == timedelta(hours=3, minutes=10)
    assert seen - timedelta(hours=2, minutes=40) == timedelta(hours=4, minutes=10)
    assert timedelta(hours=8, minutes=35) - seen == timedelta(hours=1, minutes=45)


def test_the_two_logs_of_kt1_47_are_one_moment() -> None:
    firewall = datetime(2026, 11, 11, 20, 35, 7, tzinfo=UTC)
    server = datetime(2026, 11, 12, 3, 35, 7, tzinfo=timezone(timedelta(hours=7)))
    assert firewall == server


def test_kt1_44_takes_the_law_in_every_spelling_and_not_the_one_it_replaced() -> None:
    variant = draw(kt1("44"), "s")
    for written in ("116/2025/QH15", "số 116/2025/QH15", "Luật số 116/2025/QH15"):
        assert mark(variant, written).state == "correct"
    for written in ("24/2018/QH14", "86/2015/QH13", "331/2026/NĐ-CP"):
        assert mark(variant, written).state == "wrong"
