"""Variants of KT2-22: months until a shorter form has paid for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw costs in triệu đồng; the answer is in months."""
    counter, running = rng.randrange(140, 260, 5), rng.randrange(12, 60, 3)
    once = rng.randrange(80, 420, 10)
    yearly = counter - running
    return {
        "counter": str(counter),
        "running": str(running),
        "once": str(once),
        "yearly": str(yearly),
        "monthly": vietnamese(yearly / 12),
        "answer": exact(12 * once / yearly),
        "shown": vietnamese(12 * once / yearly, 1),
        "no_running": vietnamese(12 * once / counter, 1),
        "years": vietnamese(once / yearly, 1),
    }
