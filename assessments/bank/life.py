"""The life of an item: which steps there are, and writing one into the item's file.

A step towards being asked (``pilot``, ``live``) needs two people; one away from it needs one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assessments.bank.statistics import FLAG_FROM
from courses.foundation.content import read_text
from courses.foundation.errors import ContentError
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assessments.bank.item import Change, Item, Status
    from assessments.bank.statistics import ItemStatistics

FORWARD: Mapping[Status, tuple[Status, ...]] = {
    "draft": ("pilot", "live"),
    "review": ("pilot", "live"),
    "pilot": ("live",),
    "live": (),
    "resting": ("live",),
    "retired": (),
}
AWAY: Mapping[Status, tuple[Status, ...]] = {
    "draft": ("retired",),
    "review": ("retired",),
    "pilot": ("resting", "retired"),
    "live": ("resting", "retired"),
    "resting": ("retired",),
    "retired": (),
}
STATUS_NAMES: Mapping[str, str] = {
    "draft": "đang soạn",
    "review": "chờ duyệt",
    "pilot": "thử nghiệm",
    "live": "đang dùng",
    "resting": "tạm nghỉ",
    "retired": "đã bỏ",
}
_KEYS = ("status", "reviewer_role", "approved", "changes")


def require_step(
    item: Item,
    after: Status,
    known: ItemStatistics | None,
    steps: Mapping[Status, tuple[Status, ...]],
) -> None:
    """Refuse a step that an item cannot take from where it stands.

    Raises:
        ContentError: when there is no such step, or a pilot has been answered by too few.
    """
    if after not in steps[item.status]:
        able = ", ".join(STATUS_NAMES[one] for one in steps[item.status]) or "không bước nào"
        raise ContentError(
            f"câu {item.id} {STATUS_NAMES[item.status]}, không chuyển sang {STATUS_NAMES[after]} "
            f"bằng lệnh này được; được: {able}"
        )
    answers = known.of_version(item.version).answers if known else 0
    if item.status == "pilot" and after == "live" and answers < FLAG_FROM:
        raise ContentError(
            f"câu {item.id} (bản {item.version}) mới thử với {answers} lượt làm, cần từ "
            f"{FLAG_FROM}; để thử thêm một kỳ, hoặc cho nghỉ"
        )


def write_step(path: Path, after: Status, change: Change, reviewer_role: str = "") -> None:
    """Write a step into an item's file, whole: its status, its change log and who approved it.

    Raises:
        ContentError: when the file cannot be read.
    """
    text = read_text(path)
    opening, front, rest = _parts(text, path)
    kept, log = _without(front)
    lines = [*kept, f"status: {after}"]
    if reviewer_role:
        lines += [f"reviewer_role: {_quoted(reviewer_role)}", f"approved: {change.day}"]
    else:
        lines += [line for line in front if line.startswith(("reviewer_role:", "approved:"))]
    entry = f"version: {change.version}, day: {change.day}, by: {_quoted(change.by)}"
    lines += ["changes:", *log, f"  - {{{entry}, what: {_quoted(change.what)}}}"]
    write_atomically(path, "".join([opening, "\n".join(lines), "\n---\n", rest]).encode())


def _parts(text: str, path: Path) -> tuple[str, list[str], str]:
    opening, mark, more = text.partition("---\n")
    front, end, rest = more.partition("\n---\n")
    if not mark or not end:
        raise ContentError("tệp phải mở đầu bằng phần khai báo giữa hai dòng ---", path=path)
    return opening + mark, front.split("\n"), rest


def _without(front: list[str]) -> tuple[list[str], list[str]]:
    """The lines of all other keys, and the entries of the change log as block lines."""
    kept: list[str] = []
    log: list[str] = []
    key = ""
    for line in front:
        if line.startswith("#"):
            kept.append(line)
            continue
        if found := re.match(r"(\w+):\s*(.*)$", line):
            key = found[1]
            if key == "changes" and found[2]:  # entries on the key's own line
                log += [f"  - {entry}" for entry in re.findall(r"\{[^{}]*\}", found[2])]
        if key not in _KEYS:
            kept.append(line)
        elif key == "changes" and line.strip() and not line.startswith("changes:"):
            log.append(line if line.startswith(" ") else f"  {line}")
    return kept, log


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(escaped.split())}"'
