"""What the gradebook and the examiner's folder say of an assignment, read once for a whole run."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import find_all_files

from courses.foundation.errors import GradingError
from grading.code.judge.namespace import bound_names
from grading.code.tampering import locked_definitions

if TYPE_CHECKING:
    from pathlib import Path

    from grading.gradebook.course import Course

# Libraries that start no threads when they are imported.
_WARM = frozenset(("matplotlib", "networkx", "numpy", "pandas", "scipy", "sklearn", "sympy"))


@dataclass(frozen=True)
class SourceCell:
    """A cell as it was released, by nbgrader's own attribute names; hidden tests are in it."""

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str


@dataclass(frozen=True)
class GradedCell:
    """A cell worth points, by nbgrader's own attribute names."""

    name: str
    max_score: float


@dataclass(frozen=True)
class NotebookSnapshot:
    """One notebook of an assignment.

    It answers nbgrader's ``OverwriteCells`` as a gradebook would. ``shared`` and ``trusted`` are
    described in :class:`grading.code.judge.namespace.Namespace`; ``given`` in
    :class:`grading.code.tampering.Terms`. ``kernel`` says whether the examiner wants it run in a
    real kernel; ``source`` is the examiner's own notebook, where the course has kept it.
    """

    name: str
    kernelspec: dict[str, Any] | None
    source_cells: list[SourceCell]
    grade_cells: list[GradedCell]
    task_cells: list[GradedCell]
    solution_cells: list[GradedCell]
    shared: set[str] = field(default_factory=set)
    trusted: dict[str, str] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)
    kernel: bool = False
    given: dict[str, frozenset[str]] = field(default_factory=dict)
    source: bytes = b""

    def find_source_cell(self, name: str, _notebook: str, _assignment: str) -> SourceCell:
        """The source cell; raises nbgrader's MissingEntry."""
        return _find(self.source_cells, name)

    def find_graded_cell(self, name: str, _notebook: str, _assignment: str) -> GradedCell:
        """The grade or task cell; raises nbgrader's MissingEntry."""
        return _find([*self.grade_cells, *self.task_cells], name)

    def find_notebook(self, _notebook: str, _assignment: str) -> NotebookSnapshot:
        """This notebook."""
        return self


def _find(cells: list[Any], name: str) -> Any:
    for cell in cells:
        if cell.name == name:
            return cell
    raise MissingEntry(name)


@dataclass(frozen=True)
class Snapshot:
    """An assignment: its notebooks by name, and the examiner's files beside them."""

    assignment: str
    notebooks: dict[str, NotebookSnapshot]
    files: dict[str, bytes]

    @property
    def libraries(self) -> tuple[str, ...]:
        """What the examiner's notebooks import of the libraries worth importing once."""
        names = {name for notebook in self.notebooks.values() for name in notebook.imports}
        if any(name.partition(".")[0] in ("pandas", "numpy") for name in names):
            names |= {"numpy", "pandas"}  # numpy's data goes over in pandas' company
        return tuple(sorted(name for name in names if name.partition(".")[0] in _WARM))

    @property
    def digest(self) -> str:
        """Of everything a mark depends on besides the submission."""
        parts = [repr(sorted(self.files.items()))]
        for notebook in self.notebooks.values():
            parts += [notebook.name, repr(notebook.source_cells), repr(notebook.grade_cells)]
            parts += [repr(sorted(notebook.shared)), repr(sorted(notebook.trusted.items()))]
            parts += [repr(sorted(notebook.given.items())), repr(notebook.source)]
            parts += ["kernel"] if notebook.kernel else []
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def take_snapshot(course: Course, assignment: str) -> Snapshot:
    """Read the assignment.

    Raises:
        GradingError: when it has not been released into the gradebook.
    """
    folder = course.path("source", ".", assignment)
    with Gradebook(course.db_url) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise GradingError(f"sổ điểm không có bài {assignment}", path=folder) from None
        notebooks = {notebook.name: _notebook(notebook, folder) for notebook in found.notebooks}
    return Snapshot(assignment, notebooks, _files(course, assignment, folder))


