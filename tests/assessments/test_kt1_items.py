"""The KT1 items: keys recomputed, feedback everywhere, an essay with its rubric."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import assessments
from assessments.bank.answering import right
from assessments.bank.item import Item, draw, mark, read_item
from courses.lesson import lesson_paths, read_lesson
from courses.models.risk import Plan, Risk, best_plan, ratio_plan, residual

ITEMS = Path(assessments.__file__).parent / "items"
KT1 = sorted((ITEMS / "kt1").glob("*.md"))
OBJECTIVE = [path for path in KT1 if not path.stem.startswith("kt1-e")]

HEALTH = (
    Risk("cổng", 4, 4, 700, 0.75),
    Risk("thư", 3, 4, 400, 0.5),
    Risk("sao lưu", 2, 5, 450, 0.8),
    Risk("quản trị", 3, 5, 500, 0.6),
)
MONITORED = (
    Risk("A", 4, 5, 900, 0.7),
    Risk("B", 3, 4, 400, 0.75),
    Risk("C", 3, 3, 350, 0.6),
    Risk("D", 4, 4, 650, 0.5),
    Risk("E", 2, 5, 300, 0.6),
)


def kt1(number: str) -> Item:
    return read_item(ITEMS / "kt1" / f"kt1-{number}.md")


def answered(item: Item, value: float) -> str:
    return mark(draw(item, "s"), f"{value:.1f}".replace(".", ",")).state


def test_key_of_kt1_01_is_the_least_residual_and_no_habit_reaches_it() -> None:
    item = kt1("01")
    assert answered(item, residual(HEALTH, best_plan(HEALTH, 1200))) == "correct"
    assert residual(HEALTH, ratio_plan(HEALTH, 1200)) == pytest.approx(36.0)
    for wrong in (ratio_plan(HEALTH, 1200), Plan(HEALTH)):
        assert answered(item, residual(HEALTH, wrong)) == "wrong"


def test_key_of_kt1_02_is_what_the_legal_duty_costs() -> None:
    free = best_plan(MONITORED, 1700)
    forced = best_plan(MONITORED, 1700, required=["D"])
    assert (free.names, forced.names) == (("A", "B", "E"), ("B", "C", "D", "E"))
    assert answered(kt1("02"), free.reduction - forced.reduction) == "correct"
    assert answered(kt1("02"), free.reduction - 22.0) == "wrong"


def test_key_of_kt1_03_counts_working_hours_since_the_last_good_backup() -> None:
    tuesday, wednesday, pace = 8, 4 + 2, 45
    assert answered(kt1("03"), (tuesday + wednesday) * pace) == "correct"
    assert answered(kt1("03"), wednesday * pace) == "wrong"


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


def test_every_outcome_is_assessed_and_five_kinds_and_three_depths_are_used() -> None:
    items = [read_item(path) for path in KT1]
    assert {item.outcome for item in items} == {f"KT1.{number}" for number in range(1, 6)}
    assert len({item.exercise.kind for item in items if item.rubric is None}) >= 5
    assert sum(item.depth == "vận dụng" for item in items) >= 2
    assert sum(item.depth == "phân tích" for item in items) >= 2
