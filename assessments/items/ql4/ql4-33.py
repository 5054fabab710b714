"""Variants of QL4-33: what narrowing an obligation saves of its opportunity cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import Project, best_plan

if TYPE_CHECKING:
    import random

_OTHERS = "HKLN"
_CLEAR = 0.3  # tỷ đồng, far above the tolerance


def variant(rng: random.Random) -> dict[str, str]:
    """Draw capitals and NPVs in tỷ đồng; the answer is the difference of two best portfolios."""
    while True:
        others = [_project(c, rng.randint(14, 32), rng.randint(34, 105)) for c in _OTHERS]
        c2, v2 = rng.randint(8, 15), rng.randint(4, 14)
        c1, v1 = c2 + rng.randint(4, 12), v2 + rng.randint(1, 6)
        whole, core = _project("S1", c1, v1), _project("S2", c2, v2)
        cap = rng.randint(50, 74)
        free = best_plan(others, [cap], 0).npv
        with_full = best_plan([*others, whole], [cap], 0, frozenset({"S1"})).npv
        with_core = best_plan([*others, core], [cap], 0, frozenset({"S2"})).npv
        saved, before = with_core - with_full, free - with_full
        wrong = [before, c1 - c2, (v1 - v2) / 10]
        # Free choice leaves S out in either version: whoever may choose loses by it.
        if free > with_core and min(saved, *(abs(saved - x) for x in wrong)) >= _CLEAR:
            break
    values = {"cap": str(cap), "c1": str(c1), "c2": str(c2)}
    values |= {"v1": vietnamese(v1 / 10, 1), "v2": vietnamese(v2 / 10, 1)}
    for project in others:
        worth = project.inflows[0] - project.capital
        values[f"c{project.code.lower()}"] = f"{project.capital:.0f}"
        values[f"v{project.code.lower()}"] = vietnamese(worth, 1)
    return values | {
        "free": vietnamese(free, 1),
        "with_full": vietnamese(with_full, 1),
        "with_core": vietnamese(with_core, 1),
        "after": vietnamese(free - with_core, 1),
        "answer": exact(saved),
        "shown": vietnamese(saved, 1),
        "capital": str(c1 - c2),
        "before": vietnamese(before, 1),
        "npv": vietnamese((v1 - v2) / 10, 1),
    }


def _project(code: str, capital: int, tenths: int) -> Project:
    """At rate 0 one inflow of capital and value together is worth the value."""
    return Project(code, code, capital, (capital + tenths / 10,))
