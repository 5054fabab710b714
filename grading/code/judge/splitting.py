"""Whether a test can be judged outside the candidate's process, and what it runs there if not."""

from __future__ import annotations

import ast
from functools import lru_cache

# What only means something in the process it looks at, or would run a candidate's data as code.
_NAMES = frozenset(
    (
        "get_ipython",
        "In",
        "Out",
        "_",
        "__",
        "___",
        "globals",
        "locals",
        "eval",
        "exec",
        "vars",
        "__builtins__",
        "plt",
        "pylab",
    )
)
_MODULES = frozenset(
    (
        "builtins",
        "dill",
        "gc",
        "importlib",
        "inspect",
        "IPython",
        "joblib",
        "matplotlib",
        "mock",
        "pickle",
        "seaborn",
        "shelve",
        "traceback",
        "tracemalloc",
    )
)
_ATTRIBUTES = frozenset(
    (
        "modules",
        "stdin",
        "_getframe",
        "settrace",
        "__code__",
        "__globals__",
        "__closure__",
    )
)
_SINGLE = (bool, type(None), type(...))


@lru_cache(maxsize=1024)  # a class hands in the same tests again and again
def why_inside(source: str) -> str:
    """Why the test must run in the candidate's process; an empty text when it need not."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return "không phải Python thuần"
    for node in ast.walk(tree):
        reason = _reason(node)
        if reason:
            return reason
    return ""


def _reason(node: ast.AST) -> str:
    if isinstance(node, ast.Name) and node.id in _NAMES:
        return f"dùng {node.id}"
    if isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES:
        return f"dùng {node.attr}"
    if isinstance(node, ast.Import | ast.ImportFrom):
        return _imported(node)
    if isinstance(node, ast.Compare) and not _is_plain(node):
        return "so sánh bằng is"
    return "dùng await" if isinstance(node, ast.Await) else ""


def _imported(node: ast.Import | ast.ImportFrom) -> str:
    modules = [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        modules = [node.module or "", *modules]
    found = next((part for m in modules for part in m.split(".") if part in _MODULES), "")
    return f"dùng {found}" if found else ""


def _is_plain(node: ast.Compare) -> bool:
    """Whether identity, which does not survive the way between processes, is not compared."""
    sides = [node.left, *node.comparators]
    for operator, left, right in zip(node.ops, sides, node.comparators, strict=False):
        if isinstance(operator, ast.Is | ast.IsNot) and not (_single(left) or _single(right)):
            return False
    return True


def _single(node: ast.expr) -> bool:
    """Whether the expression's value is one of a kind: None, True, or a type."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "type"
    return isinstance(node, ast.Constant) and isinstance(node.value, _SINGLE)


class _Counted(ast.NodeTransformer):
    def __init__(self, evidence: ast.stmt) -> None:
        self._evidence = evidence

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        return [node, self._evidence]


def with_evidence(source: str, name: str) -> tuple[str, int]:
    """The test, leaving evidence of what it checked in the list ``name``.

    There is one item for each assertion passed, and one at the end. Source that is not plain
    Python is left as it is.

    Returns:
        The source, and how many items there must be at least.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return source, 0
    evidence = ast.parse(f"{name}.append(1)").body[0]
    asserts = any(isinstance(node, ast.Assert) for node in ast.walk(tree))
    tree = _Counted(evidence).visit(tree)
    ends_in_value = bool(tree.body) and isinstance(tree.body[-1], ast.Expr)
    tree.body.insert(len(tree.body) - ends_in_value, evidence)
    text = ast.unparse(ast.fix_missing_locations(tree))
    return text, 1 + asserts