def _files(course: Course, assignment: str, folder: Path) -> dict[str, bytes]:
    """Files that replace the candidate's own of the same name, as nbgrader has it."""
    ignored = [*course.directory(assignment).ignore, "*.ipynb"]
    kept = course.config.Autograde.get("exclude_overwriting", {}).get(assignment, [])
    names = {path: str(path.relative_to(folder)) for path in _paths(folder, ignored)}
    return {name: path.read_bytes() for path, name in names.items() if name not in kept}


def _paths(folder: Path, ignored: list[str]) -> list[Path]:
    return [folder.__class__(path) for path in find_all_files(str(folder), ignored)]


def _notebook(notebook: Any, folder: Path) -> NotebookSnapshot:
    cells = [
        SourceCell(c.name, c.cell_type, bool(c.locked), c.source or "", c.checksum)
        for c in notebook.source_cells
    ]
    solutions = {cell.name for cell in notebook.solution_cells}
    grades = {cell.name for cell in notebook.grade_cells}
    teaching = _teaching(folder / f"{notebook.name}.ipynb", cells, solutions, grades)
    shared, trusted = _names(teaching)
    sources = [source for _role, source in teaching] + [cell.source for cell in cells]
    return NotebookSnapshot(
        name=notebook.name,
        kernelspec=json.loads(notebook.kernelspec) if notebook.kernelspec else None,
        source_cells=cells,
        grade_cells=[GradedCell(c.name, c.max_score) for c in notebook.grade_cells],
        task_cells=[GradedCell(c.name, c.max_score) for c in notebook.task_cells],
        solution_cells=[GradedCell(c.name, 0.0) for c in notebook.solution_cells],
        shared=shared,
        trusted=trusted,
        imports={name for source in sources for name in _imported(source)},
        kernel=_wants_kernel(folder / f"{notebook.name}.ipynb"),
        given=_given(teaching),
        source=_read(folder / f"{notebook.name}.ipynb"),
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # the source need not be kept: the gradebook has what counts


def _given(teaching: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Names that locked cells define and no cell of the examiner's solution defines anew."""
    redefined = {
        name for role, source in teaching if role == "solution" for name in bound_names(source)
    }
    return {
        name: mentions
        for role, source in teaching
        if role == "locked"
        for name, mentions in locked_definitions(source).items()
        if name not in redefined
    }


def _wants_kernel(path: Path) -> bool:
    """Whether the examiner's own notebook says ``{"cio": {"execution": "kernel"}}``."""
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        return bool(metadata["cio"]["execution"] == "kernel")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _teaching(
    path: Path, cells: list[SourceCell], solutions: set[str], grades: set[str]
) -> list[tuple[str, str]]:
    """The examiner's code outside tests, as ``(role, source)``: solution, locked or plain."""
    found = []
    for cell in cells:
        if cell.cell_type == "code" and cell.name in solutions:
            found.append(("solution", cell.source))
        elif cell.cell_type == "code" and cell.name not in grades and cell.locked:
            found.append(("locked", cell.source))
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            source = "".join(cell["source"])
            marks = cell["metadata"].get("nbgrader", {})
            if cell["cell_type"] == "code" and marks.get("solution"):
                found.append(("solution", source))
            elif cell["cell_type"] == "code" and not (marks.get("grade") or marks.get("locked")):
                found.append(("plain", source))
    except (OSError, ValueError, KeyError, TypeError):
        pass  # the source need not be kept: the gradebook has what counts
    return found


def _names(cells: list[tuple[str, str]]) -> tuple[set[str], dict[str, str]]:
    shared: set[str] = set()
    trusted: dict[str, str] = {}
    defined_by_candidate: set[str] = set()
    for role, source in cells:
        shared |= bound_names(source)
        for statement in _statements(source):
            imports = isinstance(statement, ast.Import | ast.ImportFrom)
            if imports or (role == "locked" and isinstance(statement, ast.FunctionDef)):
                text = ast.unparse(statement)
                trusted |= dict.fromkeys(bound_names(text), text)
            elif role == "solution":
                defined_by_candidate |= bound_names(ast.unparse(statement))
    trusted = {name: text for name, text in trusted.items() if name not in defined_by_candidate}
    return shared - set(trusted), trusted


def _imported(source: str) -> set[str]:
    """Modules that the code of a cell imports, anywhere in it."""
    names: set[str] = set()
    for statement in _statements(source):
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    return names


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return []
