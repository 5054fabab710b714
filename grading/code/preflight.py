"""Trying an assignment before anybody's work is marked by it.

Each test is run with the examiner's own solution, and with the notebook as it is released. What
that shows decides which tests are judged outside: those alone whose two verdicts agree on the
solution, and on nothing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from nbgrader import __version__ as nbgrader_version

from courses.foundation.files import write_atomically
from grading.code.execution import Execution, execute, is_test
from grading.code.judge.splitting import why_inside
from grading.code.notebooks import read_notebook, restore, restoring_steps
from grading.code.testing import Split

if TYPE_CHECKING:
    from pathlib import Path

    from grading.code.marking import CodeMarker
    from grading.code.warm import WarmProcess
    from grading.gradebook.course import Course
    from grading.gradebook.snapshot import NotebookSnapshot, Snapshot

_METHOD = "1"


@dataclass(frozen=True)
class TestCheck:
    """What trying one test showed; points of nbgrader's own way of running it.

    ``inside`` says why it is not judged outside, and is empty when it is. ``findings`` are stable
    codes: ``solution-loses``, ``blank-passes``, ``flagged``, ``stopped``.
    """

    notebook: str
    cell: str
    most: float
    solution: float
    blank: float
    inside: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preflight:
    """What trying an assignment showed; ``untried`` are notebooks whose source is not kept."""

    tests: tuple[TestCheck, ...] = ()
    untried: tuple[str, ...] = field(default=())

    def splits(self, snapshot: Snapshot, *, hostile: bool) -> dict[str, Split]:
        """Which tests are judged outside, by notebook."""
        found = {}
        for name in snapshot.notebooks:
            unsplit = {t.cell for t in self.tests if t.notebook == name and t.inside}
            found[name] = Split(frozenset(unsplit), name not in self.untried, hostile)
        return found


def default_splits(snapshot: Snapshot) -> dict[str, Split]:
    """For the trial itself: all that may be split."""
    return dict.fromkeys(snapshot.notebooks, Split())


def trial(warm: WarmProcess, marker: CodeMarker, *, blank: bool) -> dict[str, Tried]:
    """Every notebook whose source is kept, run with its own solution, or with nothing."""
    return {
        name: _tried(warm, marker, snapshot, blank=blank)
        for name, snapshot in marker.snapshot.notebooks.items()
        if snapshot.source
    }


def found_by(snapshot: Snapshot, solution: dict[str, Tried], blank: dict[str, Tried]) -> Preflight:
    """What the two trials of an assignment show."""
    tests: list[TestCheck] = []
    for name, tried in solution.items():
        points = {cell.name: cell.max_score for cell in snapshot.notebooks[name].grade_cells}
        tests += [_check(name, c, points[c], tried, blank[name]) for c in tried.points]
    return Preflight(tuple(tests), tuple(n for n in snapshot.notebooks if n not in solution))


def _tried(
    warm: WarmProcess, marker: CodeMarker, snapshot: NotebookSnapshot, *, blank: bool
) -> Tried:
    notebook = read_notebook(f"{snapshot.name}.ipynb", snapshot.source)
    notebook = restore(notebook, snapshot, restoring_steps(marker.config))
    if blank:
        _take_answers_out(notebook, snapshot)
    done = execute(warm, notebook, snapshot, marker.snapshot.files, 0, Split())
    static = {c.metadata.nbgrader["grade_id"]: why_inside(c.source)
              for c in notebook.cells if is_test(c)}  # fmt: skip
    return Tried(done, static)


def _take_answers_out(notebook: Any, snapshot: NotebookSnapshot) -> None:
    released = {cell.name: cell.source for cell in snapshot.source_cells}
    solutions = {cell.name for cell in snapshot.solution_cells}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in solutions:
            cell.source = released[name]


@dataclass(frozen=True)
class Tried:
    """One notebook's run, and why each of its tests is not judged outside as it is written."""

    done: Execution
    static: dict[str, str]

    @property
    def points(self) -> dict[str, float]:
        """Points by test."""
        return self.done.points

    def stock(self, cell: str) -> float:
        """Points of nbgrader's own way of running it."""
        return self.done.stock.get(cell, 0.0)

    def agrees(self, cell: str) -> bool:
        """Whether it was judged outside, to the same points."""
        both = self.done.judged.get(cell)
        return both is not None and both[0] == both[1]


def _check(notebook: str, cell: str, most: float, solution: Tried, blank: Tried) -> TestCheck:
    findings = {
        "solution-loses": solution.stock(cell) < most,
        "blank-passes": blank.stock(cell) > 0,
        "stopped": any(remark.cell == cell for remark in solution.done.stopped),
        "tampering": any(
            remark.cell == cell and remark.code == "tampering" for remark in solution.done.remarks
        ),
    }
    return TestCheck(
        notebook,
        cell,
        most,
        solution.stock(cell),
        blank.stock(cell),
        _inside(cell, solution, blank),
        tuple(code for code, found in findings.items() if found),
    )


def _inside(cell: str, solution: Tried, blank: Tried) -> str:
    if solution.static.get(cell):
        return solution.static[cell]
    if solution.agrees(cell) and (cell not in blank.done.judged or blank.agrees(cell)):
        return ""
    trouble = solution.done.troubles.get(cell, "")
    return (
        f"có nghĩa khác khi tách khỏi bài làm (not the same when split{trouble and f': {trouble}'})"
    )


def _place(course: Course, assignment: str) -> Path:
    return course.folder / ".cio" / "preflight" / f"{assignment}.json"


def read_preflight(course: Course, snapshot: Snapshot) -> Preflight | None:
    """What has been kept of an assignment as it is now; None when nothing is."""
    try:
        kept = json.loads(_place(course, snapshot.assignment).read_text(encoding="utf-8"))
        if kept["of"] != _key(snapshot):
            return None
        tests = [TestCheck(**{**test, "findings": tuple(test["findings"])})
                 for test in kept["tests"]]  # fmt: skip
        return Preflight(tuple(tests), tuple(kept["untried"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_preflight(course: Course, snapshot: Snapshot, done: Preflight) -> None:
    """Keep it in the course's folder."""
    place = _place(course, snapshot.assignment)
    place.parent.mkdir(parents=True, exist_ok=True)
    kept = {"of": _key(snapshot), **asdict(done)}
    write_atomically(place, json.dumps(kept, ensure_ascii=False, indent=1).encode())


def _key(snapshot: Snapshot) -> str:
    return f"{_METHOD} nbgrader {nbgrader_version} {snapshot.digest}"
