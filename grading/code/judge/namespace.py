"""Names as a test sees them: its own first, then the examiner's, and only then the candidate's."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, Any

from grading.code.judge.errors import UnsplittableError
from grading.code.judge.proxies import Proxy

if TYPE_CHECKING:
    from grading.code.judge.link import Link

_DATA = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, type(None))


class Namespace(dict[str, Any]):
    """Globals of the test cells of one notebook.

    Args:
        link: the conversation with the candidate's process.
        shared: names that the examiner's own notebook leaves to the candidate to define; only
            these are set or deleted over there when a test sets or deletes them.
        trusted: the examiner's imports and helper functions, by the names they define.
    """

    def __init__(self, link: Link, shared: set[str], trusted: dict[str, str]) -> None:
        super().__init__(__name__="__main__", __builtins__=_builtins(link))
        self._link, self._shared, self._trusted = link, shared, trusted
        self._mirrored: set[str] = set()

    def __missing__(self, name: str) -> Any:
        if name in self._shared:
            return self._from_candidate(name)
        if name in self._trusted and self._define(name):
            return self[name]
        if hasattr(builtins, name):
            raise KeyError(name)  # so that Python goes on to the builtins
        return self._from_candidate(name)

    def _define(self, name: str) -> bool:
        """Run the examiner's statement that defines ``name``; False when it cannot run here."""
        statement = self._trusted.pop(name)
        try:
            exec(compile(statement, "<trusted>", "exec"), self)  # noqa: S102 - the examiner's own
        except ImportError:
            return False  # a module that only the candidate's folder has
        return name in self

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self._shared and (isinstance(value, (Proxy, *_DATA)) or callable(value)):
            self._link.bind(name, value)
            self._mirrored.add(name)
            if isinstance(value, Proxy):
                self.pop(name, None)
                return
        super().__setitem__(name, value)

    def next_cell(self) -> None:
        """Cells of the candidate's have run since: what is theirs is asked for again."""
        foreign = {name for name, value in self.items() if isinstance(value, Proxy)}
        for name in self._mirrored | foreign:
            self.pop(name, None)
        self._mirrored.clear()

    def _from_candidate(self, name: str) -> Any:
        try:
            return self._link.name(name)
        except KeyError:
            raise KeyError(name) from None


def _builtins(link: Link) -> dict[str, Any]:
    """Python's builtins, with those that look at types asking about the candidate's objects."""
    names = dict(vars(builtins))

    def is_instance(value: Any, kinds: Any) -> bool:
        if isinstance(kinds, tuple):
            return any(is_instance(value, kind) for kind in kinds)
        if isinstance(kinds, Proxy):
            return isinstance(value, Proxy) and link.ask("isinstance", value, kinds) is True
        if isinstance(value, Proxy):
            return _standard(kinds) and link.ask("isinstance", value, kinds) is True
        return isinstance(value, kinds)

    def is_subclass(kind: Any, kinds: Any) -> bool:
        if isinstance(kind, Proxy) or isinstance(kinds, Proxy):
            return link.ask("issubclass", kind, kinds) is True
        return issubclass(kind, kinds)

    def type_of(value: Any, *rest: Any) -> Any:
        return (
            link.ask("type", value) if isinstance(value, Proxy) and not rest else type(value, *rest)
        )

    def is_callable(value: Any) -> bool:
        return link.ask("callable", value) is True if isinstance(value, Proxy) else callable(value)

    def refuse(*_args: Any, **_kwargs: Any) -> Any:
        raise UnsplittableError("cần tiến trình của thí sinh")

    names.update(isinstance=is_instance, issubclass=is_subclass, callable=is_callable, input=refuse)
    names["type"] = _TypeOf("type", (), {"of": staticmethod(type_of)})
    return names


class _TypeOf(type):
    """``type`` in a test: also the type of an object over there, and still a class."""

    def __call__(cls, value: Any, *rest: Any) -> Any:
        return cls.of(value, *rest)  # type: ignore[attr-defined]  # given when the class is made

    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, type)

    def __eq__(cls, other: object) -> bool:
        return other is type or other is cls

    def __hash__(cls) -> int:
        return hash(type)

    def __repr__(cls) -> str:
        return "<class 'type'>"


def _standard(kind: Any) -> bool:
    return isinstance(kind, type) and not hasattr(kind, "_number")


def bound_names(source: str) -> set[str]:
    """Names that a cell defines at its top level; none when it is not plain Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return set()
    names: set[str] = set()
    for node in _top_level(tree.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            names |= {
                part.id
                for part in ast.walk(node)
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return names


def _top_level(body: list[ast.stmt]) -> list[ast.stmt]:
    found = []
    for node in body:
        found.append(node)
        for inner in ("body", "orelse", "finalbody"):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found += _top_level(getattr(node, inner, []))
    return found
