"""Submitted notebooks, read with suspicion and put back in the examiner's order."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.preprocessors import DeduplicateIds, OverwriteCells
from nbgrader.preprocessors.base import NbGraderPreprocessor

from grading.code.sanitising import safe_data, safe_source
from grading.gradebook.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from traitlets.config import Config

    from grading.gradebook.snapshot import NotebookSnapshot

_SCHEMA = 3
_LONGEST_CELL = 1_000_000  # characters
_MOST_CELLS = 2_000
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")  # nbformat's own rule


class _Overwrite(OverwriteCells):
    """nbgrader's own step, asking the snapshot where it would open the gradebook anew."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        self.gradebook = resources["snapshot"]
        self.notebook_id, self.assignment_id = self.gradebook.name, ""
        nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


def read_notebook(name: str, content: bytes) -> Any:
    """Read a submitted notebook from the content of the file ``name``.

    Raises:
        RefusedError: when it is no notebook, or not one that can be worked with.
    """
    try:
        data = json.loads(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what an old notebook lacks is given to it below
            if data["nbformat"] != nbformat.v4.nbformat:
                data = nbformat.reads(json.dumps(data), as_version=4)
        notebook = nbformat.from_dict(data)
        _normalise(notebook)
    except Exception as error:  # noqa: BLE001 - a hostile file may fail in any way
        raise RefusedError("damaged", type(error).__name__, path=Path(name)) from None
    return notebook


def _normalise(notebook: Any) -> None:
    """Bring the notebook into nbformat's form, dropping what has no place in it."""
    if not isinstance(notebook.cells, list) or len(notebook.cells) > _MOST_CELLS:
        raise ValueError("cells")
    if not isinstance(notebook.metadata, dict):
        raise TypeError("metadata")
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    taken: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        _normalise_cell(cell)
        if not (isinstance(cell.get("id"), str) and _ID.fullmatch(cell.id)) or cell.id in taken:
            cell.id = f"o-{number}"
        taken.add(cell.id)


def _normalise_cell(cell: Any) -> None:
    source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
    if len(source) > _LONGEST_CELL:
        raise ValueError("source")
    cell.source = source.encode("utf-8", "replace").decode()
    if cell.cell_type not in ("code", "markdown", "raw") or not isinstance(cell.metadata, dict):
        raise ValueError("cell_type")
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def make_safe(notebook: Any) -> None:
    """Take out of what the candidate wrote as text whatever would run in a page that shows it."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", ())
        if not all(isinstance(tag, str) and _ID.fullmatch(tag) for tag in tags):
            del cell.metadata["tags"]
        if cell.cell_type == "code" or cell.metadata.get("nbgrader", {}).get("locked"):
            continue
        cell.source = safe_source(cell.source)
        cell.metadata.pop("raw_mimetype", None)
        for name, data in list(cell.get("attachments", {}).items()):
            cell.attachments[name] = safe_data(data) if isinstance(data, dict) else {}


def restoring_steps(config: Config) -> list[NbGraderPreprocessor]:
    """Nbgrader's steps that ``restore`` takes; they belong to one thread."""
    return [DeduplicateIds(config=config), _Overwrite(config=config)]


def restore(
    notebook: Any, snapshot: NotebookSnapshot, steps: Iterable[NbGraderPreprocessor]
) -> Any:
    """Put back what the candidate may not change: metadata, points, locked cells, kernel.

    A cell that the examiner did not release is the candidate's own, whatever it claims.
    """
    roles = _roles(snapshot)
    for cell in notebook.cells:
        claimed = cell.metadata.get("nbgrader")
        name = claimed.get("grade_id") if isinstance(claimed, dict) else None
        if isinstance(name, str) and name in roles:
            cell.metadata.nbgrader = nbformat.from_dict(dict(roles[name]))
        else:
            cell.metadata.pop("nbgrader", None)
    if snapshot.kernelspec:
        notebook.metadata["kernelspec"] = nbformat.from_dict(snapshot.kernelspec)
    resources = {"snapshot": snapshot}
    for step in steps:
        notebook, resources = step.preprocess(notebook, resources)
    for cell in notebook.cells:
        if not cell.metadata.get("nbgrader", True):
            del cell.metadata["nbgrader"]
    return notebook


def _roles(snapshot: NotebookSnapshot) -> dict[str, dict[str, Any]]:
    """Nbgrader's metadata of each released cell, as it was released."""
    points = {cell.name: cell.max_score for cell in snapshot.grade_cells}
    tasks = {cell.name: cell.max_score for cell in snapshot.task_cells}
    solutions = {cell.name for cell in snapshot.solution_cells}
    roles = {}
    for cell in snapshot.source_cells:
        roles[cell.name] = {
            "schema_version": _SCHEMA,
            "grade_id": cell.name,
            "grade": cell.name in points,
            "solution": cell.name in solutions,
            "task": cell.name in tasks,
            "locked": cell.locked,
            "cell_type": cell.cell_type,
        }
        if cell.name in points or cell.name in tasks:
            roles[cell.name]["points"] = points.get(cell.name, tasks.get(cell.name))
    return roles
