"""Variants of KT1-24: expected loss avoided a year, less what the measure costs a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw counts in ten years, losses and costs in triệu đồng; the answer is triệu a year."""
    while True:
        n1, n2 = rng.randint(5, 9), rng.randint(2, 4)
        loss1 = rng.randrange(600, 1600, 20)
        loss2 = rng.randrange(150, loss1 // 2, 10)
        once, years, running = rng.randrange(240, 900, 20), rng.choice([4, 5]), rng.randint(20, 90)
        before, after, yearly = n1 * loss1 / 10, n2 * loss2 / 10, once / years + running
        if before - after > once + running:
            break
    net = before - after - yearly
    return {
        "n1": str(n1),
        "n2": str(n2),
        "loss1": vietnamese(loss1, 0),
        "loss2": str(loss2),
        "once": str(once),
        "years": str(years),
        "running": str(running),
        "before": vietnamese(before, 1),
        "after": vietnamese(after, 1),
        "yearly": vietnamese(yearly, 1),
        "answer": exact(net),
        "shown": vietnamese(net, 1),
        "no_running": vietnamese(net + running, 1),
        "at_once": vietnamese(before - after - once - running, 1),
        "same_loss": vietnamese(before - n2 * loss1 / 10 - yearly, 1),
        "gross": vietnamese(before - after, 1),
    }
