"""What a candidate's process answers, checked: it may have sent anything."""

from __future__ import annotations

from typing import Any

from grading.code.candidate.recorder import TRUNCATED


class StoppedError(Exception):
    """A cell had to be stopped, and with it the process: ``reason`` says by what."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class JudgeLostError(Exception):
    """There is no verdict from outside, and can be none in this process; ``trouble`` says why."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


SIGNS = frozenset(("builtins", "transformers", "tracing"))


def read_reply(reply: Any) -> tuple[list[dict[str, Any]], frozenset[str]]:
    """The outputs a candidate's process sent, and the signs of tampering that it found.

    Raises:
        StoppedError: when it is no such reply.
    """
    outputs = reply.get("outputs") if isinstance(reply, dict) else None
    if not isinstance(outputs, list) or not all(_is_output(output) for output in outputs):
        raise StoppedError("DeadKernelError")
    signs = reply.get("signs")
    if type(signs) is not list or not all(type(sign) is str and sign in SIGNS for sign in signs):
        raise StoppedError("DeadKernelError")
    return outputs, frozenset(signs)


_TEXTS = {"stream": ("name", "text"), "error": ("ename", "evalue")}


def _is_output(output: Any) -> bool:
    if not isinstance(output, dict):
        return False
    kind = output.get("output_type")
    if kind in _TEXTS:
        good = all(isinstance(output.get(key), str) for key in _TEXTS[kind])
        lines = output.get("traceback", [])
        return good and isinstance(lines, list) and all(isinstance(line, str) for line in lines)
    return kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict)


_OVERHEAD = 1 << 20  # characters of tracebacks and of data's own form beside what a cell prints


def bounded(outputs: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """The outputs without those that make them longer than an honest process lets them be."""
    kept: list[dict[str, Any]] = []
    left = limit + _OVERHEAD
    for output in outputs:
        left -= len(str(output))
        if left < 0:
            return [*kept, {"output_type": "stream", "name": "stdout", "text": TRUNCATED}]
        kept.append(output)
    return kept
