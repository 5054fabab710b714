"""A cell's outputs as they go into the marked notebook: nbformat's form, and no live content."""

from __future__ import annotations

from typing import Any

import nbformat

from grading.code.sanitising import safe_data

_DEEPEST = 50  # levels of nested data in an output


def as_output(output: Any, number: int) -> Any:
    """An output in nbformat's form, whatever else came with it."""
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return _output(kind, name=name, text=_clean(output["text"]))
    if kind == "error":
        lines = [_clean(line) for line in output.get("traceback", [])]
        parts = {"ename": _clean(output["ename"]), "evalue": _clean(output["evalue"])}
        return _output(kind, traceback=lines, **parts)
    data = {str(k): _clean(value) for k, value in output["data"].items() if _is_flat(value)}
    rest = {"execution_count": number} if kind == "execute_result" else {}
    return _output(kind, data=safe_data(data), metadata={}, **rest)


def _output(kind: str, **parts: Any) -> Any:
    """An output of these parts, each of the type that nbformat wants."""
    return nbformat.from_dict({"output_type": kind, **parts})


def _clean(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _is_flat(value: Any, depth: int = 0) -> bool:
    """Whether data is nested no deeper than whoever reads the notebook can follow."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return depth < _DEEPEST and all(_is_flat(part, depth + 1) for part in inner)
