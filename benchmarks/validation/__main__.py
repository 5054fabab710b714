"""``python -m benchmarks.validation``: measurement against known truths, and the attack.

Writes ``docs/measurement-validation.md``. ``--histories`` says how many publication histories
are attacked (10,000 by default, hours on two processors); the seed of each is its number, and
what is done stays in ``--done``, to go on from. ``--attack`` writes that part of the page alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.validation import attack
from benchmarks.validation.draws import DRAWS
from benchmarks.validation.page import ATTACK, attacked, simulated
from benchmarks.validation.policy_errors import simulate
from benchmarks.validation.tally import Tallies
from courses.foundation.files import write_atomically

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "measurement-validation.md"
DONE = ROOT / "build" / "validation" / "histories.tsv"
SITTINGS, _CHUNK = 1000, 100


def main() -> None:
    """Draw, attack, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--done", type=Path, default=DONE)
    parser.add_argument("--attack", action="store_true")
    told = parser.parse_args()
    first = PAGE.read_text(encoding="utf-8").split(ATTACK)[0] if told.attack else _simulated()
    attack.run(told.histories, told.done)
    page = first + attacked(attack.results(told.done))
    write_atomically(PAGE, page.encode())
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


def _simulated() -> str:
    with ProcessPoolExecutor(2) as pool:
        drawn = pool.map(_drawn, range(len(DRAWS)))
        decided = pool.map(_decided, range(0, SITTINGS, _CHUNK))
        tallies = list(zip(DRAWS, drawn, strict=True))
        return simulated(tallies, sum(decided, Counter[str]()), SITTINGS)


def _drawn(number: int) -> Tallies:
    found, (title, take, times) = Tallies(), DRAWS[number]
    for sitting in range(times):
        take(np.random.default_rng([number, sitting]), found)
    sys.stderr.write(f"{title}: {times}\n")
    return found


def _decided(first: int) -> Counter[str]:
    errors: Counter[str] = Counter()
    for sitting in range(first, first + _CHUNK):
        simulate(np.random.default_rng([99, sitting]), errors)
    return errors


if __name__ == "__main__":
    main()
