"""Mutation testing of what decides: ``python -m benchmarks.mutants [word…]``.

Each module that ``[tool.mutants]`` in pyproject.toml names is changed by mutmut in small ways,
in a copy of the house under ``build/mutants/``, and the tests named beside it must fail for each
change. Words choose the modules whose path contains one of them. Exit status 1 when fewer than
95 % of a module's mutants are killed; what survives for a reason is told in docs/mutants.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[1]
WORK = HOUSE / "build" / "mutants"
PACKAGES = ("courses", "assessments", "cohort_data", "grading", "centre")
COPIED = (*PACKAGES, "tests", "benchmarks", "docs", "README.md", "Makefile", "pyproject.toml")
ENOUGH = 0.95
_KILLED = ("killed", "timeout", "suspicious", "segfault", "caught by type check")


@dataclass(frozen=True)
class Result:
    """What became of one module's mutants: how many there were, and which live on."""

    module: str
    mutants: int
    alive: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share that some test killed."""
        return 1 - len(self.alive) / self.mutants

    def __str__(self) -> str:
        killed = self.mutants - len(self.alive)
        return f"{self.module}: {killed}/{self.mutants} mutants killed ({self.share:.1%})"


def main(words: list[str]) -> int:
    """Test the chosen modules; the exit status."""
    modules = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    chosen = {m: tests for m, tests in modules.items() if not words or any(w in m for w in words)}
    results = [mutate(module, tests) for module, tests in chosen.items()]
    for result in results:
        sys.stdout.write("\n  ".join((str(result), *result.alive)) + "\n")
    return int(not results or any(result.share < ENOUGH for result in results))


def mutate(module: str, tests: list[str]) -> Result:
    """Run mutmut on one module in a copy of the house."""
    place = WORK / module.replace("/", ".").replace("*", "all")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in COPIED:
        source = HOUSE / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, place / name)
    with (place / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(_configuration(module, tests))
    children = str(os.cpu_count() or 1)
    with (place / "mutmut.log").open("wb") as log:
        _mutmut(place, "run", "--max-children", children, stdout=log)
    told = _mutmut(place, "results", "--all", "true", stdout=subprocess.PIPE)
    states = [line.strip().partition(": ")[::2] for line in told.decode().splitlines() if line]
    alive = tuple(f"{name}: {state}" for name, state in states if state not in _KILLED)
    if not states:
        raise SystemExit(f"{module}: no mutants; see {place / 'mutmut.log'}")
    return Result(module, len(states), alive)


def _configuration(module: str, tests: list[str]) -> str:
    """What mutmut reads; its workers must not hold a warning of their own against a test."""
    stated = {
        "source_paths": list(PACKAGES),
        "only_mutate": [module],
        "also_copy": [name for name in COPIED if name not in (*PACKAGES, "tests")],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-W", "default"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in stated.items()]
    return "\n[tool.mutmut]\n" + "\n".join(lines) + "\n"


def _mutmut(place: Path, *arguments: str, stdout: object) -> bytes:
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    done = subprocess.run(command, cwd=place, stdout=stdout, stderr=subprocess.STDOUT, check=False)  # noqa: S603 - our own tool
    return done.stdout or b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
