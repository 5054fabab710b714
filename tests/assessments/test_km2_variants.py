"""KM2 items with variants: a thousand of each, solved again from what the candidate reads."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, permutations
from pathlib import Path

import pytest
from generators import DRAWS, MOST, best_constant, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item

ITEMS = Path(assessments.__file__).parent / "items" / "km2"
VARIED = {path.stem[-2:]: read_item(path.with_suffix(".md")) for path in ITEMS.glob("*.py")}


def read(values, *names):
    return [number(values[name]) for name in names]


def fixed_and_used(v):
    fixed, variable, *uses = read(v, "fixed", "variable", *"abcd")
    return (fixed + variable * 4 * uses[1] / sum(uses)) / 4


def middle_share(v):
    needs = dict(zip("UVT", read(v, "c1", "c2", "c3"), strict=True))
    added = []
    for order in permutations("UVT"):
        before = [needs[one] for one in order[: order.index("V")]]
        added.append(max(needs["V"], *before, 0) - max(before, default=0))
    return sum(added) / len(added)


def alone(v):
    price, rate, hours, wage = read(v, "price", "rate", "hours", "wage")
    total = price * 1000
    for month in range(1, 61):
        total += hours * wage + (price * 1000 * rate / 100 if month in (24, 36, 48, 60) else 0)
    return total / 1000


def most_files(v):
    hours, percent, minutes = read(v, "hours", "percent", "minutes")
    return max(n for n in range(20000) if n * minutes * 100 <= hours * 720 * percent)


def last_day(v):
    *asks, mend, ahead, check, sign, end = read(v, *"abc", "mend", "ahead", "check", "sign", "end")
    day = 0
    while day + max(asks) + mend + ahead + 1 + check + sign < end:
        day += 1
    return day


def added_on_average(v):
    costs = dict(zip(("H", "K", "L", "HK", "HL", "KL", "HKL"), read(v, *COSTS), strict=True))
    added = 0.0
    for order in permutations("HKL"):
        before = order[: order.index("K")]
        added += costs["".join(sorted((*before, "K")))] - costs.get("".join(sorted(before)), 0)
    return added / 6


def most_taken_over(v):
    p, q, r, pq, pr, qr, whole, paid = read(v, *"pqr", "pq", "pr", "qr", "whole", "paid")

    def nobody_leaves(mine):
        rest = whole - paid - mine
        alone = mine <= p and rest <= q and paid <= r
        return alone and mine + rest <= pq and mine + paid <= pr and rest + paid <= qr

    return max(mine for mine in range(100) if nobody_leaves(mine))


def interfaces(v):
    x, y, z, xy, xz, yz, whole, each = read(v, *"xyz", "xy", "xz", "yz", "whole", "each")
    # The most that can be shared out when X pays a: Y and Z pay what they bear beside it.
    shares = (half / 2 for half in range(int(2 * x) + 1))
    most = max(a + min(yz, min(y, xy - a) + min(z, xz - a)) for a in shares)
    return max(n for n in range(100) if whole + n * each <= most + 1e-9)


COSTS = ("h", "k", "l", "hk", "hl", "kl", "hkl")
SOLVED = {
    "02": (added_on_average, 0.005, ("equal", "by_cost", "last", "two")),
    "03": (most_taken_over, 0, ("own", "extra", "half", "pair")),
    "08": (interfaces, 0, ("by_alone", "by_pair", "up")),
    "16": (fixed_and_used, 0.05, ("equal", "by_use", "each", "used")),
    "17": (middle_share, 0.005, ("equal", "pro_rata", "step")),
    "20": (alone, 0, ("no_typing", "five", "price")),
    "21": (most_files, 0, ("month", "whole")),
    "22": (last_day, 0, ("summed", "fast")),
}
TABLES = ("18", "23")
CHOICES = ("19", "26", "28", "31")
POOLS = {"24": 3, "27": 3, "30": 3}
PAIRED = ("25", "32")


def test_nineteen_items_have_variants():
    assert set(VARIED) == {*SOLVED, *TABLES, *CHOICES, *POOLS, *PAIRED}


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
    [tolerance] = draw(VARIED[name], "km2").key.tolerances
    assert float(tolerance) <= SOLVED[name][1]


def test_item_18_bounds_the_shares_that_leave_neither_party_worse_off():
    cells = []
    for v in variants(VARIED["18"]):
        joint, ag, pg, ah, ph = read(v, "joint", "ag", "pg", "ah", "ph")
        # Whole shares of G under which neither party pays more than it would alone.
        fair = [g for g in range(int(joint) + 1) if g + pg <= ag and joint - g + ph <= ah]
        assert (min(fair), max(fair)) == tuple(read(v, "lg", "mg"))
        assert (joint - max(fair), joint - min(fair)) == tuple(read(v, "lh", "mh"))
        cells.append(read(v, "mg", "lg", "mh", "lh"))
    assert all(best_constant(column, 0) <= MOST for column in zip(*cells, strict=True))


def test_item_19_names_exactly_the_groups_that_pay_more_than_they_cost():
    groups = [*((n,) for n in range(3)), *combinations(range(3), 2)]
    counts = Counter()
    for v in variants(VARIED["19"]):
        pays, costs = read(v, "p1", "p2", "p3"), read(v, *(f"c{n}" for n in range(1, 8)))
        assert sum(pays) == costs[6]
        leaves = [sum(pays[n] for n in group) > costs[n] for n, group in enumerate(groups)]
        assert [v[f"k{n}"] for n in range(1, 7)] == [str(gains).lower() for gains in leaves]
        counts[tuple(leaves)] += 1
    assert counts.most_common(1)[0][1] < DRAWS / 4


def test_item_23_counts_what_is_kept_of_what_has_fallen_due():
    wholes = []
    for v in variants(VARIED["23"]):
        rows = [read(v, f"n{n}", f"z{n}", f"x{n}", f"y{n}") for n in range(1, 5)]
        assert [sum(column) for column in zip(*rows[:3], strict=True)] == rows[3]
        shares = [float(v[f"r{n}"]) for n in range(1, 5)]
        for (signed, waiting, kept, late), share in zip(rows, shares, strict=True):
            assert kept + late <= signed - waiting
            assert math.isclose(share * (signed - waiting) / 100, kept, abs_tol=1e-3)
        wholes.append(shares[3])
    assert best_constant(wholes, 0.05) <= MOST


@pytest.mark.parametrize("name", CHOICES)
def test_the_number_of_right_options_varies_and_no_place_gives_them_away(name):
    numbers, places = Counter(), Counter()
    for v in variants(VARIED[name]):
        right = [place for place in range(1, 7) if v[f"k{place}"] == "true"]
        numbers[len(right)] += 1
        places.update(right)
    assert set(numbers) in ({2, 3}, {2, 3, 4})
    assert max(numbers.values()) < DRAWS * 0.8
    assert max(places.values()) < DRAWS * 0.8


def test_item_26_names_the_interests_whose_sentence_stands_in_the_letter():
    for v in variants(VARIED["26"]):
        told = [v[f"f{n}"].startswith("Có căn cứ") for n in range(1, 7)]
        assert told == [v[f"k{n}"] == "true" for n in range(1, 7)]
        quoted = [v[f"f{n}"].split("“")[1].rstrip("”") for n in range(1, 7) if told[n - 1]]
        assert all(sentence in v["letter"] for sentence in quoted)
        assert v["letter"].count(". ") == len(quoted) - 1


def test_item_28_takes_what_names_somebody_a_quantity_and_a_day():
    for v in variants(VARIED["28"]):
        for n in range(1, 7):
            text = v[f"t{n}"]
            day = "/2026" in text
            quantity = any(letter.isdigit() for letter in text.split(" trước ngày ")[0])
            somebody = not text.startswith("Các đơn vị")
            assert (v[f"k{n}"] == "true") == (day and quantity and somebody)
            assert day + quantity + somebody >= 2


def test_item_31_shows_each_point_of_the_draft_in_the_minutes():
    for v in variants(VARIED["31"]):
        minutes = {v[f"n{n}"].rstrip(".") for n in range(1, 7)}
        draft = {v[f"t{n}"] for n in range(1, 7) if v[f"k{n}"] == "true"}
        assert len(minutes) == 6
        assert not minutes & draft


@pytest.mark.parametrize("name", POOLS)
def test_five_entries_out_of_a_pool_differ_and_no_place_gives_its_category_away(name):
    drawn = variants(VARIED[name])
    for place in range(1, 6):
        counts = Counter(values[f"k{place}"] for values in drawn)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    for values in drawn:
        assert len({values[f"t{place}"] for place in range(1, 6)}) == 5
        assert len({values[f"k{place}"] for place in range(1, 6)}) >= POOLS[name]


@pytest.mark.parametrize("name", PAIRED)
def test_four_pairs_differ_and_the_odd_one_belongs_to_none(name):
    partners = {}
    for values in variants(VARIED[name]):
        pairs = {values[f"l{n}"]: values[f"r{n}"] for n in range(1, 5)}
        assert len(pairs) == len(set(pairs.values())) == 4
        assert values["d"] not in pairs.values()
        assert all(partners.setdefault(left, right) == right for left, right in pairs.items())
    assert len(partners) == 8


@pytest.mark.parametrize("name", VARIED)
def test_a_generator_leaves_no_place_open_and_repeats_itself_for_a_seed(name):
    one, other = (draw(VARIED[name], "2026").question.model_dump_json() for _ in range(2))
    assert one == other
    assert "{{" not in one
