"""What a candidate's process answers, checked: it may have sent anything."""

from __future__ import annotations

from typing import Any


class StoppedError(Exception):
    """A cell had to be stopped, and with it the process: ``reason`` says by what."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_reply(reply: Any) -> tuple[list[dict[str, Any]], int]:
    """The outputs a candidate's process sent, and how much evidence.

    Raises:
        StoppedError: when it is no such reply.
    """
    outputs = reply.get("outputs") if isinstance(reply, dict) else None
    if not isinstance(outputs, list) or not all(_is_output(output) for output in outputs):
        raise StoppedError("DeadKernelError")
    left = reply.get("evidence")
    return outputs, left if type(left) is int else 0


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
