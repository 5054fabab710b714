"""Variants of KM4-03: advance left and money out at three volumes, one beyond full recovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese
from courses.models.disbursement import Contract, position

if TYPE_CHECKING:
    import random


def variant(rng: random.Random) -> dict[str, str]:
    """Draw a contract in triệu đồng; the answers are two amounts at each volume."""
    contract = Contract(rng.randrange(3000, 15000, 200), rng.choice([15, 20, 25, 30]) / 100)
    volumes = (rng.randrange(15, 40, 5), rng.randrange(45, 75, 5), rng.choice([85, 90, 95]))
    values = {
        "value": vietnamese(contract.value, 0),
        "rate": f"{100 * contract.advanced:.0f}",
        "advance": vietnamese(contract.advance, 0),
    }
    for place, volume in enumerate(volumes, start=1):
        stands = position(contract, volume / 100)
        values |= {f"v{place}": str(volume), f"a{place}": vietnamese(stands.accepted, 0)}
        values |= {f"l{place}": f"{stands.outstanding:.2f}", f"d{place}": f"{stands.disbursed:.2f}"}
    shown = vietnamese(position(contract, volumes[0] / 100).disbursed, 1)
    return values | {"shown": shown}
