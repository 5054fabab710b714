"""Variants of KM2-18: the bargaining range of two parties with costs of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_ROOM = 200  # triệu đồng to bargain about, at least
_LEAST = 300  # triệu đồng that either side pays, at least


def variant(rng: random.Random) -> dict[str, str]:
    """Draw costs alone, private costs and a joint cost that leaves room, in triệu đồng."""
    while True:
        alone = [rng.randrange(1500, 5200, 50) for _ in range(2)]
        private = [rng.randrange(120, 700, 20) for _ in range(2)]
        most = [a - p for a, p in zip(alone, private, strict=True)]
        joint = rng.randrange(2600, 7000, 50)
        room = sum(most) - joint
        least = [joint - most[1], joint - most[0]]
        if room >= _ROOM and min(least) >= _LEAST and most[0] != most[1]:
            break
    return {
        "ag": vietnamese(alone[0], 0),
        "ah": vietnamese(alone[1], 0),
        "pg": str(private[0]),
        "ph": str(private[1]),
        "joint": vietnamese(joint, 0),
        "room": vietnamese(room, 0),
        "mg": str(most[0]),
        "mh": str(most[1]),
        "lg": str(least[0]),
        "lh": str(least[1]),
        "sg": vietnamese(most[0], 0),
        "sh": vietnamese(most[1], 0),
        "tg": vietnamese(least[0], 0),
        "th": vietnamese(least[1], 0),
    }
