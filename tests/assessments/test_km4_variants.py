"""KM4 items with variants: a thousand of each, solved again from what the candidate reads."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from generators import DRAWS, MOST, best_constant, easy_ways, number, variants

import assessments
from assessments.bank.item import draw, read_item
from courses.models.reconciliation import Line, findings

ITEMS = Path(assessments.__file__).parent / "items" / "km4"
VARIED = {path.stem[-2:]: read_item(path.with_suffix(".md")) for path in ITEMS.glob("*.py")}
POOLS = ("06", "22")


def read(values, *names):
    return [number(values[name]) for name in names]


def money_out(value, rate, full, volume):
    """Paid per cent by per cent: work comes in, a share of the advance is kept back."""
    advance = left = value * rate / 100
    out = advance
    steps = round(volume * 10)
    for _ in range(steps):
        kept = min(left, advance / full / 10)
        left, out = left - kept, out + value / 1000 - kept
    return out, left


def disbursed_share(v):
    value, rate, full, volume = read(v, "value", "rate", "full", "volume")
    return 100 * money_out(value, rate, full, volume)[0] / value


def volume_behind(v):
    rate, full, out = read(v, "rate", "full", "out")
    low, high = 0.0, full
    for _ in range(60):
        middle = (low + high) / 2
        known = middle + rate - rate * middle / full
        low, high = (middle, high) if known < out else (low, middle)
    return low


def owed(v):
    accepted, paid, advance = read(v, "accepted", "paid", "advance")
    return accepted + advance - paid


def stage(v):
    value, rate, full, before, after = read(v, "value", "rate", "full", "before", "after")
    earlier, later = (money_out(value, rate, full, volume)[0] for volume in (before, after))
    return later - earlier


def guarantee(v):
    return money_out(*read(v, "value", "rate", "full", "volume"))[1]


def lapsed(v):
    plan, *used = read(v, "plan", "out", "payable", "carried")
    return plan - sum(used)


def needed_volume(v):
    value, rate, full, plan, target = read(v, "value", "rate", "full", "plan", "target")
    low, high = 0.0, full
    for _ in range(60):
        middle = (low + high) / 2
        out = value / 100 * (middle + rate - rate * middle / full)
        low, high = (middle, high) if out < plan * target / 100 else (low, middle)
    return low


def five_years(v):
    buy, licence, upkeep, leave, warranty = read(v, "buy", "licence", "upkeep", "leave", "warranty")
    return buy + leave + sum(licence + (upkeep if year > warranty else 0) for year in range(1, 6))


def rent_less_own(v):
    years, buy, running, fee, leave = read(v, "years", "buy", "running", "fee", "leave")
    return leave - buy + years * (fee - running)


def next_year_more(v):
    old, new, months = read(v, "old", "new", "months")
    return new * (12 - months) / 12 - old


def book_value(v):
    value, life, used = read(v, "value", "life", "used")
    return value * (life - used) / life


def overpaid(v):
    return sum(max(0, number(v[f"p{n}"]) - number(v[f"a{n}"])) for n in range(1, 6))


def still_to_pay(v):
    contract, accepted, late, percent, paid = read(
        v, "contract", "accepted", "late", "percent", "paid"
    )
    return min(contract, accepted) - paid - late * percent / 100


def saved_share(v):
    plan, paid, saved = read(v, "plan", "paid", "saved")
    return saved / (plan - paid) * 100


SOLVED = {
    "01": (disbursed_share, 0.05, ("added", "plain")),
    "02": (volume_behind, 0.05, ("subtracted", "out")),
    "04": (owed, 0, ("by_money", "by_contract")),
    "10": (stage, 0.5, ("whole", "plain")),
    "11": (guarantee, 0.5, ("whole", "plain")),
    "12": (lapsed, 0, ("no_payable", "no_carried", "twice")),
    "13": (needed_volume, 0.05, ("no_keep", "no_advance")),
    "18": (five_years, 0, ("all_years", "no_leave")),
    "19": (rent_less_own, 0, ("no_leave", "no_running")),
    "20": (next_year_more, 0, ("no_old", "full")),
    "21": (book_value, 0.5, ("worn", "one")),
    "27": (overpaid, 0, ("net", "most")),
    "28": (still_to_pay, 0.5, ("beyond", "no_fine", "whole_fine")),
    "35": (saved_share, 0.05, ("of_plan", "other")),
}


def test_nineteen_items_have_variants():
    assert set(VARIED) == {*SOLVED, *POOLS, "03", "32", "34"}


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
    tolerances = draw(VARIED[name], "km4").key.tolerances
    [tolerance] = tolerances
    assert float(tolerance) <= SOLVED[name][1]


def test_item_03_leaves_no_advance_at_the_third_volume_and_money_equals_work_there():
    firsts = []
    for values in variants(VARIED["03"]):
        value, rate = read(values, "value", "rate")
        for place in (1, 2, 3):
            out, left = money_out(value, rate, 80, number(values[f"v{place}"]))
            assert math.isclose(float(values[f"l{place}"]), left, abs_tol=0.01)
            assert math.isclose(float(values[f"d{place}"]), out, abs_tol=0.01)
        assert float(values["l3"]) == 0
        firsts.append(float(values["d1"]))
    assert best_constant(firsts, 0.5) <= MOST


def test_item_34_splits_the_difference_into_parts_that_add_up():
    totals = []
    for values in variants(VARIED["34"]):
        q0, q1, p0, p1 = read(values, "q0", "q1", "p0", "p1")
        price, volume, total = (float(values[x]) for x in ("price", "volume", "total"))
        assert (price, volume) == ((p1 - p0) * q1, (q1 - q0) * p0)
        assert total == price + volume == q1 * p1 - q0 * p0
        totals.append(total)
    assert best_constant(totals, 0) <= MOST


def test_item_32_every_line_has_the_one_fault_it_is_sorted_by():
    for values in variants(VARIED["32"]):
        for place in range(1, 6):
            name, _, amounts = values[f"e{place}"].partition(": ")
            line = Line(name, *map(number, amounts.split("; ")), "dịch vụ")
            sort = values[f"c{place}"].lower()
            expected = [] if sort == "không có sai lệch" else [sort]
            assert [found.rule for found in findings([line])] == expected


@pytest.mark.parametrize("name", [*POOLS, "32"])
def test_no_place_gives_its_category_away(name):
    drawn = variants(VARIED[name])
    for place in range(1, 6):
        counts = Counter(values[f"c{place}"] for values in drawn)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    assert all(len({v[f"e{place}"] for place in range(1, 6)}) == 5 for v in drawn)


@pytest.mark.parametrize("name", VARIED)
def test_a_generator_leaves_no_place_open_and_repeats_itself_for_a_seed(name):
    one, other = (draw(VARIED[name], "2026").question.model_dump_json() for _ in range(2))
    assert one == other
    assert "{{" not in one
