"""The tests' outsider on many publication histories: resumable, a line a history that is done.

``python -m benchmarks.validation.attack --to 10000 --done DONE.tsv`` goes on where it stopped;
what was done with another guard, or another attack, does not count.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
# What makes a history, guards it and attacks it.
_SOURCES = (
    *("grading/disclosure", "grading/reports", "grading/datapackage"),
    *("centre/reporting/tidy_figures.py", "centre/reporting/resitting.py"),
    *("tests/two_sittings.py", "tests/two_sittings_reader.py", "tests/outsider.py"),
)


def main() -> None:
    """Attack the histories that are not done yet, and say what is known of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, default=10_000, help="seeds from 0 to before this")
    parser.add_argument("--done", type=Path, required=True, help="file of what is done")
    parser.add_argument("--workers", type=int, default=2)
    told = parser.parse_args()
    run(told.to, told.done, told.workers)
    found = results(told.done)
    broken = sorted(seed for seed, names in found.items() if names)
    sys.stdout.write(f"{len(found)} lịch sử, lộ ở {len(broken)}: {broken}\n")


def run(to: int, done: Path, workers: int = 2) -> None:
    """Attack every history below ``to`` that ``done`` has no line of."""
    done.parent.mkdir(parents=True, exist_ok=True)
    done.touch()
    known = results(done)
    left = [seed for seed in range(to) if seed not in known]
    with ProcessPoolExecutor(workers, initializer=_prepare) as pool, done.open("a") as file:
        for seed, names, seconds in pool.map(_attacked, left):
            file.write(f"{seed}\t{names}\t{seconds:.2f}\t{guard()}\n")
            file.flush()


def results(done: Path) -> dict[int, str]:
    """By seed, what came out; a line that was cut off is not there."""
    lines = [line.split("\t") for line in done.read_text(encoding="utf-8").splitlines()]
    return {int(line[0]): line[1] for line in lines if line[3:] == [guard()]}


@cache
def guard() -> str:
    """The guard and the attack of today, by digest."""
    given = [ROOT / source for source in _SOURCES]
    files = [f for one in given for f in (sorted(one.rglob("*.py")) if one.is_dir() else [one])]
    digests = [hashlib.sha256(file.read_bytes()).digest() for file in files]
    return hashlib.sha256(b"".join(digests)).hexdigest()[:12]


def _prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "centre.settings")
    sys.path.insert(0, str(TESTS))


def _attacked(seed: int) -> tuple[int, str, float]:
    sittings, reader = map(importlib.import_module, ("two_sittings", "two_sittings_reader"))
    began = time.process_time()
    history = sittings.random_history(seed)
    found = reader.attack(history, sittings.publish(history))
    reports = sittings.without_packages(history)
    found += reader.attack_from_within(reports, sittings.publish(reports))
    return seed, "; ".join(map(str, found)), time.process_time() - began


if __name__ == "__main__":
    main()
