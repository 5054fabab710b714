"""Auditing a prepared plan as an exercise: part of the plan, and rows of which some are wrong.

Each part takes faults of the same classes in every variant, so that variants are alike in what
they ask; the family and the seed give everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.plans.checks import check_plan
from courses.plans.drafts import clean_plan
from courses.plans.families import the_families
from courses.plans.faults import plant
from courses.plans.sheet import PARTS, rows

if TYPE_CHECKING:
    import random

    from courses.plans.plan import FiveYearPlan, Section

MOST = 9
"""Rows that a candidate judges at most."""

# Of each group one class is planted: groups that repeat a class plant it on two rows.
CLASSES = {
    "content": (("SUM_CONTENT",), ("SUM_CONTENT",), ("SUM_CONTENT", "SUM_WHOLE")),
    "source": (("SUM_SOURCE", "SECURITY"), ("CEILING", "SUM_WHOLE")),
    "year": (("SUM_YEAR",), ("SUM_YEAR",), ("SUM_YEAR", "SUM_WHOLE")),
    "project": (("COST",), ("COST",)),
    "base": (("BASE",), ("BASE",), ("BASE",)),
    "trace": (("TRACE",), ("TRACE",), ("MEASURED",)),
    "period": (("LATE",), ("LATE", "OUTSIDE")),
    "idle": (("IDLE_CONTENT",), ("IDLE_PROJECT",)),
    "path": (("PATH",), ("PATH",), ("PATH",)),
    "benefit": (("BENEFIT",), ("BENEFIT",), ("BENEFIT",)),
    "law": (("BASIS",), ("BASIS",), ("BASIS",)),
    "reuse": (("REUSE",), ("REUSE",), ("REUSE",)),
    "level": (("FIELDS",), ("LEVEL",), ("LEVEL", "FIELDS")),
}


@dataclass(frozen=True)
class Row:
    """One row to judge: how it is called, whether it is wrong and why."""

    section: Section
    code: str
    label: str
    wrong: bool
    told: str


@dataclass(frozen=True)
class Audit:
    """A prepared plan, the part of it that is shown, and the rows to judge in their order."""

    plan: FiveYearPlan
    shown: str
    rows: tuple[Row, ...]


def audit(part: str, family: str, rng: random.Random) -> Audit:
    """A prepared plan of ``family`` with faults in ``part``; ``rng`` decides all figures."""
    kinds = [rng.choice(group) for group in CLASSES[part]]
    plan, _ = plant(clean_plan(the_families()[family], rng), kinds, rng)
    names = rows(plan, part)
    faults = {(one.section, one.row): one.text for one in check_plan(plan)}
    found = {place: text for place, text in faults.items() if place in names}
    sound = [place for place in names if place not in found]
    kept = {*found, *rng.sample(sound, min(len(sound), MOST - len(found)))}
    judged = tuple(
        Row(*place, label, place in found, found.get(place, "dòng này đúng"))
        for place, label in names.items()
        if place in kept
    )
    return Audit(plan, PARTS[part](plan), judged)


def values(part: str, family: str, rng: random.Random) -> dict[str, str]:
    """The audit as the values of an item with an option a row."""
    made = audit(part, family, rng)
    filled = {"don_vi": made.plan.frame.unit, "ke_hoach": made.shown}
    for number, row in enumerate(made.rows, start=1):
        filled[f"dong{number}"] = row.label
        filled[f"sai{number}"] = str(row.wrong).lower()
        filled[f"noi{number}"] = f"{row.told[0].upper()}{row.told[1:]}."
    return filled
