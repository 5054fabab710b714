"""``python -m benchmarks.validation``: measurement against known truths, and the attack.

Writes ``docs/measurement-validation.md``. ``--histories`` says how many publication histories
are attacked (10,000 by default, hours on two processors); the seed of each is its number.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.validation.draws import DRAWS
from benchmarks.validation.page import page
from benchmarks.validation.policy_errors import simulate
from benchmarks.validation.tally import Tallies

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "measurement-validation.md"
SITTINGS, _CHUNK = 1000, 100


def main() -> None:
    """Draw, attack, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    histories = parser.parse_args().histories
    with ProcessPoolExecutor(2) as pool:
        drawn = pool.map(_drawn, range(len(DRAWS)))
        decided = pool.map(_decided, range(0, SITTINGS, _CHUNK))
        tallies = list(zip(DRAWS, drawn, strict=True))
        errors = sum(decided, Counter[str]())
    broken = _attacked(histories)
    PAGE.write_text(page(tallies, errors, SITTINGS, histories, broken), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


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


def _attacked(histories: int) -> list[str]:
    """The tests' outsider on that many histories; names of those in which a count came out."""
    run = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider",
            "tests/grading/disclosure/test_histories.py", "-k", "worked_out",
        ],
        cwd=ROOT,
        env=os.environ | {"CIO_HISTORIES": str(histories)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    failed = [line.split(" ")[1] for line in run.stdout.splitlines() if line.startswith("FAILED")]
    if run.returncode and not failed:
        raise SystemExit(run.stdout + run.stderr)
    return failed


if __name__ == "__main__":
    main()
