"""QL5 items with variants: a thousand of each, solved again from what the candidate reads."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import permutations, product
from pathlib import Path

import pytest
from generators import DRAWS, MOST, best_constant, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "ql5"
NEWER = ("25", "27", "28", "30", "31", "36", "39", "40")
POOLS = ("32", "37")
TABLE = "09"
VARIED = {name: read_item(ITEMS / f"ql5-{name}.md") for name in (TABLE, *NEWER, *POOLS)}


def read(values, *names):
    return [number(values[name]) for name in names]


def rounds_left(v):
    total, accepted, growth, rounds = read(v, "total", "accepted", "growth", "rounds")
    left, done = total - accepted, 0
    while left > 0:
        left += growth - accepted / rounds
        done += 1
    return done


def last_week_to_tender(v):
    a, b, d, bid, c = read(v, "a", "b", "d", "bid", "c")
    return max(week for week in range(99) if week + bid + c <= a + b + d)


def one_team(v):
    a, b, c, e, d = read(v, "a", "b", "c", "e", "d")
    ends = []
    for order in permutations("BC"):
        clock, done = a, {}
        for name in order:
            clock += {"B": b, "C": c}[name]
            done[name] = clock
        ends.append(max(done["B"] + e, done["C"]) + d)
    return min(ends)


def mean_delay(v):
    slack, w1, w2, p1, p2 = read(v, "slack", "w1", "w2", "p1", "p2")
    mean = 0.0
    for first, second in product((0, 1), repeat=2):
        chance = (p1 if first else 100 - p1) * (p2 if second else 100 - p2) / 10000
        mean += chance * max(0, first * w1 - slack, second * w2)
    return mean


def chance_that_pays(v):
    w, slack, less, keep, price = read(v, "w", "slack", "less", "keep", "price")
    loss = [keep * max(0, weeks - slack) for weeks in (w, less)]
    return 100 * price / (loss[0] - loss[1])


def contract_growth(v):
    rate, dropped, done, added, undo = read(v, "rate", "dropped", "done", "added", "undo")
    before = dropped * rate
    after = dropped * done / 100 * rate + (added + undo) * rate
    return after - before


def paid_for_the_month(v):
    fee, rate, free, t1, t2 = read(v, "fee", "rate", "free", "t1", "t2")
    over, cuts = t1 + t2 - free, 0
    while over > 0:
        over, cuts = over - 10, cuts + 1
    return fee - fee * rate * cuts / 100


def worth_of_accepted_parts(v):
    line = r"^\| \w \| ([\d.]+) \| (\d+)/(\d+) \| (.+) \| (.+) \|$"
    rows = re.findall(line, v["rows"], re.MULTILINE)
    assert len(rows) == 6
    return sum(
        number(value)
        for value, passed, cases, blocked, tried in rows
        if int(passed) / int(cases) >= number(v["limit"]) / 100
        and (blocked, tried) == ("Không", "Đạt")
    )


SOLVED = {
    "25": (rounds_left, 0, ("no_growth", "claimed_pace")),
    "27": (last_week_to_tender, 0, ("earliest", "no_bid")),
    "28": (one_team, 0, ("parallel", "wrong_order")),
    "30": (mean_delay, 0.005, ("no_slack", "added")),
    "31": (chance_that_pays, 0.05, ("no_slack",)),
    "36": (contract_growth, 0, ("all_back", "no_rework")),
    "39": (paid_for_the_month, 0.05, ("all_events", "no_free")),
    "40": (worth_of_accepted_parts, 0, ("by_rate", "no_trial")),
}


@pytest.mark.parametrize("name", SOLVED)
def test_the_key_of_a_thousand_variants_is_found_again_from_what_is_shown(name):
    solve, *_ = SOLVED[name]
    for values in variants(VARIED[name]):
        assert math.isclose(float(values["answer"]), solve(values), abs_tol=2e-3), values


@pytest.mark.parametrize("name", SOLVED)
def test_no_constant_named_mistake_or_rule_of_thumb_is_right_in_more_than_a_tenth(name):
    _, tolerance, traps = SOLVED[name]
    hits = easy_ways(VARIED[name], variants(VARIED[name]), tolerance, traps)
    assert {way: n for way, n in hits.items() if n > MOST} == {}


@pytest.mark.parametrize("name", SOLVED)
def test_the_item_accepts_no_more_than_the_tolerance_tried_here(name):
    [tolerance] = draw(VARIED[name], "ql5").key.tolerances
    assert float(tolerance) <= SOLVED[name][1]


def test_item_09_lets_each_task_be_late_while_the_delivery_still_holds():
    cells = []
    for v in variants(VARIED[TABLE]):
        weeks = {name: number(v[name]) for name in "pqrstu"}

        def ends(late, weeks=weeks):
            """Ends of all tasks when one of them takes longer."""
            spent = {name: weeks[name] + late.get(name, 0) for name in weeks}
            p = spent["p"]
            done = {"q": p + spent["q"], "r": p + spent["r"], "s": p + spent["s"]}
            done["t"] = done["r"] + spent["t"]
            return done | {"u": max(done["q"], done["s"], done["t"]) + spent["u"]}

        for name in "qrstu":
            assert number(v[f"e_{name}"]) == ends({})[name]
            due = number(v["due"])
            may = max(more for more in range(99) if ends({name: more})["u"] <= due)
            assert number(v[f"f_{name}"]) == may
        cells.append(read(v, *(f"{mark}_{name}" for mark in "ef" for name in "qrstu")))
    assert all(best_constant(column, 0) <= MOST for column in zip(*cells, strict=True))


@pytest.mark.parametrize("name", POOLS)
def test_five_entries_out_of_a_pool_differ_and_no_place_gives_its_category_away(name):
    drawn = variants(VARIED[name])
    for place in range(1, 6):
        counts = Counter(values[f"c{place}"] for values in drawn)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    for values in drawn:
        assert len({values[f"e{place}"] for place in range(1, 6)}) == 5
        assert len({values[f"c{place}"] for place in range(1, 6)}) == 3


@pytest.mark.parametrize("name", VARIED)
def test_a_generator_leaves_no_place_open_and_repeats_itself_for_a_seed(name):
    one, other = (draw(VARIED[name], "2026").question.model_dump_json() for _ in range(2))
    assert one == other
    assert "{{" not in one
