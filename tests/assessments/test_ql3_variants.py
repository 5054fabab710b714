"""The QL3 items with variants: many of them, and keys that follow from the numbers shown."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from generators import a_thousand_times

import assessments
from assessments.bank.item import Item, draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "ql3"
GENERATED = [path.with_suffix(".md") for path in sorted(ITEMS.glob("ql3-*.py"))]
SEEDS = [str(seed) for seed in range(50)]


@cache
def item(number: str) -> Item:
    return read_item(ITEMS / f"ql3-{number}.md")


def by_name(path: Path) -> str:
    return path.stem


def shown(number: str, seed: str) -> dict[str, float]:
    """The numbers of one variant, read back from what trainees see."""
    values = item(number).template.variant(random.Random(seed))  # noqa: S311 - reproducible
    read = {name: text.replace(".", "").replace(",", ".") for name, text in values.items()}
    read["answer"] = values.get("answer", "0")
    return {
        name: float(text)
        for name, text in read.items()
        if text.replace(".", "", 1).replace("-", "", 1).isdigit()
    }


def test_eighteen_items_are_generated() -> None:
    assert len(GENERATED) == 18


@pytest.mark.parametrize("path", GENERATED, ids=by_name)
def test_fifty_seeds_give_at_least_thirty_different_questions(path: Path) -> None:
    content = read_item(path)
    questions = {draw(content, seed).question.model_dump_json() for seed in SEEDS}
    assert len(questions) >= 30


@a_thousand_times
def test_keys_of_the_path_items_follow_from_the_numbers_shown(seed: str) -> None:
    a = shown("06", seed)
    base = a["online"] / a["total"] * 100
    pace = (a["goal"] - base) / (a["last"] - a["first"])
    assert a["answer"] == pytest.approx(base + pace * (a["year"] - a["first"]))
    assert a["goal"] <= 100

    b = shown("07", seed)
    assert b["answer"] == pytest.approx((b["goal"] - b["actual"]) / 3, abs=0.006)
    assert b["base"] < b["actual"] < b["base"] + 2 / 5 * (b["goal"] - b["base"])

    c = shown("09", seed)
    reached = c["actual"] + 2 * (c["actual"] - c["base"]) / 3
    assert c["answer"] == pytest.approx((c["goal"] - reached) / 100 * c["total"])
    assert c["answer"] > 0

    d = shown("11", seed)
    due = d["base"] + (d["units"] - d["base"]) / 5 * (d["year"] - 2025)
    assert d["answer"] == due - d["actual"]


@a_thousand_times
def test_the_table_of_item_08_rises_evenly_from_two_different_years(seed: str) -> None:
    v = shown("08", seed)
    for year in (2026, 2027, 2028, 2029):
        share = (year - 2025) / 5
        assert v[f"m1_{year}"] == pytest.approx(
            v["m1_base"] + share * (v["m1_goal"] - v["m1_base"])
        )
    for year in (2027, 2028, 2029):
        share = (year - 2026) / 4
        assert v[f"m2_{year}"] == pytest.approx(
            v["m2_base"] + share * (v["m2_goal"] - v["m2_base"])
        )


@a_thousand_times
def test_the_idle_money_of_item_13_is_what_names_no_target_that_is_left(seed: str) -> None:
    values = item("13").template.variant(random.Random(seed))  # noqa: S311 - reproducible
    idle = sum(
        int(values[f"a{line}"])
        for line in range(1, 8)
        if not {"M1", "M2", "M3", "M4"} & set(values[f"s{line}"].split(", "))
    )
    assert idle == int(values["answer"])


@a_thousand_times
def test_the_table_of_item_16_adds_up_both_ways(seed: str) -> None:
    v = shown("16", seed)
    for line in "123":
        assert v[f"n{line}"] == sum(v[f"{source}{line}"] for source in "pch")
    for source in "pch":
        assert v[source] == sum(v[f"{source}{line}"] for line in "123")
    assert v["total"] == v["n1"] + v["n2"] + v["n3"]


@a_thousand_times
def test_keys_of_the_budget_items_follow_from_the_numbers_shown(seed: str) -> None:
    a = shown("18", seed)
    way = (100 - a["cut"] - a["fixed"]) / (100 - a["fixed"])
    assert a["answer"] == pytest.approx(a["base"] + way * (a["goal"] - a["base"]), abs=0.06)

    b = shown("21", seed)
    total = sum(b[f"n{number}"] for number in range(1, 7))
    assert b["answer"] == pytest.approx((b["n5"] + b["n6"]) / total * 100, abs=0.06)


@pytest.mark.proof
@a_thousand_times
def test_item_19_asks_for_the_least_money_that_saves_a_third_target(seed: str) -> None:
    v = shown("19", seed)
    costs = {
        frozenset("PQR"): "abcd",
        frozenset("PQS"): "abce",
        frozenset("PRS"): "abde",
        frozenset("QRS"): "abcde",
    }
    cheapest = min(sum(v[code] for code in codes) for codes in costs.values())
    assert v["answer"] == cheapest - v["left"] > 0
