"""Variants of QL4-37: capital is paid today, but benefits come a year late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.investment import present_value

if TYPE_CHECKING:
    import random

_CLEAR = 0.15  # tỷ đồng, far above the tolerance


def variant(rng: random.Random) -> dict[str, str]:
    """Draw net benefits in tỷ đồng and a rate in per cent; the answer is an NPV in tỷ đồng."""
    while True:
        percent = rng.choice([6, 7, 8, 9, 10, 11])
        rate = percent / 100
        flows = [rng.randint(low, low + 22) / 10 for low in (30, 42, 50, 50)]
        on_time = present_value(flows, rate)
        capital = round(on_time - rng.randint(2, 34) / 10, 1)
        late = on_time / (1 + rate)
        wrong = [late - capital / (1 + rate), present_value([0, *flows[1:]], rate) - capital]
        wrong.append(on_time - capital)
        if min(abs(late - capital - value) for value in wrong) > _CLEAR:
            break
    return {
        "capital": vietnamese(capital, 1),
        **{f"b{year}": vietnamese(flow, 1) for year, flow in enumerate(flows, start=1)},
        "rate": str(percent),
        **{f"f{year}": vietnamese((1 + rate) ** -year, 4) for year in range(1, 6)},
        "late": vietnamese(late),
        "answer": exact(late - capital),
        "shown": vietnamese(late - capital),
        "all": vietnamese(wrong[0]),
        "dropped": vietnamese(wrong[1]),
        "on_time": vietnamese(wrong[2]),
    }
