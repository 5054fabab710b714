"""The hall once more, its candidates played by locust (https://locust.io)."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.exam_room.candidates import EVERY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.exam_room.candidates import Candidate, Room

_FILE = Path(__file__).with_name("locustfile.py")


def save_by_locust(room: Room, people: Sequence[Candidate], seconds: float) -> str:
    """Everybody saves every few seconds; a row of the table, as locust measured it.

    ``people`` hold afterwards what was acknowledged to them.
    """
    with tempfile.TemporaryDirectory() as place:
        told, table = Path(place, "people.json"), Path(place, "locust")
        saying = [{**dataclasses.asdict(one), "headers": one.headers} for one in people]
        stated = {"paper": room.paper, "every": EVERY, "people": saying}
        told.write_text(json.dumps(stated), "utf-8")
        _run(told, table, len(people), seconds)
        for one, its in zip(people, json.loads(told.read_text("utf-8"))["people"], strict=True):
            for name in ("revisions", "acknowledged", "unanswered"):
                setattr(one, name, its[name])
        return _row(Path(f"{table}_stats.csv"))


def _run(told: Path, table: Path, count: int, seconds: float) -> None:
    command = [sys.executable, "-m", "locust", "-f", str(_FILE), "--headless", "--only-summary"]
    much = ["-u", str(count), "-r", str(count), "-t", f"{seconds:.0f}s", "--csv", str(table)]
    # Failures stand in the table; only a locust that did not run at all is an error here.
    subprocess.run(  # noqa: S603 - our own
        [
            *command,
            *much,
            "--exit-code-on-error",
            "0",
            "--stop-timeout",
            "60",
            "--loglevel",
            "WARNING",
        ],
        env={**os.environ, "PEOPLE": str(told)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _row(table: Path) -> str:
    with table.open(encoding="utf-8", newline="") as file:
        one = next(row for row in csv.DictReader(file) if row["Name"] == "lưu câu")
    times = [one["Median Response Time"], one["95%"], one["Max Response Time"]]
    middle, p95, most = (f"{float(time):.0f}" for time in times)
    counted = f"{one['Request Count']} | {one['Failure Count']}"
    return f"| lưu câu, đo bằng locust | {counted} | {middle} | {p95} | {most} |"
