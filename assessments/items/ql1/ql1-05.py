"""Variants of QL1-05: the share of a draft's provisions that lose a basis of content."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from courses.foundation.numerals import exact, vietnamese
from courses.models.legal_validity import (
    Basis,
    Document,
    Draft,
    Provision,
    lost,
    lost_share,
    register,
)

if TYPE_CHECKING:
    import random

_BEGIN, _SIGNED, _ENDED = date(2015, 1, 1), date(2024, 6, 1), date(2024, 1, 1)
_ROWS = {"only_x": "X", "both": "XY", "only_y": "Y", "only_z": "Z", "none": ""}


def variant(rng: random.Random) -> dict[str, str]:
    """Two rows share Y; one or two of the three bases have lapsed."""
    counts = {row: rng.randint(2, 9) for row in _ROWS}
    dead = rng.choice(("X", "Y", "XZ", "YZ"))
    book = register(
        Document(n, n, _BEGIN, _BEGIN, _ENDED if n in dead else None) for n in ("T", *"XYZ")
    )
    draft = Draft((Basis("T"),), tuple(_provisions(counts)))
    part = lost_share(book, draft, _SIGNED)
    return {
        **{row: str(count) for row, count in counts.items()},
        "total": str(len(draft.provisions)),
        "dead": " và ".join(dead),
        "lost": str(len(lost(book, draft, _SIGNED))),
        "shown": vietnamese(part, 2),
        "answer": exact(part),
    }


def _provisions(counts: dict[str, int]) -> list[Provision]:
    return [
        Provision(f"{row} {number}", tuple(Basis(name) for name in _ROWS[row]))
        for row, count in counts.items()
        for number in range(count)
    ]
