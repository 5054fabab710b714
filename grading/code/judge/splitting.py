"""The forms of tests that may be judged outside the candidate's process: all others are not.

A form is here when copies of the candidate's values say the same as the values themselves. What
no form can tell, whether a value is changed afterwards, is watched while the test is judged.
"""

from __future__ import annotations

import ast
from functools import lru_cache

_STATEMENTS = (
    ast.Module, ast.Expr, ast.Assert, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.While,
    ast.If, ast.With, ast.withitem, ast.Try, ast.ExceptHandler, ast.Raise, ast.FunctionDef,
    ast.Return, ast.Import, ast.ImportFrom, ast.alias, ast.Pass, ast.Break, ast.Continue,
)  # fmt: skip
_EXPRESSIONS = (
    ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Compare, ast.Call, ast.JoinedStr,
    ast.FormattedValue, ast.Constant, ast.Attribute, ast.Subscript, ast.Starred, ast.Name,
    ast.List, ast.Tuple, ast.Slice, ast.comprehension, ast.arguments, ast.arg, ast.keyword,
    ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop,
)  # fmt: skip
# Names that only mean something in the process they look at, or that ask what something is rather
# than what it holds.
_NAMES = frozenset(
    ("get_ipython", "In", "Out", "_", "__", "___", "globals", "locals", "eval", "exec", "vars",
     "__builtins__", "plt", "pylab", "id", "open", "input", "compile", "super", "setattr",
     "delattr", "round", "display", "breakpoint", "memoryview")
)  # fmt: skip
# Libraries whose functions take data and give data: none looks at the process or keeps a state.
_MODULES = frozenset(
    ("abc", "array", "bisect", "cmath", "collections", "contextlib", "datetime", "decimal",
     "fractions", "functools", "hashlib", "io", "itertools", "json", "math", "numbers", "numpy",
     "operator", "pandas", "re", "statistics", "string", "textwrap", "typing", "unittest")
)  # fmt: skip
_OF_MODULES = frozenset(
    ("main", "mock", "TextTestRunner", "TestLoader", "defaultTestLoader", "seed",
     "set_printoptions",
     "set_option",
     "getcontext", "setcontext", "localcontext", "lru_cache", "cache", "random",
     "set_eng_float_format", "errstate", "seterr", "singledispatch", "wraps", "modules")
)  # fmt: skip
_CHANGING = frozenset(
    ("clear", "update", "setdefault", "popitem", "sort", "reverse", "__setitem__", "__delitem__")
)
_SINGLE = (bool, type(None), type(...))


@lru_cache(maxsize=4096)  # a class hands in the same tests again and again
def why_inside(source: str) -> str:
    """Why the test is not judged outside; an empty text when it is."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return "không phải Python thuần (not plain Python)"
    return next((reason for node in ast.walk(tree) if (reason := _reason(node))), "")


def _reason(node: ast.AST) -> str:
    if not isinstance(node, (*_STATEMENTS, *_EXPRESSIONS)):
        return f"dùng {type(node).__name__}"
    found = ""
    if isinstance(node, ast.Name) and node.id in _NAMES and isinstance(node.ctx, ast.Load):
        found = node.id
    elif isinstance(node, ast.Attribute):
        found = _attribute(node)
    elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        found = "gán phần tử (item assignment)"
    elif isinstance(node, ast.Import | ast.ImportFrom):
        found = _imported(node)
    elif isinstance(node, ast.Compare) and not _is_plain(node):
        found = "is"
    elif isinstance(node, ast.FunctionDef) and node.decorator_list:
        found = "decorator"
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_special(node.value):
        found = node.value  # as in hasattr(x, "__add__")
    return f"dùng {found}" if found else ""


def _attribute(node: ast.Attribute) -> str:
    if not isinstance(node.ctx, ast.Load):
        return "gán thuộc tính (attribute assignment)"
    special = _is_special(node.attr) and node.attr not in ("__name__", "__doc__")
    changing = node.attr in _CHANGING | _OF_MODULES
    return node.attr if special or changing else ""


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and name.isidentifier()


def _imported(node: ast.Import | ast.ImportFrom) -> str:
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom):
        modules = ["." if node.level else node.module or ""]
    wrong = next((name for name in modules if name.partition(".")[0] not in _MODULES), "")
    parts = [part for name in (*modules, *(a.name for a in node.names)) for part in name.split(".")]
    return wrong or next((part for part in parts if part in _FORBIDDEN), "")


_FORBIDDEN = _OF_MODULES | {"*"}


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
