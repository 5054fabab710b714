"""The processes of a notebook, and of a user, as /proc shows them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Fields of /proc/PID/stat after the name: proc_pid_stat(5) counts from 1, and the name is the 2nd.
_PARENT, _THREADS, _RESIDENT = 4 - 3, 20 - 3, 24 - 3
_TIMES = slice(14 - 3, 17 - 3 + 1)  # its own, and that of its children who have ended


class Process(NamedTuple):
    """One process: ``tasks`` are its threads, ``memory`` the bytes it holds.

    ``seconds`` is the processor time that it and its children who have ended took.
    """

    number: int
    parent: int
    tasks: int
    memory: int
    seconds: float


def descendants(ancestor: int, spared: int = 0) -> list[Process]:
    """Processes that come from ``ancestor``, without ``spared`` and what comes from it."""
    everyone = list(_everyone())
    found: dict[int, Process] = {}
    grown = {ancestor}
    while grown:
        new = {p.number: p for p in everyone if p.parent in grown and p.number != spared}
        grown = new.keys() - found.keys()
        found |= new
    return [found[number] for number in sorted(found)]


def of_user(user: int) -> int:
    """How many threads a user has on this machine, as the kernel counts them against a limit."""
    count = 0
    for folder in _folders():
        with contextlib.suppress(OSError, KeyError, ValueError):
            lines = (folder / "status").read_text(errors="replace").splitlines()
            told = dict(line.split(":", 1) for line in lines if ":" in line)
            if int(told["Uid"].split()[0]) == user:
                count += int(told["Threads"])
    return count


def starved(process: int) -> float:
    """Seconds that a process has been ready to run while others had the processor.

    Source: Linux kernel, Documentation/scheduler/sched-stats.rst, /proc/<pid>/schedstat.
    """
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9
    return 0.0


def _everyone() -> Iterator[Process]:
    page, tick = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
    for folder in _folders():
        with contextlib.suppress(OSError, IndexError, ValueError):
            text = (folder / "stat").read_text(errors="replace")
            fields = text.rpartition(")")[2].split()
            parent, tasks, pages = (int(fields[i]) for i in (_PARENT, _THREADS, _RESIDENT))
            seconds = sum(map(int, fields[_TIMES])) / tick
            yield Process(int(folder.name), parent, tasks, pages * page, seconds)


def _folders() -> Iterator[Path]:
    return (entry for entry in Path("/proc").iterdir() if entry.name.isdecimal())
