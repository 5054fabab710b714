"""Variants of KM2-02: what one of three parties adds to the costs, over all orders of joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese

if TYPE_CHECKING:
    import random

_CLEAR = 0.05  # tỷ đồng between the key and every other way of sharing


def variant(rng: random.Random) -> dict[str, str]:
    """Draw costs of every group until no simpler share comes near; the answer is in tỷ đồng."""
    while True:
        h, k, l = rng.randint(14, 26), rng.randint(9, 24), rng.randint(7, 18)  # noqa: E741
        hk, hl, kl = (pair - rng.randint(3, 9) for pair in (h + k, h + l, k + l))
        hkl = h + k + l - rng.randint(9, 18)
        joins = (k, k, hk - h, kl - l, hkl - hl, hkl - hl)
        share = sum(joins) / 6
        wrong = {
            "equal": hkl / 3,
            "by_cost": hkl * k / (h + k + l),
            "last": float(hkl - hl),
            "two": (k + hkl - hl) / 2,
        }
        apart = min(abs(share - other) for other in wrong.values())
        if min(joins) > 0 and hkl > max(hk, hl, kl) and apart > _CLEAR:
            break
    costs = {"h": h, "k": k, "l": l, "hk": hk, "hl": hl, "kl": kl, "hkl": hkl}
    added = {"after_h": hk - h, "after_l": kl - l, "after_both": hkl - hl, "sum": sum(joins)}
    return {
        **{name: str(cost) for name, cost in (costs | added).items()},
        **{name: vietnamese(share, 2) for name, share in wrong.items()},
        "answer": exact(share),
        "shown": vietnamese(share, 2),
    }
