"""Variants of QL2-08: four offers and a budget in which the cheapest hours first is not best."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.availability import Plan, Stage, Upgrade, best_plan, cost_per_hour, upgraded

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_LETTERS = "ĐNMP"
_CLEAR = 5.0  # hours between the best plan and any other, well above the tolerance


def variant(rng: random.Random) -> dict[str, str]:
    """Draw stages, offers and a cap until one plan is clearly best; the answer is hours a year."""
    while True:
        chain = [Stage(letter, rng.randint(978, 992) / 1000) for letter in _LETTERS]
        offers = [
            Upgrade(s.name, rng.randrange(120, 420, 10), Stage(s.name, _better(rng))) for s in chain
        ]
        cap = rng.randrange(400, 700, 20)
        best, habit = best_plan(chain, offers, cap), _cheapest_hours_first(chain, offers, cap)
        rivals = [plan.downtime for plan in _affordable(chain, offers, cap) if plan != best]
        clear = habit != best and min(rivals) >= best.downtime + _CLEAR
        if clear and len(best.taken) > 1:
            return _values(chain, offers, cap, best, habit)


def _better(rng: random.Random) -> float:
    return rng.choice([99.4, 99.6, 99.7, 99.8, 99.9]) / 100


def _cheapest_hours_first(chain: Sequence[Stage], offers: Sequence[Upgrade], cap: int) -> Plan:
    taken: list[Upgrade] = []
    for offer in sorted(offers, key=lambda o: cost_per_hour(chain, upgraded(chain, [o])) or 0):
        if sum(upgrade.cost for upgrade in taken) + offer.cost <= cap:
            taken.append(offer)
    return upgraded(chain, taken)


def _affordable(chain: Sequence[Stage], offers: Sequence[Upgrade], cap: int) -> list[Plan]:
    sets = (taken for n in range(len(offers) + 1) for taken in combinations(offers, n))
    plans = [upgraded(chain, taken) for taken in sets]
    return [plan for plan in plans if plan.cost <= cap]


def _values(
    chain: Sequence[Stage], offers: Sequence[Upgrade], cap: int, best: Plan, habit: Plan
) -> dict[str, str]:
    values = {"cap": str(cap), "best": " + ".join(offer.name for offer in best.taken)}
    for number, (stage, offer) in enumerate(zip(chain, offers, strict=True), start=1):
        values |= {f"a{number}": vietnamese(100 * stage.unit, 1), f"c{number}": str(offer.cost)}
        values[f"n{number}"] = vietnamese(100 * offer.stage.unit, 1)
    return values | {
        "answer": exact(best.downtime),
        "shown": vietnamese(best.downtime, 1),
        "trap": vietnamese(habit.downtime, 1),
    }
