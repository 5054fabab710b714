"""Signs that a submission works on its grading: none proves anything, each goes to a person."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache
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
        theirs = [_done_by(cell.source) for cell in notebook.cells if _is_theirs(cell)]
        given = snapshot.given
        bound = frozenset().union(*(cell.bound for cell in theirs))
        imported = frozenset().union(*(cell.imported for cell in theirs))
        attributes = frozenset().union(*(cell.attributes for cell in theirs))
        stops = sorted(frozenset().union(*(cell.raised for cell in theirs)))
        patched = sorted(f"{owner}.{name}" for owner, name in attributes if owner in imported)
        general = [f"ném {name} (raises {name})" for name in stops]
        general += [f"gán {name} (sets {name})" for name in patched]
        return cls((bound - imported) & given.keys(), given, tuple(general))

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


@dataclass(frozen=True)
class _Done:
    """What one cell of the candidate's does: names it binds, imports, sets on others, raises."""

    bound: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()
    attributes: frozenset[tuple[str, str]] = frozenset()
    raised: frozenset[str] = frozenset()


@lru_cache(maxsize=1024)  # many cells of a class are alike
def _done_by(source: str) -> _Done:
    for tree in _parsed(source):
        nodes = list(ast.walk(tree))
        return _Done(
            frozenset(bound_names(source)),
            frozenset(_imported(nodes)),
            frozenset(_attributes(nodes)),
            frozenset(_raised(nodes)),
        )
    return _Done()


def _imported(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((a.asname or a.name).partition(".")[0] for a in node.names)


def _attributes(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """Attributes that are set, each with the name it is set on."""
    for node in nodes:
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if isinstance(target, ast.Attribute):
                yield getattr(target.value, "id", ""), target.attr


def _raised(nodes: list[ast.AST]) -> Iterator[str]:
    own = {
        inner
        for node in nodes
        if isinstance(node, ast.FunctionDef) and node.name in _ITERATORS
        for inner in ast.walk(node)
    }
    for node in nodes:
        if isinstance(node, ast.Raise) and node.exc is not None and node not in own:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = getattr(raised, "id", getattr(raised, "attr", ""))
            if name in _RAISES:
                yield name
