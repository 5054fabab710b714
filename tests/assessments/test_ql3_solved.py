"""QL3 items with variants: a thousand of each, solved again from what the candidate reads."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from generators import DRAWS, MOST, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "ql3"
POOLS = ("25", "40")


def read(values, *names):
    return [number(values[name]) for name in names]


def merged_base(v):
    n1, p1, n2, c, p2 = read(v, "n1", "p1", "n2", "c", "p2")
    online = n1 * 1000 * p1 / 100 + n2 * 1000 * (c / 100) * (p2 / 100)
    return 100 * online / (1000 * (n1 + n2))


def countryside(v):
    goal, urban, rural, top = read(v, "goal", "urban", "rural", "top")
    return goal + (goal - top) * urban / rural


def security(v):
    lines = read(v, "a", "b", "c", "d", "safe")
    return 0.15 * sum(lines) - lines[-1]


def goal_left(v):
    actual, goal, fixed, unit, cut = read(v, "actual", "goal", "fixed", "unit", "cut")
    lost = (fixed + unit * (goal - actual)) * cut / 100
    return goal - lost / unit


def hard_places(v):
    n, pn, easy, m, pm, hard, budget = read(v, "n", "pn", "easy", "m", "pm", "hard", "budget")
    money = budget - (n - pn) * easy
    return next(k for k in range(int(m - pm), -1, -1) if k * hard <= money)


def effect(v):
    p1, p2, c1, c2 = read(v, "p1", "p2", "c1", "c2")
    return (p2 - c2) - (p1 - c1)


def on_the_path(v):
    total, online, goal, first, last, year = read(
        v, "total", "online", "goal", "first", "last", "year"
    )
    base = 100 * online / total
    return base + (goal - base) * (year - first) / (last - first)


def files_short(v):
    base, goal, actual, total = read(v, "base", "goal", "actual", "total")
    return total * (goal - actual - 2 * (actual - base) / 3) / 100


def with_arrears(v):
    units, base, year, actual = read(v, "units", "base", "year", "actual")
    return base + (units - base) * (year - 2025) / 5 - actual


def idle(v):
    served = {"M1", "M2", "M3", "M4"}
    lines = (n for n in range(1, 8) if not served & set(v[f"s{n}"].split(", ")))
    return sum(number(v[f"a{n}"]) for n in lines)


def after_an_even_cut(v):
    base, goal, cut, fixed = read(v, "base", "goal", "cut", "fixed")
    return base + (goal - base) * (1 - cut / (100 - fixed))


def to_save_one_more(v):
    needs = {"P": "ab", "Q": "bc", "R": "d", "S": "ae"}
    left = number(v["left"])

    def cost(targets):
        return sum(number(v[code]) for code in {c for t in targets for c in needs[t]})

    def cheapest(size):
        return min(cost(targets) for targets in combinations(needs, size))

    reached = max(size for size in range(5) if cheapest(size) <= left)
    return cheapest(reached + 1) - left


def harmless(v):
    lines = read(v, *(f"n{n}" for n in range(1, 7)))
    return 100 * sum(lines[4:]) / sum(lines)


SOLVED = {
    "06": (on_the_path, 0.05, ("base", "goal")),
    "07": (lambda v: (number(v["goal"]) - number(v["actual"])) / 3, 0.05, ("done",)),
    "09": (files_short, 0.6, ("short",)),
    "11": (with_arrears, 0, ("pace",)),
    "13": (idle, 0, ()),
    "18": (after_an_even_cut, 0.1, ("share", "left")),
    "19": (to_save_one_more, 0, ("needed",)),
    "21": (harmless, 0.06, ("idle",)),
    "26": (merged_base, 0.05, ("mean", "naive", "half")),
    "29": (countryside, 0.05, ("mirror", "goal")),
    "32": (security, 0.05, ("building", "others", "added")),
    "36": (goal_left, 0.05, ("way", "of_goal", "no_fixed")),
    "38": (hard_places, 0, ("forgot", "by_mean", "hard_only")),
    "39": (effect, 0.05, ("before", "between")),
}
VARIED = {name: read_item(ITEMS / f"ql3-{name}.md") for name in [*SOLVED, *POOLS]}


def drawn(name):
    return variants(VARIED[name])


@pytest.mark.proof(one_in=4)
@pytest.mark.parametrize("name", SOLVED)
def test_the_key_of_a_thousand_variants_is_found_again_from_what_is_shown(name):
    solve, *_ = SOLVED[name]
    for values in drawn(name):
        assert math.isclose(float(values["answer"]), solve(values), abs_tol=2e-3), values


@pytest.mark.proof(one_in=4)
@pytest.mark.parametrize("name", SOLVED)
def test_no_constant_named_mistake_or_rule_of_thumb_is_right_in_more_than_a_tenth(name):
    _, tolerance, traps = SOLVED[name]
    hits = easy_ways(VARIED[name], drawn(name), tolerance, traps)
    assert {way: n for way, n in hits.items() if n > MOST} == {}


@pytest.mark.parametrize("name", SOLVED)
def test_the_item_accepts_no_more_than_the_tolerance_tried_here(name):
    [tolerance] = draw(VARIED[name], "ql3").key.tolerances
    assert float(tolerance) <= SOLVED[name][1]


def test_shares_stay_between_nothing_and_all():
    for name in ("26", "29", "36"):
        assert all(0 < float(values["answer"]) < 100 for values in drawn(name))
    for values in drawn("39"):
        assert all(0 < n < 100 for n in read(values, "p1", "p2", "c1", "c2"))


def test_item_38_leaves_some_hard_places_undone():
    for values in drawn("38"):
        assert 0 < float(values["answer"]) < number(values["m"]) - number(values["pm"])


@pytest.mark.parametrize("name", POOLS)
def test_five_entries_out_of_a_pool_differ_and_no_place_gives_its_category_away(name):
    found = drawn(name)
    for place in range(1, 6):
        counts = Counter(values[f"c{place}"] for values in found)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    for values in found:
        assert len({values[f"e{place}"] for place in range(1, 6)}) == 5
        assert len({values[f"c{place}"] for place in range(1, 6)}) >= 3
