"""QL4 items with variants: a thousand of each, solved again from what the candidate reads."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, product

import pytest
from generators import DRAWS, MOST, easy_ways, number, variants
from ql4_content import item

from assessments.bank.item import draw

POOLS = ("27", "32", "34")


def read(values, *names):
    return [number(values[name]) for name in names]


def discounted(flows, percent):
    """Value today of flows at the ends of years, moved back year by year from the last."""
    value = 0.0
    for flow in reversed(flows):
        value = (value + flow) / (1 + percent / 100)
    return value


def rent(v):
    setup, price, first, more, percent = read(v, "setup", "price", "first", "more", "rate")
    fees = [price * (first + more * year) / 1000 for year in range(4)]
    return setup + discounted(fees, percent)


def even_cost(v):
    ca, ra, cb, rb, percent = read(v, "ca", "ra", "cb", "rb", "rate")
    r = percent / 100
    # An annuity repays a capital; its payment follows from the closed form of its value.
    paid = [c * r / (1 - (1 + r) ** -years) for c, years in ((ca, 4), (cb, 6))]
    return paid[1] + rb - paid[0] - ra


def versions(v):
    cap, best = number(v["cap"]), 0.0
    for chosen in product((None, "1", "2"), repeat=3):
        taken = [f"{letter}{n}" for letter, n in zip("deg", chosen, strict=True) if n]
        if sum(read(v, *(f"c{t}" for t in taken))) <= cap:
            best = max(best, sum(read(v, *(f"v{t}" for t in taken))))
    return best


def narrowed(v):
    def best(s):
        room = number(v["cap"]) - number(v[f"c{s}"])
        sets = (taken for n in range(5) for taken in combinations("hkln", n))
        fit = (taken for taken in sets if sum(read(v, *(f"c{t}" for t in taken))) <= room)
        return number(v[f"v{s}"]) + max(sum(read(v, *(f"v{t}" for t in taken))) for taken in fit)

    return best("2") - best("1")


def a_year_late(v):
    capital, b1, b2, b3, b4, percent = read(v, "capital", "b1", "b2", "b3", "b4", "rate")
    return discounted([0, b1, b2, b3, b4], percent) - capital


def from_today(v):
    cf, bf, cc, bc, cs = read(v, "cf", "bf", "cc", "bc", "cs")
    return max(bc - cc, -cs, bf - cf) - (bf - cf)


def net_of_running(v):
    capital, running, *gross = read(v, "capital", "running", "g1", "g2", "g3", "g4")
    return discounted([benefit - running for benefit in gross], number(v["rate"])) - capital


def two_years_later(v):
    worth, upkeep, percent = read(v, "worth", "upkeep", "rate")
    return worth - discounted([0, worth], percent) + discounted([upkeep, upkeep], percent)


def rent_less_own(v):
    capital, running, fee, way_out, percent = read(
        v, "capital", "running", "fee", "way_out", "rate"
    )
    extra = [fee - running] * 4 + [fee - running + way_out]
    return discounted(extra, percent) - capital


def best_of_five(v):
    sets = (taken for n in range(6) for taken in combinations("ghklm", n))
    cap = number(v["cap"])
    fit = (taken for taken in sets if sum(read(v, *(f"c_{c}" for c in taken))) <= cap)
    return max(sum(read(v, *(f"v_{c}" for c in taken))) for taken in fit)


def phased(v):
    q, s, percent = read(v, "q", "s", "rate")
    return (q - s) - discounted([q - s], percent)


def least_share(v):
    capital, benefit, running, percent = read(v, "capital", "benefit", "running", "rate")
    low, high = 0.0, 200.0
    for _ in range(60):
        middle = (low + high) / 2
        short = discounted([benefit * middle / 100 - running] * 5, percent) < capital
        low, high = (middle, high) if short else (low, middle)
    return low


def trial(v):
    chance, gain, loss, price, percent = read(v, "chance", "gain", "loss", "trial", "rate")
    good = chance / 100
    return discounted([good * gain], percent) - price - good * gain + (1 - good) * loss


def forced(v):
    best = {False: 0.0, True: 0.0}
    for taken in (taken for n in range(6) for taken in combinations("mnpqr", n)):
        if sum(read(v, *(f"c_{c}" for c in taken))) <= number(v["cap"]):
            with_q = "q" in taken
            best[with_q] = max(best[with_q], sum(read(v, *(f"v_{c}" for c in taken))))
    return max(best.values()) - best[True]


SOLVED = {
    "02": (forced, 0.05, ("capital", "dropped", "ranked")),
    "01": (net_of_running, 0.03, ("forgotten", "plain", "with_sunk")),
    "03": (two_years_later, 0.05, ("lost", "plain")),
    "11": (rent_less_own, 0.05, ("stay", "plain")),
    "12": (best_of_five, 0.05, ("trap",)),
    "16": (phased, 0.01, ("dropped", "half")),
    "20": (least_share, 0.3, ("net_trap", "gross_trap")),
    "21": (trial, 0.05, ("free_trial", "no_wait", "no_stop")),
    "24": (
        lambda v: number(v["plan"]) - number(v["done"]) - number(v["sure"]),
        0.05,
        ("by_money", "hopeful", "all"),
    ),
    "25": (rent, 0.02, ("flat", "plain", "no_setup")),
    "28": (even_cost, 0.01, ("total", "plain", "no_running")),
    "29": (versions, 0.05, ("ratio", "largest")),
    "33": (narrowed, 0.05, ("capital", "before", "npv")),
    "37": (a_year_late, 0.03, ("all", "dropped", "on_time")),
    "41": (from_today, 0.05, ("other", "best", "with_sunk")),
}
VARIED = {name: item(name) for name in [*SOLVED, *POOLS]}


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
    [tolerance] = draw(VARIED[name], "ql4").key.tolerances
    assert float(tolerance) <= SOLVED[name][1]


def test_signs_are_not_told_by_the_question():
    for name in ("28", "37"):
        signs = [float(values["answer"]) > 0 for values in drawn(name)]
        assert DRAWS / 5 < sum(signs) < 4 * DRAWS / 5


@pytest.mark.parametrize("name", POOLS)
def test_five_entries_out_of_a_pool_differ_and_no_place_gives_its_category_away(name):
    found = drawn(name)
    for place in range(1, 6):
        counts = Counter(values[f"c{place}"] for values in found)
        assert counts.most_common(1)[0][1] < DRAWS / 2
    for values in found:
        assert len({values[f"e{place}"] for place in range(1, 6)}) == 5
        assert len({values[f"c{place}"] for place in range(1, 6)}) >= 3
