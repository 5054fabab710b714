"""The default policy against known true scores: who passes wrongly, who fails wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from grading.certification.decision import AreaScore, Evidence, Prior, Status, decide
from grading.certification.policy import policy_on

if TYPE_CHECKING:
    from collections import Counter

    from numpy.random import Generator

    from grading.certification.policy import Policy
    from grading.statistics.arrays import Array

PEOPLE = 50
_ITEMS, _KT1 = 72, 12  # 0/1 tasks an area; of those of KT, the ones on information security
_CAPSTONE_ERROR = 0.05
_FIRST = date(2026, 3, 2)
_HARD = np.linspace(-1.5, 1.5, _ITEMS) - 0.2


@dataclass(frozen=True)
class Person:
    """True shares by area and on KT1, and abilities to draw new answers from."""

    able: Array
    shares: dict[str, float]
    kt1: float
    qualified: bool


def simulate(chance: Generator, errors: Counter[str]) -> None:
    """One sitting of 50 people with up to three attempts, counted by outcome and truth."""
    policy = policy_on(_FIRST, "cio")
    for _ in range(PEOPLE):
        person = _person(chance, policy)
        first, last = _attempts(chance, person, policy)
        kind = "đủ" if person.qualified else "chưa đủ"
        errors[f"{kind}|người"] += 1
        errors[f"{kind}|lần đầu|{first}"] += 1
        errors[f"{kind}|sau thi lại|{last}"] += 1


def _person(chance: Generator, policy: Policy) -> Person:
    """Areas correlate .7; the mean person is half an SD above the usual difficulty."""
    spread = np.full((4, 4), 0.7) + 0.3 * np.eye(4)
    able = chance.multivariate_normal(np.full(4, 0.9), spread)
    areas = [area.code for area in policy.areas if area.code != "CAP"]
    shares = {code: float(expit(able[place] - _HARD).mean()) for place, code in enumerate(areas)}
    shares["CAP"] = float(expit(able[3] - 0.1))
    kt1 = float(expit(able[areas.index("KT")] - _HARD[::6]).mean())
    qualified = all(shares[area.code] >= policy.cut(area) for area in policy.areas)
    floor = policy.critical[0].floor_share
    return Person(able, shares, kt1, qualified and kt1 >= floor)


def _attempts(chance: Generator, person: Person, policy: Policy) -> tuple[Status, Status]:
    """Status after the first attempt, and after all that the policy allows.

    A REVIEW stays one: what the board then finds is not simulated.
    """
    day, priors = _FIRST, dict[str, Prior]()
    kt1: Decimal | None = None
    first = last = Status.FAIL
    for attempt in range(1, policy.max_attempts + 1):
        scores, again = _sit(chance, person, policy, priors)
        kt1 = again if again is not None else kt1
        known = {} if kt1 is None else {"KT1": kt1}
        decision = decide(Evidence("x", attempt, scores, known, dict(priors)), policy, day)
        first, last = (decision.status if attempt == 1 else first), decision.status
        if decision.status is not Status.FAIL or decision.resit_from is None:
            break
        passed = [area for area in decision.areas if area.outcome == "passed"]
        floored = any(reason.code == "CRITICAL_FLOOR" for reason in decision.reasons)
        kept = [area for area in passed if not (floored and area.code == policy.critical[0].area)]
        priors |= {area.code: Prior(day, area.share or Decimal(0)) for area in kept}
        day = max(decision.resit_from, day + timedelta(days=policy.resit_wait_days))
    return first, last


def _sit(
    chance: Generator, person: Person, policy: Policy, priors: dict[str, Prior]
) -> tuple[dict[str, AreaScore], Decimal | None]:
    scores, kt1 = {}, None
    areas = [area.code for area in policy.areas if area.code != "CAP"]
    for place, code in enumerate(areas):
        if code in priors:
            continue
        right = chance.random(_ITEMS) < expit(person.able[place] - _HARD)
        scores[code] = AreaScore("marked", Decimal(int(right.sum())), Decimal(_ITEMS))
        if code == "KT":
            kt1 = Decimal(int(right[::6].sum())) / _KT1
    if "CAP" not in priors:
        share = float(np.clip(person.shares["CAP"] + chance.normal(0, _CAPSTONE_ERROR), 0, 1))
        scores["CAP"] = AreaScore("marked", Decimal(round(share * 1000)), Decimal(1000))
    return scores, kt1
