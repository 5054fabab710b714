"""Limits that leave a cell running: it is told of them by an error, and people by this."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from grading.code.candidate.recorder import TRUNCATED

if TYPE_CHECKING:
    from collections.abc import Iterable

# Name of the error, how its text begins, and the code of the remark it makes.
_ERRORS = (
    ("MemoryError", "", "memory"),
    ("OSError", f"[Errno {errno.EFBIG}]", "file"),
    ("OSError", f"[Errno {errno.ENOSPC}]", "disk"),
    ("OSError", f"[Errno {errno.EMFILE}]", "files"),
    ("BlockingIOError", f"[Errno {errno.EAGAIN}]", "processes"),
    ("RuntimeError", "can't start new thread", "processes"),
)


# What ended or left out a cell, and the code of the remark it makes.
STOPPED_BY = {
    "CellTimeoutError": "cell-time",
    "DeadKernelError": "ended",
    "MemoryLimitError": "memory",
    "ProcessLimitError": "processes",
    "ProcessorLimitError": "processor",
    "DiskLimitError": "disk",
    "NotebookTimeoutError": "notebook-time",
}


def limit_hit(outputs: Iterable[dict[str, Any]]) -> str:
    """Code of the limit a cell ran into, as far as its outputs tell; an empty text for none."""
    return next((words for output in outputs if (words := _told(output))), "")


def _told(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return "output" if TRUNCATED in output["text"] else ""
    if output["output_type"] != "error":
        return ""
    name, text = output["ename"], output["evalue"]
    return next((w for kind, start, w in _ERRORS if name == kind and text.startswith(start)), "")
