"""Marking notebooks that hold candidates' code, in a warm process of this marker's own."""

from __future__ import annotations

import fnmatch
import hashlib
import threading
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import IgnorePattern, LimitOutput

from courses.foundation.errors import GradingError
from grading.code.execution import execute
from grading.code.notebooks import read_notebook, restore, restoring_steps
from grading.gradebook.results import NotebookResult, comments_of, marks_of

if TYPE_CHECKING:
    from traitlets.config import Config

    from grading.code.warm import WarmProcess
    from grading.gradebook.course import Course
    from grading.gradebook.snapshot import Snapshot


@dataclass(frozen=True)
class CodeMarks:
    """A submission's marked notebooks, the files it keeps, and what a person should know."""

    notebooks: tuple[NotebookResult, ...]
    missing: tuple[str, ...]
    files: dict[str, bytes]
    review: tuple[str, ...]
    stopped: tuple[str, ...]
    kernels: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeMarker:
    """Marks submissions of one assignment; pure but for the process it runs them in.

    It travels to other machines: ``config`` is the course's, ``ignored`` the patterns of files
    that are left out.
    """

    snapshot: Snapshot
    config: Config
    ignored: tuple[str, ...]

    @classmethod
    def of(cls, course: Course, snapshot: Snapshot) -> CodeMarker:
        """The marker of an assignment of ``course``."""
        ignored = course.directory(snapshot.assignment).ignore
        return cls(snapshot, course.config, tuple(ignored))

    def mark(self, warm: WarmProcess, student: str, files: dict[str, bytes]) -> CodeMarks:
        """Mark one submission, from its files by name.

        Raises:
            GradingError: when none of its notebooks is one of the assignment's, or one is damaged.
        """
        names = [name for name in self.snapshot.notebooks if f"{name}.ipynb" in files]
        if not names:
            raise GradingError("bài nộp không có tệp bài làm nào của bài này")
        beside = {**self._beside(files), **self.snapshot.files}
        kept, review, stopped, kernels, marked = dict(beside), [], [], [], []
        for name in names:
            notebook = read_notebook(f"{name}.ipynb", files[f"{name}.ipynb"])
            notebook = restore(notebook, self.snapshot.notebooks[name], _steps(self.config).before)
            seed = _seed(student, self.snapshot.assignment, name)
            done = execute(warm, notebook, self.snapshot.notebooks[name], beside, seed)
            kept |= {n: data for n, data in done.files.items() if n not in self.snapshot.files}
            review += [f"{name}, {cell}: {why}" for cell, why in done.review.items()]
            stopped += done.stopped
            kernels += [f"{name}: {done.kernel}"] if done.kernel else []
            marked.append(self._result(name, notebook, done.review))
        missing = tuple(name for name in self.snapshot.notebooks if name not in names)
        kept = {name: data for name, data in kept.items() if not name.endswith(".ipynb")}
        return CodeMarks(
            tuple(marked), missing, kept, tuple(review), tuple(stopped), tuple(kernels)
        )

    def _beside(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """Files that go with the notebooks, without what the course ignores."""
        patterns = [*self.ignored, "*.ipynb"]
        return {
            name: data
            for name, data in files.items()
            if not any(fnmatch.fnmatch(part, p) for part in PurePath(name).parts for p in patterns)
        }

    def _result(self, name: str, notebook: Any, review: dict[str, str]) -> NotebookResult:
        resources: Any = {}
        for step in _steps(self.config).after:
            notebook, resources = step.preprocess(notebook, resources)
        marks, comments = marks_of(notebook, review), comments_of(notebook)
        return NotebookResult(name, nbformat.v4.writes_json(notebook), marks, comments)


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
