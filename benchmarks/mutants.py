"""Mutation testing of what decides: ``python -m benchmarks.mutants [word…]``.

Each module that ``[tool.mutants]`` in pyproject.toml names is changed by mutmut in small ways,
in a copy of the house under ``build/mutants/``, and the tests named beside it must fail for each
change. mutmut passes by whatever is decorated, and every door is: in the copy decorators are
applied below the function, to the same effect. Words choose the modules whose path contains one
of them; ``CHILDREN`` says how many mutants are tested at once. Exit status 1 when fewer than
95 % of a module's mutants are killed; what survives for a reason is told in docs/mutants.md.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[1]
WORK = HOUSE / "build" / "mutants"
SPECIMENS = WORK / "specimens"  # the centres that tests share, made once for all modules
PACKAGES = ("courses", "assessments", "cohort_data", "grading", "centre")
COPIED = (*PACKAGES, "tests", "benchmarks", "docs", "README.md", "Makefile", "pyproject.toml")
ENOUGH = 0.95
# Each mutant is a run of its own. It wants neither a cache, nor warnings of mutmut's own, nor a
# search for the smallest example that fails, nor the plugins that take six sevenths of its time.
_EACH = (
    *("-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception"),
    *("-p", "_hypothesis_pytestplugin", "--hypothesis-profile", "mutants", "-W", "default"),
    *("-p", "benchmarks.killers"),
)
_KILLED = ("killed", "timeout", "suspicious", "segfault", "caught by type check")


@dataclass(frozen=True)
class Result:
    """What became of one module's mutants: how many, which live on, how many ran out of time."""

    module: str
    mutants: int
    alive: tuple[str, ...]
    timeouts: int

    @property
    def share(self) -> float:
        """The share that some test killed."""
        return 1 - len(self.alive) / self.mutants

    def __str__(self) -> str:
        killed = self.mutants - len(self.alive)
        late = f", {self.timeouts} of them by timeout" if self.timeouts else ""
        return f"{self.module}: {killed}/{self.mutants} mutants killed ({self.share:.1%}{late})"


def main(words: list[str]) -> int:
    """Test the chosen modules; the exit status."""
    shutil.rmtree(SPECIMENS, ignore_errors=True)
    SPECIMENS.mkdir(parents=True)
    found = [result for group in _groups(words).items() for result in _told(*group)]
    return int(not found or any(result.share < ENOUGH for result in found))


def _groups(words: list[str]) -> dict[tuple[str, ...], list[str]]:
    """The chosen modules by the tests that are named beside them: a run of mutmut for each."""
    stated = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for pattern, tests in stated.items():
        for path in sorted(HOUSE.glob(pattern)):
            module = path.relative_to(HOUSE).as_posix()
            if not words or any(word in module for word in words):
                groups[tuple(tests)].append(module)
    return groups


def _told(tests: tuple[str, ...], modules: list[str]) -> list[Result]:
    """Test some modules and tell of each at once."""
    results = mutate(modules, tests)
    for result in results:
        sys.stdout.write("\n  ".join((str(result), *result.alive)) + "\n")
    for module in sorted({*modules} - {result.module for result in results}):
        sys.stdout.write(f"{module}: no mutants\n")
    sys.stdout.flush()
    return results


def mutate(modules: list[str], tests: tuple[str, ...]) -> list[Result]:
    """Run mutmut on some modules in a copy of the house."""
    place = WORK / modules[0].replace("/", ".")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in COPIED:
        source = HOUSE / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, place / name)
    for module in modules:
        path = place / module
        path.write_text(undecorated(path.read_text("utf-8")), "utf-8")
    with (place / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(_configuration(modules, tests))
    children = os.environ.get("CHILDREN") or str(os.cpu_count() or 1)
    with (place / "mutmut.log").open("wb") as log:
        _mutmut(place, "run", "--max-children", children, stdout=log)
    states = _states(place)
    if not states:
        raise SystemExit(f"{modules[0]}: no mutants; see {place / 'mutmut.log'}")
    return [_result(module, states[module]) for module in modules if module in states]


def _result(module: str, states: dict[str, str]) -> Result:
    alive = tuple(f"{name}: {state}" for name, state in states.items() if state not in _KILLED)
    return Result(module, len(states), alive, list(states.values()).count("timeout"))


def _states(place: Path) -> dict[str, dict[str, str]]:
    """By module, what became of each mutant."""
    told = _mutmut(place, "results", "--all", "true", stdout=subprocess.PIPE).decode()
    states: dict[str, dict[str, str]] = defaultdict(dict)
    for line in told.splitlines():
        name, _, state = line.strip().partition(": ")
        if state:
            states[f"{name.rpartition('.')[0].replace('.', '/')}.py"][name] = state
    return states


def undecorated(source: str) -> str:
    """The same module, each decorated function followed by the call of its decorators."""
    tree, lines = ast.parse(source), source.splitlines()
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    found = (node for body in bodies for node in body if isinstance(node, ast.FunctionDef))
    for node in sorted(found, key=lambda node: -node.lineno):
        if node.decorator_list:
            call = node.name
            for decorator in reversed(node.decorator_list):
                call = f"{ast.unparse(decorator)}({call})"
            lines.insert(node.end_lineno or 0, f"{' ' * node.col_offset}{node.name} = {call}")
            del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
    return "\n".join(lines) + "\n"


def _configuration(modules: list[str], tests: tuple[str, ...]) -> str:
    """What mutmut reads; its workers must not hold a warning of their own against a test."""
    stated = {
        "source_paths": list(PACKAGES),
        "only_mutate": modules,
        "also_copy": [name for name in COPIED if name not in (*PACKAGES, "tests")],
        "pytest_add_cli_args": [*_EACH],
        "timeout_constant": 10,  # seconds: that a machine is busy kills no mutant
        # A copy of a process that has printed a page waits for ever where it is to print another.
        "process_isolation": "forkserver",
        "pytest_add_cli_args_test_selection": [*tests],
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in stated.items()]
    return "\n[tool.mutmut]\n" + "\n".join(lines) + "\n"


def _mutmut(place: Path, *arguments: str, stdout: object) -> bytes:
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    done = subprocess.run(  # noqa: S603 - our own tool
        command,
        cwd=place,
        env=os.environ | {"CIO_SPECIMENS": str(SPECIMENS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=stdout,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout or b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
