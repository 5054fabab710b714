"""Which notebooks need a real kernel: those whose examiner says so, and those whose code does."""

from __future__ import annotations

import ast
import contextlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grading.gradebook.snapshot import NotebookSnapshot

_ASKED = "người ra đề yêu cầu chạy bằng nhân Jupyter"
_MODULES = frozenset(("comm", "ipykernel"))
_MAGICS = frozenset(("autosave", "connect_info", "qtconsole", "subshell"))
_NAMES = frozenset(("IPKernelApp", "ZMQInteractiveShell"))
_RUN_MAGIC = ("run_line_magic", "run_cell_magic", "magic")
_BEFORE = r"^(?P<before>[ \t]*(?:\w[\w, ]*=[ \t]*)?)"
_MAGIC = re.compile(_BEFORE + r"%{1,2}(?P<name>\w*).*", re.MULTILINE)
_COMMAND = re.compile(_BEFORE + r"[!?].*", re.MULTILINE)
_LONGEST = 100_000  # characters of one notebook that are read for this
# One of these is in every source that ``_uses`` finds something in: most need not be parsed.
_WORDS = re.compile("kernel|" + "|".join(sorted(_MODULES | _MAGICS | _NAMES)))
# What IPython says where there is no kernel.
_TELLING = ("'CandidateShell' object has no attribute 'kernel'",)


def why_kernel(notebook: Any, snapshot: NotebookSnapshot) -> str:
    """Why the notebook needs a real kernel; an empty text when nothing says so.

    The candidate's notebook is asked for its code alone: what its metadata says counts for nothing.
    """
    if snapshot.kernel:
        return _ASKED
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    if sum(map(len, sources)) > _LONGEST or not any(map(_WORDS.search, sources)):
        return ""
    trees = map(_parsed, sources)
    nodes = [node for tree in trees for node in ast.walk(tree)]
    shells = {"get_ipython"} | _names_of_shells(nodes)
    found = next((what for node in nodes if (what := _uses(node, shells))), "")
    return f"mã trong bài dùng {found}" if found else ""


def why_again(notebook: Any) -> str:
    """Why a notebook that has run without a kernel must run in one; empty when it need not."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if any(text in output.get("evalue", "") for text in _TELLING):
                return "chạy không có nhân Jupyter thì mã báo lỗi thiếu nhân"
    return ""


def _parsed(source: str) -> ast.AST:
    for text in (source, _plain(source)):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.parse(text)
    return ast.Module([], [])


def _plain(source: str) -> str:
    """The cell with its magics and commands as the calls they stand for, line by line.

    IPython's own reading takes time that grows with the square of their number.
    """
    return _COMMAND.sub(r"\g<before>None", _MAGIC.sub(_as_call, source))


def _as_call(magic: re.Match[str]) -> str:
    return f"{magic['before']}run_line_magic({magic['name']!r})"


def _names_of_shells(nodes: list[ast.AST]) -> set[str]:
    """Names that the code gives to ``get_ipython()``."""
    return {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _is_shell(node.value, {"get_ipython"})
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _is_shell(node: ast.expr, shells: set[str]) -> bool:
    called = node.func if isinstance(node, ast.Call) else node
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in shells


def _uses(node: ast.AST, shells: set[str]) -> str:
    """What the code uses here that only a kernel has."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return next((name for name in _imported(node) if name in _MODULES), "")
    if isinstance(node, ast.Attribute) and node.attr == "kernel":
        return "get_ipython().kernel" if _is_shell(node.value, shells) else ""
    if isinstance(node, ast.Call):
        return _called(node, shells)
    return str(node.value) if isinstance(node, ast.Constant) and node.value in _NAMES else ""


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        yield "" if node.level else (node.module or "").partition(".")[0]
    else:
        yield from (alias.name.partition(".")[0] for alias in node.names)


def _called(node: ast.Call, shells: set[str]) -> str:
    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name == "getattr" and node.args and "kernel" in texts:
        return "get_ipython().kernel" if _is_shell(node.args[0], shells) else ""
    magic = texts[0].split()[0] if name in _RUN_MAGIC and texts and texts[0].split() else ""
    return f"%{magic}" if magic in _MAGICS else ""
