"""Variants of KM2-03: how much one party may take over from another before a pair would leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw costs and the third party's share so that the pair P + R binds; all in tỷ đồng."""
    while True:
        p, q, r = rng.randint(14, 34), rng.randint(10, 24), rng.randint(7, 16)
        pq, pr, qr = (pair - rng.randint(3, 9) for pair in (p + q, p + r, q + r))
        whole = p + q + r - rng.randint(9, 20)
        paid = rng.randint(3, r - 1)
        most, left = pr - paid, whole - paid
        fair = paid <= r and left <= pq and whole > max(pq, pr, qr)
        others = 0 < left - most <= min(q, qr - paid)
        wrong = {"own": p, "extra": whole - qr, "half": left // 2, "pair": pr - r}
        apart = len({most, *wrong.values()}) > len(wrong)
        if fair and others and most < p and apart:
            break
    shown = {"p": p, "q": q, "r": r, "pq": pq, "pr": pr, "qr": qr, "whole": whole, "paid": paid}
    rest = {"rest": left - most, "left": left, "rest_r": whole - most, "answer": most}
    return {name: str(value) for name, value in (shown | rest | wrong).items()}
