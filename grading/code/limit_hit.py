"""Limits that leave a cell running: it is told of them by an error, and people by this."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from grading.code.candidate.recorder import TRUNCATED

if TYPE_CHECKING:
    from collections.abc import Iterable

# Name of the error, how its text begins, and what it says of the cell.
_ERRORS = (
    ("MemoryError", "", "dùng quá bộ nhớ cho phép"),
    ("OSError", f"[Errno {errno.EFBIG}]", "ghi một tệp lớn quá mức cho phép"),
    ("OSError", f"[Errno {errno.ENOSPC}]", "ghi quá dung lượng cho phép"),
    ("OSError", f"[Errno {errno.EMFILE}]", "mở quá số tệp cho phép"),
    ("BlockingIOError", f"[Errno {errno.EAGAIN}]", "tạo quá số tiến trình hoặc luồng cho phép"),
    ("RuntimeError", "can't start new thread", "tạo quá số tiến trình hoặc luồng cho phép"),
)


def limit_hit(outputs: Iterable[dict[str, Any]]) -> str:
    """Which limit a cell ran into, as far as its outputs tell; an empty text for none."""
    return next((words for output in outputs if (words := _told(output))), "")


def _told(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return "in quá mức cho phép nên bị cắt" if TRUNCATED in output["text"] else ""
    if output["output_type"] != "error":
        return ""
    name, text = output["ename"], output["evalue"]
    return next((w for kind, start, w in _ERRORS if name == kind and text.startswith(start)), "")
