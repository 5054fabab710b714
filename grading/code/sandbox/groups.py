"""A control group of the kernel's for the notebooks of one warm process, where one can be had.

It counts what looking at processes cannot: memory that several share, files in memory, and what
comes and goes between two looks. Sources: Linux kernel, Documentation/admin-guide/cgroup-v2.rst
and cgroup-v1/memory.rst, cgroup-v1/pids.rst.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grading.code.sandbox.limits import Limits

_CONTROLLERS = ("memory", "pids")
_EVENTS = ("memory.events", "memory.oom_control")
_PAGE = 4096  # bytes, more than such a file has
_LEAVE = 5.0  # seconds for ended processes to leave the group
_number = count()


@dataclass(frozen=True)
class Group:
    """The group's folders: one for each controller, or one for both."""

    folders: tuple[Path, ...]

    @classmethod
    def make(cls, system: Path = Path("/proc/self")) -> Group | None:
        """A new group beneath this process's own; None where the kernel or its owner offers none.

        Args:
            system: what the kernel says of this process.
        """
        home = f"cio-{Path('/proc/self/ns/pid').stat().st_ino}"
        name = f"{home}-{os.getpid()}-{next(_number)}"
        for folders in _places(system):
            for folder in folders:
                _remove_left(folder, home)
            group = cls(tuple(folder / name for folder in folders))
            try:
                for folder in group.folders:
                    folder.mkdir()
                group.descriptors(close=True)
            except OSError:
                group.end()
            else:
                return group
        return None

    def limit(self, allowed: Limits) -> None:
        """Set what all processes of a notebook may hold together."""
        self._write("pids.max", allowed.processes)
        if self._write("memory.max", allowed.memory):
            self._write("memory.swap.max", 0)
            self._write("memory.oom.group", 1)
        else:
            self._write("memory.limit_in_bytes", allowed.memory)
            self._write("memory.memsw.limit_in_bytes", allowed.memory)

    def descriptors(self, *, close: bool = False) -> tuple[int, ...]:
        """To be written ``0`` to by a process that joins, whatever it may open itself."""
        found = tuple(os.open(f / "cgroup.procs", os.O_WRONLY) for f in self.folders)
        for descriptor in found if close else ():
            os.close(descriptor)
        return () if close else found

    def killed(self) -> int:
        """How many processes the kernel has ended for want of memory."""
        told = os.pread(self._events, _PAGE, 0).split()
        return int(told[told.index(b"oom_kill") + 1])

    @cached_property
    def _events(self) -> int:
        """Where the kernel counts, open: it is read after every cell."""
        files = (f / name for f in self.folders for name in _EVENTS if (f / name).exists())
        return os.open(next(files), os.O_RDONLY)

    def end(self) -> None:
        """Remove it, once the processes that were in it are gone."""
        if (events := vars(self).pop("_events", None)) is not None:
            os.close(events)
        end = time.monotonic() + _LEAVE
        for folder in self.folders:
            while folder.exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    break
                if time.monotonic() > end:
                    return
                time.sleep(0.01)

    def _write(self, name: str, value: int) -> bool:
        """Whether there is such a file; one that is there must take the value."""
        for folder in self.folders:
            if (folder / name).exists():
                (folder / name).write_text(str(value))
                return True
        return False


def join(descriptors: tuple[int, ...]) -> None:
    """Let this process be counted in the group, and all that it starts."""
    for descriptor in descriptors:
        os.write(descriptor, b"0")
        os.close(descriptor)


def _remove_left(folder: Path, home: str) -> None:
    """Remove groups of those who ended without a chance to, among whom we would see alive."""
    for left in folder.glob(f"{home}-*-*"):
        if not Path("/proc", left.name.split("-")[2]).exists():
            with contextlib.suppress(OSError):
                left.rmdir()


def _places(system: Path) -> Iterator[tuple[Path, ...]]:
    """Groups that a new one may be made in, best first."""
    try:
        mounts = list(_mounts((system / "mountinfo").read_text()))
        lines = (system / "cgroup").read_text().splitlines()
    except OSError:
        return
    own = {names: path.lstrip("/") for _n, names, path in (line.split(":", 2) for line in lines)}
    for mount, _names in (m for m in mounts if m[1] == ""):
        for parent in ((mount / own.get("", "")).parent, mount):
            if parent.is_relative_to(mount) and _offers(parent):
                yield (parent,)
    old = {name: mount / own.get(names, "") for mount, names in mounts if names
           for name in names.split(",")}  # fmt: skip
    if all(name in old for name in _CONTROLLERS):
        yield tuple(dict.fromkeys(old[name] for name in _CONTROLLERS))


def _mounts(text: str) -> Iterator[tuple[Path, str]]:
    """Where groups are mounted, and what each counts; nothing for the unified kind."""
    for line in text.splitlines():
        place, _dash, kind = line.partition(" - ")
        options = kind.split()
        if options[0] == "cgroup2":
            yield Path(place.split()[4]), ""
        elif options[0] == "cgroup":
            names = [name for name in options[2].split(",") if name not in ("rw", "ro")]
            yield Path(place.split()[4]), ",".join(names)


def _offers(parent: Path) -> bool:
    """Whether groups in this one are counted by all controllers, if need be because we ask."""
    told = parent / "cgroup.subtree_control"
    with contextlib.suppress(OSError):
        if not set(_CONTROLLERS) <= set(told.read_text().split()):
            told.write_text(" ".join(f"+{name}" for name in _CONTROLLERS))
        return set(_CONTROLLERS) <= set(told.read_text().split())
    return False
