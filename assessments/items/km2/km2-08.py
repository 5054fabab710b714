"""Variants of KM2-08: how much coordination three parties can bear before some pair would leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_LEAST = 0.2  # tỷ đồng for one interface
_EDGE = 0.1  # of one interface's cost, that the room keeps away from a whole number of them


def variant(rng: random.Random) -> dict[str, str]:
    """Draw costs, then a cost of one interface that so many fit; money is in tỷ đồng."""
    most = rng.randint(3, 20)
    while True:
        x, y, z = rng.randint(15, 30), rng.randint(12, 24), rng.randint(9, 18)
        xy, xz, yz = (pair - rng.randint(5, 11) for pair in (x + y, x + z, y + z))
        pairs, alone = xy + xz + yz, x + y + z
        splits = (alone, xy + z, xz + y, yz + x)
        whole = pairs // 2 - rng.randint(3, 12)
        room = pairs / 2 - whole
        each = round(room / (most + rng.uniform(0.2, 0.8)), 1)
        if whole <= max(xy, xz, yz) or each < _LEAST or pairs >= 2 * min(splits):
            continue
        fit = room / each
        wrong = {
            "by_alone": int((alone - whole) / each),
            "by_pair": int((min(splits) - whole) / each),
            "up": int(fit) + 1,
        }
        if int(fit) == most and _EDGE < fit - most < 1 - _EDGE and most not in wrong.values():
            break
    shown = {"x": x, "y": y, "z": z, "xy": xy, "xz": xz, "yz": yz, "whole": whole}
    money = {"each": each, "fit": fit, "bear": pairs / 2, "room": room}
    places = {"each": 1, "fit": 2, "bear": 1, "room": 1}
    told = {name: vietnamese(value, places[name]) for name, value in money.items()}
    numbers = shown | wrong | {"alone": alone, "pairs": pairs, "answer": most}
    return {name: str(value) for name, value in numbers.items()} | told
