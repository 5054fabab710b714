"""Variants of QL1-22: provisions lost on three days, with and without authority renewed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from courses.foundation.numerals import short_date
from courses.models.legal_validity import (
    Basis,
    Document,
    Draft,
    Provision,
    lost,
    register,
    with_authority_renewed,
)

if TYPE_CHECKING:
    import random

_BEGIN = date(2014, 1, 1)
_BASES = {"only_p": "P", "only_q": "Q", "both": "PQ", "none": ""}


def variant(rng: random.Random) -> dict[str, str]:
    """T, P and Q lapse at the start of three half-years; a day is examined after each."""
    year = rng.randint(2018, 2022)
    moments = [date(year, 7, 1), date(year + 1, 1, 1), date(year + 1, 7, 1)]
    ends = dict(zip(rng.sample("TPQ", 3), moments, strict=True))
    book = register(
        [Document(n, n, _BEGIN, _BEGIN, end, "T2" if n == "T" else None) for n, end in ends.items()]
        + [Document("T2", "T2", ends["T"], ends["T"])]
    )
    counts = {kind: rng.randint(2, 7) for kind in _BASES}
    draft = Draft((Basis("T"),), tuple(_provisions(counts)))
    cells: dict[str, str] = {}
    for number, moment in enumerate(moments, start=1):
        day = moment + timedelta(days=rng.randint(10, 90))
        swapped = with_authority_renewed(book, draft, day)
        cells[f"day{number}"] = short_date(day)
        cells[f"copy{number}"] = str(len(lost(book, draft, day)))
        cells[f"swap{number}"] = str(len(lost(book, swapped, day)))
    return {
        **cells,
        **{kind: str(count) for kind, count in counts.items()},
        **{f"{name.lower()}_end": short_date(end) for name, end in ends.items()},
        "total": str(len(draft.provisions)),
    }


def _provisions(counts: dict[str, int]) -> list[Provision]:
    return [
        Provision(f"{kind} {number}", tuple(Basis(name) for name in _BASES[kind]))
        for kind, count in counts.items()
        for number in range(count)
    ]
