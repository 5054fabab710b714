"""Variants of KT1-25: the probability from which a yearly service pays for itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, rounded, vietnamese

if TYPE_CHECKING:
    import random

_LEAST, _MOST, _CLEAR = 5, 80, 0.5  # per cent
_EVENTS = (
    "máy chủ một cửa bị mã hoá",
    "kho bản vẽ quy hoạch bị xoá",
    "cổng dịch vụ công ngừng nhiều ngày",
    "cơ sở dữ liệu chuyên ngành bị hỏng",
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a price, a loss and an effect; the answer is a probability in per cent."""
    while True:
        cost, loss = rng.randrange(120, 640, 10), rng.randrange(900, 4200, 100)
        effect = rng.choice([35, 40, 45, 55, 60, 65, 70, 75])
        need = 10_000 * cost / (loss * effect)
        mistakes = (
            100 * cost / loss,
            10_000 * cost / (loss * (100 - effect)),
            cost * effect / loss,
        )
        if _LEAST < need < _MOST and min(abs(x - need) for x in mistakes) > _CLEAR:
            break
    whole, left, upside_down = (vietnamese(x, 1) for x in mistakes)
    return {
        "event": rng.choice(_EVENTS),
        "cost": str(cost),
        "loss": vietnamese(loss, 0),
        "effect": str(effect),
        "saved": vietnamese(loss * effect / 100, 0),
        "answer": exact(need),
        "shown": vietnamese(float(rounded(Decimal(exact(need)), 1, "up")), 1),
        "whole_loss": whole,
        "what_is_left": left,
        "upside_down": upside_down,
    }
