"""Variants of QL5-40: which of six parts may be accepted, and what they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random


class _Part(NamedTuple):
    name: str
    value: int  # million đồng
    passed: int
    cases: int
    blocked: bool
    tried: bool


# Of each fault: test rate too low, a blocker left, nobody has tried it.
_STATES = (
    (False, False, False),
    (False, False, False),
    (True, False, False),
    (False, True, False),
    (False, False, True),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six parts: two to four may be accepted, every condition shuts somebody out."""
    limit = rng.choice([95, 96, 97])
    states = [*_STATES, rng.choice(_STATES)]
    rng.shuffle(states)
    parts = [_part(name, state, limit, rng) for name, state in zip("ABCDEG", states, strict=True)]
    rated = [part for part in parts if 100 * part.passed >= limit * part.cases]
    sound = [part for part in rated if not part.blocked]
    accepted = [part for part in sound if part.tried]
    return {
        "limit": str(limit),
        "rows": "\n".join(_row(part) for part in parts),
        "accepted": ", ".join(part.name for part in accepted),
        "answer": str(_worth(accepted)),
        "shown": vietnamese(_worth(accepted), 0),
        "by_rate": vietnamese(_worth(rated), 0),
        "no_trial": vietnamese(_worth(sound), 0),
    }


def _part(name: str, state: tuple[bool, bool, bool], limit: int, rng: random.Random) -> _Part:
    low, blocked, untried = state
    cases = rng.choice([100, 150, 200, 250])
    edge = -(-limit * cases // 100)
    passed = rng.randint(edge - 8, edge - 1) if low else rng.randint(edge, cases - 1)
    return _Part(name, rng.randrange(400, 2410, 10), passed, cases, blocked, not untried)


def _worth(parts: list[_Part]) -> int:
    return sum(part.value for part in parts)


def _row(part: _Part) -> str:
    value = vietnamese(part.value, 0)
    blocked, tried = "Còn 1" if part.blocked else "Không", "Đạt" if part.tried else "Chưa"
    return f"| {part.name} | {value} | {part.passed}/{part.cases} | {blocked} | {tried} |"
