"""Variants of KM3-34: the online service index that an EGDI asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw indices in thousandths; the index asked for stays between the present and 1."""
    while True:
        osi, tii, hci = (rng.randint(500, 800) for _ in range(3))
        goal = round((osi + tii + hci) / 3) + rng.randint(12, 70)
        needed = 3 * goal - tii - hci
        if osi < needed < 1000:  # noqa: PLR2004 - an index is at most 1
            break
    named = {"osi": osi, "tii": tii, "hci": hci, "goal": goal, "sum": 3 * goal, "shown": needed}
    return {name: vietnamese(value / 1000, 3) for name, value in named.items()} | {
        "now": vietnamese((osi + tii + hci) / 3000, 3),
        "gap": vietnamese(goal / 1000 - (osi + tii + hci) / 3000, 3),
        "answer": f"{needed / 1000:.3f}",
    }
