"""Signs that a submission works on its grading: none proves anything, each goes to a person."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grading.code.judge.namespace import bound_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grading.gradebook.snapshot import NotebookSnapshot

_SIGNS = {
    "builtins": "hàm dựng sẵn của Python bị thay (builtins replaced)",
    "transformers": "mã bị biến đổi trước khi chạy (code transformers)",
    "tracing": "theo dõi từng dòng chạy (tracing)",
}
_RAISES = frozenset(("StopIteration", "StopAsyncIteration", "GeneratorExit", "SkipTest"))
_ITERATORS = ("__next__", "__anext__")


@dataclass(frozen=True)
class Terms:
    """What the examiner lays down in a notebook, and what of it the submission went against.

    ``rebound`` are names that locked cells give and the candidate's cells give anew; ``mentions``
    what each locked definition mentions; ``general`` signs that concern every test.
    """

    rebound: frozenset[str] = frozenset()
    mentions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    general: tuple[str, ...] = ()

    @classmethod
    def of(cls, notebook: Any, snapshot: NotebookSnapshot) -> Terms:
        """Read a submitted notebook, whose locked cells are the examiner's again."""
        theirs = [tree for cell in notebook.cells if _is_theirs(cell)
                  for tree in _parsed(cell.source)]  # fmt: skip
        if not theirs:
            return cls()
        given = snapshot.given
        bound = {name for tree in theirs for name in bound_names(ast.unparse(tree))}
        imported = {name for tree in theirs for name in _imported(tree)}
        patched = sorted({name for tree in theirs for name in _patched(tree, imported)})
        stops = sorted({name for tree in theirs for name in _raised(tree)})
        general = [f"ném {name} (raises {name})" for name in stops]
        general += [f"gán {name} (sets {name})" for name in patched]
        return cls(frozenset((bound - imported) & given.keys()), given, tuple(general))

    def broken(self, test: str, signs: Iterable[str]) -> str:
        """What speaks against the outcome of this test, in words; empty for nothing."""
        found = [*(_SIGNS[sign] for sign in sorted(signs)), *self.general]
        touched = sorted(self.rebound & self._reached(test)) if self.rebound else []
        found += [f"gán lại {name} của đề (redefines {name})" for name in touched]
        return "; ".join(found)

    def _reached(self, test: str) -> set[str]:
        """Names that a test mentions, and those that locked definitions of these mention."""
        reached: set[str] = set()
        waiting = {name for tree in _parsed(test) for name in _names(tree)}
        while waiting:
            name = waiting.pop()
            reached.add(name)
            waiting |= self.mentions.get(name, frozenset()) - reached
        return reached


def locked_definitions(source: str) -> dict[str, frozenset[str]]:
    """Names that a locked cell defines, each with the names its definition mentions."""
    return {
        name: frozenset(_names(statement))
        for tree in _parsed(source)
        for statement in tree.body
        for name in bound_names(ast.unparse(statement))
    }


def _is_theirs(cell: Any) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and not (marks.get("locked") or marks.get("grade"))


def _parsed(source: str) -> Iterator[ast.Module]:
    try:
        yield ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def _names(tree: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((a.asname or a.name).partition(".")[0] for a in node.names)


def _patched(tree: ast.Module, modules: set[str]) -> Iterator[str]:
    """Attributes of modules that are set."""
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if not isinstance(target, ast.Attribute):
                continue
            module = getattr(target.value, "id", "")
            if module in modules:
                yield f"{module}.{target.attr}"


def _raised(tree: ast.Module) -> Iterator[str]:
    own = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in _ITERATORS
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None and node not in own:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = getattr(raised, "id", getattr(raised, "attr", ""))
            if name in _RAISES:
                yield name
