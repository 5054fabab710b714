"""One interface over the tiers: how a warm process is confined, and each fork of it."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from grading.code.sandbox import (
    box,
    groups,
    house,
    kernel,
    landlock,
    limits,
    paths,
    processes,
    seccomp,
)

if TYPE_CHECKING:
    from grading.code.sandbox.limits import Limits

Tier = Literal["namespaces", "landlock", "unsafe"]
SANDBOXES: tuple[Tier, ...] = ("namespaces", "landlock")

_NOBODY = 65534
_INSIDE = 1000  # the only user there is inside
_NOTEBOOKS = 2  # as many notebooks may fill their limits at once
_COUNT_HOLDS = 2.0  # seconds for which a count of the user's processes is good enough
_NAMESPACES = (
    kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
)


class Confinement:
    """Confines this process by ``tier``; see the record of decision on the sandbox.

    ``group`` are descriptors by which notebooks join a group of the kernel's, where there is one.
    """

    def __init__(self, tier: str, group: tuple[int, ...] = ()) -> None:
        if tier not in (*SANDBOXES, "unsafe"):
            raise ValueError(tier)  # never unconfined by a slip of the pen
        self.tier, self.group = tier, group
        self._home = self._box = house.BOX
        self._own = self._sockets = ""
        self._mounted = False
        self._number = 0
        self._processes = -1
        self._others, self._counted = 0, float("-inf")

    def prepare(self) -> None:
        """Confine the warm process itself, before it imports anything large.

        Raises:
            OSError: when this machine does not allow the tier.
        """
        if self.tier == "namespaces":
            self._enter_namespaces()
            return
        if self.tier == "landlock":
            if landlock.abi() < landlock.LEAST_ABI:
                raise OSError(f"Landlock ABI {landlock.abi()} < {landlock.LEAST_ABI}")
            _leave_root()
            if not os.access(sys.base_prefix, os.R_OK | os.X_OK):
                raise OSError(f"{sys.base_prefix}: unreadable for an ordinary user")
            _readable()  # found once, not in each fork
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        self._home = tempfile.mkdtemp(prefix="bai-lam-")
        _use_for_all(self._home)

    def _enter_namespaces(self) -> None:
        root = _mount_point()
        superuser = os.geteuid() == 0
        if superuser:
            kernel.unshare(kernel.CLONE_NEWNS)
            house.build(root, own_processes=False)
            _leave_root()
        _new_user_namespace()
        kernel.unshare(_NAMESPACES)
        child = os.fork()
        if child:
            _follow(child)
        if superuser:
            house.own_processes()
        else:
            house.build(root, own_processes=True)
        (scratch, *_) = house.without_libraries("/tmp", house.CACHE)  # noqa: S108 - a private one
        _use_for_all(house.CACHE, scratch)
        self._processes = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self, *, isolate: bool) -> int:
        """Fork; an isolated child is the first process of a namespace of its own."""
        if self.tier != "namespaces":
            self._count_others()
        if not (isolate and self.tier == "namespaces"):
            return os.fork()
        kernel.unshare(kernel.CLONE_NEWPID)
        child = os.fork()
        if child:
            kernel.setns(self._processes, kernel.CLONE_NEWPID)
        return child

    def fresh_box(self, allowed: Limits) -> str:
        """An empty folder for a notebook's files, in a home that no other notebook ever has."""
        if self.tier == "namespaces":
            house.fresh_folder(self._box, allowed.box)
            self._mounted = True
        else:
            self._number += 1
            self._own = f"{self._home}/{self._number}"
            self._box, home = self._writable()
            for folder in (self._own, self._box, home):
                Path(folder).mkdir(mode=0o700)
            _use_for_all(home)
        return self._box

    def _writable(self) -> tuple[str, str]:
        """The notebook's box and home; it may not write, so not rename, in what they lie in."""
        return f"{self._own}/box", f"{self._own}/home"

    def socket_folder(self) -> str:
        """A new folder for a kernel's sockets; in the namespaces no candidate sees it."""
        self._sockets = f"{os.environ['TMPDIR']}/k"  # short: the path of a socket has 107 bytes
        Path(self._sockets).mkdir(mode=0o700)
        return self._sockets

    def clear_box(self) -> None:
        """Remove the notebook's files."""
        if self._sockets:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = ""
        if self._mounted:
            kernel.unmount(self._box)
            self._mounted = False
        if self._own:
            box.remove(self._own)
            self._own = ""

    def left_in_box(self, allowed: Limits) -> dict[str, str]:
        """Regular files in the box, as base64 by relative name; links are not followed."""
        return box.left_in(self._box, allowed)

    def enclose(self, allowed: Limits) -> None:
        """Confine a fork that will run a candidate's code; everything given up is gone for good."""
        groups.join(self.group)
        os.setsid()
        if self.tier == "namespaces":
            kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
            house.own_processes()
            for folder in house.without_libraries("/tmp", "/dev/shm", house.CACHE):  # noqa: S108 - private ones
                house.fresh_folder(folder, allowed.box)
        else:
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        self._close_off(allowed, int(allowed.notebook_seconds) + 1, self._writable())

    def enclose_judge(self, allowed: Limits) -> None:
        """Confine a judge no less than a candidate: it writes nothing, and sees no files."""
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        os.setsid()
        if self.tier == "namespaces":
            kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC)
            house.own_processes()
            house.empty("/tmp", "/dev/shm", house.CACHE, house.BOX)  # noqa: S108 - private ones
        os.chdir(house.BOX if self.tier == "namespaces" else "/")
        self._close_off(allowed, int(allowed.notebook_seconds) + 1, ())
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def enclose_driver(self, allowed: Limits) -> None:
        """Confine what drives a kernel: our code, but what it reads a candidate may have sent."""
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        self._close_off(allowed, None, (self._home,), local_sockets=True)

    def _close_off(
        self,
        allowed: Limits,
        seconds: int | None,
        writable: tuple[str, ...],
        *,
        local_sockets: bool = False,
    ) -> None:
        limits.apply(allowed, processes=self._most_processes(allowed), seconds=seconds)
        if self.tier == "unsafe":
            return
        kernel.drop_capabilities()
        if self.tier == "landlock":
            landlock.restrict(_readable(), (*writable, *paths.DEVICES))
        seccomp.install(local_sockets=local_sockets, shared_files=self.tier == "landlock")

    def _most_processes(self, allowed: Limits) -> int:
        """What the kernel is told: it counts by user, and by namespace where there is one.

        Without one the user's other programs count too, and other notebooks: a notebook's own
        are then bounded by looking, and this only stops a bomb until it is seen.
        """
        if self.tier == "namespaces":
            return allowed.processes
        return self._others + _NOTEBOOKS * allowed.processes

    def _count_others(self) -> None:
        """See now and then what else the user has running: on a busy machine looking takes long."""
        now = time.monotonic()
        if now > self._counted + _COUNT_HOLDS:
            self._others, self._counted = processes.of_user(os.getuid()), now

    def excess(self, judge: int, allowed: Limits) -> str:
        """Which limit the processes of the notebook together are beyond; empty for none.

        A group holds their memory and their number better than looking at each.
        """
        found = self._descendants(judge)
        if not self.group and sum(process.memory for process in found) > allowed.memory:
            return "MemoryLimitError"
        if not self.group and sum(process.tasks for process in found) > allowed.processes:
            return "ProcessLimitError"
        if sum(process.seconds for process in found) > allowed.processor_seconds:
            return "ProcessorLimitError"
        full = self._own and box.overfull(self._own, allowed)
        return "DiskLimitError" if full else ""

    def sweep(self, judge: int) -> None:
        """Kill whatever outlived the notebook."""
        if self.tier == "namespaces":
            return  # the kernel has killed the whole namespace with its first process
        while left := self._descendants(judge):
            for process in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.number, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass

    def _descendants(self, judge: int) -> list[processes.Process]:
        return processes.descendants(os.getpid(), judge)

    def end(self) -> None:
        """Leave nothing behind."""
        if self.tier != "namespaces":
            self.sweep(0)
            box.remove(self._home)


