"""What all commands share: arguments, the clock, and how results are printed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grading.certification.decision import STATUS_NAMES, Status

if TYPE_CHECKING:
    from collections import Counter

Folder = Annotated[Path, typer.Argument(help="Thư mục kỳ sát hạch.")]
Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON cho chương trình khác.")]


def now() -> datetime:
    """The server's time."""
    return datetime.now(UTC)


def print_json(data: Any) -> None:
    """Print ``data`` on stdout as one line of JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, default=str))


def status_counts(statuses: Counter[str]) -> str:
    """Decisions by status, in words."""
    return ", ".join(f"{STATUS_NAMES[s]} {statuses[s]}" for s in Status if statuses[s])
