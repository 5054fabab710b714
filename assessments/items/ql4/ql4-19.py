"""Variants of QL4-19: NPV at three shares of the planned benefit, running cost unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw present values in tỷ đồng; the answers are benefits and NPV at 100, 90, 80 %."""
    capital, running = rng.choice([20, 22, 24, 26, 28]), rng.choice([6.0, 7.0, 7.5, 9.0])
    benefit = capital + running + rng.choice([2.4, 3.2, 4.0])
    values = {
        "capital": str(capital),
        "running": vietnamese(running, 1),
        "benefit": vietnamese(benefit, 1),
        "net_trap": vietnamese(0.8 * (benefit - running) - capital),
    }
    for percent in (100, 90, 80):
        realised = benefit * percent / 100
        values[f"b{percent}"] = f"{realised:.2f}"
        values[f"n{percent}"] = f"{realised - running - capital:.2f}"
    return values | {"low": vietnamese(0.8 * benefit - running - capital)}
