"""Students of a course that somebody else wrote, made from its solutions and its blank release."""

from __future__ import annotations

import ast
import copy
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOLUTION = "loi-giai"
_OTHER: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip

Answer = str
_Students = dict[str, "Callable[[int, Answer, Answer], Answer]"]


def students() -> _Students:
    """Ways of answering by student: the number of the answer, the solution, the blank, to text."""
    return {
        SOLUTION: lambda _number, solution, _blank: solution,
        "bo-trong": lambda _number, _solution, blank: blank,
        "mot-nua": lambda number, solution, blank: blank if number % 2 else solution,
        "nham-1": _slipping(1),
        "nham-2": _slipping(2),
    }


def answered(source: Any, released: Any, answer: Callable[[int, Answer, Answer], Answer]) -> Any:
    """The released notebook with each code answer given by ``answer``."""
    solutions = dict(_answers(source))
    submitted = copy.deepcopy(released)
    for number, (name, cell) in enumerate(_answer_cells(submitted)):
        if name in solutions:
            cell["source"] = answer(number, solutions[name], _text(cell))
    return submitted


def _answers(notebook: Any) -> Iterator[tuple[str, Answer]]:
    return ((name, _text(cell)) for name, cell in _answer_cells(notebook))


def _answer_cells(notebook: Any) -> Iterator[tuple[str, Any]]:
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and marks.get("solution"):
            yield marks["grade_id"], cell


def _text(cell: Any) -> str:
    return "".join(cell["source"])


def _slipping(seed: int) -> Callable[[int, Answer, Answer], Answer]:
    def answer(number: int, solution: Answer, _blank: Answer) -> Answer:
        return slip(solution, random.Random(f"{seed} {number}"))  # noqa: S311 - no secret

    return answer


def slip(source: str, chance: random.Random) -> str:
    """The source with one operator or number another; as it is where it is not plain Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    places = [change for node in ast.walk(tree) for change in _changes(node)]
    if not places:
        return source
    chance.choice(places)()
    return ast.unparse(tree)


def _changes(node: ast.AST) -> Iterator[Callable[[], None]]:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda: setattr(node, "value", node.value + 1)
    if isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in _OTHER:
        yield lambda: setattr(node, "op", _OTHER[type(node.op)]())
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER:
        yield lambda: setattr(node, "ops", [_OTHER[type(node.ops[0])](), *node.ops[1:]])
