"""Marking notebooks that hold candidates' code, in a warm process of this marker's own."""

from __future__ import annotations

import fnmatch
import hashlib
import json
import threading
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat.v4.rwbase import strip_transient
from nbgrader.preprocessors import IgnorePattern, LimitOutput

from grading.code.execution import Execution, execute
from grading.code.notebooks import make_safe, read_notebook, restore, restoring_steps
from grading.gradebook.refusals import RefusedError
from grading.gradebook.remarks import Remark
from grading.gradebook.results import NotebookResult, comments_of, marks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from traitlets.config import Config

    from grading.code.testing import Split
    from grading.code.warm import WarmProcess
    from grading.gradebook.course import Course
    from grading.gradebook.snapshot import Snapshot


@dataclass(frozen=True)
class CodeMarks:
    """A submission's marked notebooks, the files it keeps, and what a person should know."""

    notebooks: tuple[NotebookResult, ...]
    missing: tuple[str, ...]
    files: dict[str, bytes]
    remarks: tuple[Remark, ...]
    stopped: tuple[Remark, ...]
    kernels: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeMarker:
    """Marks submissions of one assignment; pure but for the process it runs them in.

    It travels to other machines: ``config`` is the course's, ``ignored`` the patterns of files
    that are left out, ``wanted`` the pattern of the notebooks to mark.
    """

    snapshot: Snapshot
    config: Config
    ignored: tuple[str, ...]
    splits: Mapping[str, Split] = field(default_factory=dict)
    wanted: str = "*"

    @classmethod
    def of(
        cls, course: Course, snapshot: Snapshot, splits: Mapping[str, Split], wanted: str = "*"
    ) -> CodeMarker:
        """The marker of an assignment of ``course``; ``splits`` by notebook."""
        ignored = course.directory(snapshot.assignment).ignore
        return cls(snapshot, course.config, tuple(ignored), splits, wanted)

    def mark(self, warm: WarmProcess, student: str, files: dict[str, bytes]) -> CodeMarks:
        """Mark one submission, from its files by name.

        Raises:
            RefusedError: when none of its notebooks is one of the assignment's, or one is damaged.
        """
        wanted = fnmatch.filter(self.snapshot.notebooks, self.wanted)
        names = [name for name in wanted if f"{name}.ipynb" in files]
        if not names:
            raise RefusedError("no-notebook")
        beside = {**self._beside(files), **self.snapshot.files}
        kept = dict(beside)
        done = [self._one(warm, student, name, files[f"{name}.ipynb"], kept) for name in names]
        missing = tuple(name for name in wanted if name not in names)
        kept = {name: data for name, data in kept.items() if not name.endswith(".ipynb")}
        return CodeMarks(
            tuple(result for result, _ in done),
            missing,
            kept,
            tuple(remark for _, execution in done for remark in execution.remarks),
            tuple(remark for _, execution in done for remark in execution.stopped),
            tuple(f"{r.name}: {e.kernel}" for r, e in done if e.kernel),
        )

    def _one(
        self, warm: WarmProcess, student: str, name: str, content: bytes, kept: dict[str, bytes]
    ) -> tuple[NotebookResult, Execution]:
        """Mark one notebook among the files that the ones before it left, as nbgrader has them."""
        snapshot = self.snapshot.notebooks[name]
        notebook = read_notebook(f"{name}.ipynb", content)
        here = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
        notebook = restore(notebook, snapshot, _steps(self.config).before)
        seed = _seed(student, self.snapshot.assignment, name)
        done = execute(warm, notebook, snapshot, kept, seed, self.splits.get(name))
        kept |= {n: data for n, data in done.files.items() if n not in self.snapshot.files}
        gone = [cell.name for cell in snapshot.grade_cells if cell.name not in here]
        done.remarks += [Remark(name, cell, "missing-cell") for cell in gone]
        return self._result(name, notebook, done), done

    def _beside(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """Files that go with the notebooks, without what the course ignores."""
        patterns = [*self.ignored, "*.ipynb"]
        return {
            name: data
            for name, data in files.items()
            if not any(fnmatch.fnmatch(part, p) for part in PurePath(name).parts for p in patterns)
        }

    def _result(self, name: str, notebook: Any, done: Execution) -> NotebookResult:
        resources: Any = {}
        for step in _steps(self.config).after:
            notebook, resources = step.preprocess(notebook, resources)
        review = {remark.cell for remark in done.remarks if remark.code != "missing-cell"}
        marks, comments = marks_of(notebook, review, done.points), comments_of(notebook)
        make_safe(notebook)
        return NotebookResult(name, _written(notebook), marks, comments)


def _written(notebook: Any) -> str:
    """The notebook as a file: on one line, for text laid out costs more than marking it does."""
    return json.dumps(strip_transient(notebook), ensure_ascii=False, sort_keys=True) + "\n"


_made = threading.local()


def _steps(config: Config) -> Any:
    """This thread's own nbgrader steps; making them costs more than they do.

    ``before`` what puts a notebook back in the examiner's order, ``after`` what is done to an
    executed one, as far as the course wants it.
    """
    if getattr(_made, "config", None) is not config:
        kinds = (IgnorePattern, ClearMetadataPreprocessor, LimitOutput)
        made = [kind(config=config) for kind in kinds]
        _made.config, _made.before = config, restoring_steps(config)
        _made.after = [step for step in made if step.enabled]
    return _made


def _seed(*parts: str) -> int:
    """The same for the same submission, in every run."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:4])