@cache  # as the warm process sees it
def _readable() -> tuple[str, ...]:
    """What Landlock lets be read: the libraries, without our own packages among them."""
    closed = paths.hidden()
    allowed = []
    for library in paths.libraries():
        if any(place.startswith(f"{library}/") for place in closed):
            allowed += _around(library, closed)
        else:
            allowed.append(library)
    return tuple(allowed)


def _around(folder: str, closed: tuple[str, ...]) -> list[str]:
    """The entries of ``folder``, deep enough to leave out what is closed."""
    entries = []
    for entry in os.scandir(folder):
        if entry.path in closed:
            continue
        if any(place.startswith(f"{entry.path}/") for place in closed):
            entries += _around(entry.path, closed)
        else:
            entries.append(entry.path)
    return entries


def _use_for_all(home: str, scratch: str = "") -> None:
    """Where forks keep what they keep: settings in ``home``, temporary files there or elsewhere."""
    os.environ.update(HOME=home, MPLCONFIGDIR=home, TMPDIR=scratch or home)
    tempfile.tempdir = None  # to be asked for anew


def _leave_root() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # or its own /proc files would be root's


def _new_user_namespace() -> None:
    user, group = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{_INSIDE} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{_INSIDE} {group} 1")


def _follow(child: int) -> None:
    """Wait for the process that does the work, and end as it ends."""
    os.closerange(0, 256)
    while True:
        with contextlib.suppress(InterruptedError):
            _process, status = os.waitpid(child, 0)
            os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _mount_point() -> str:
    """A folder every machine has, to mount the house on, that hides no library meanwhile."""
    for folder in house.without_libraries("/mnt", "/media", "/srv", "/sys", "/tmp"):  # noqa: S108 - only a place
        if Path(folder).is_dir():
            return folder
    raise OSError("no folder to mount on")
