"""A root of its own: libraries read-only, nothing else of the machine, not even its processes."""

from __future__ import annotations

import os
from pathlib import Path

from grading.code.sandbox import kernel
from grading.code.sandbox.paths import DEVICES, hidden, libraries

BOX, CACHE = "/box", "/cache"
_SMALL = "size=64m,mode=0755"
_PRIVATE = kernel.MS_NOSUID | kernel.MS_NODEV
_KEPT = (  # flags a namespace may not take off a mount it was given
    (os.ST_NOSUID, kernel.MS_NOSUID),
    (os.ST_NODEV, kernel.MS_NODEV),
    (os.ST_NOEXEC, kernel.MS_NOEXEC),
)


def build(root: str, *, own_processes: bool) -> None:
    """Build the house on ``root`` and move into it.

    Args:
        root: an empty folder outside; the house is mounted there.
        own_processes: mount a ``/proc`` of this process namespace; otherwise the machine's is
            bound, to be covered by one who has a namespace.

    Raises:
        OSError: when the kernel refuses a step; the process must then end.
    """
    kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", root, "tmpfs", _PRIVATE, _SMALL)
    for path in libraries():
        _show(path, root)
    for path in DEVICES:
        _bind(path, root + path, read_only=False)
    for folder in ("proc", "tmp", "box", "dev/shm", "cache", "etc"):
        Path(root, folder).mkdir(parents=True, exist_ok=True)
    for folder in without_libraries("/tmp", BOX, CACHE):  # noqa: S108 - a private one
        kernel.mount("tmpfs", root + folder, "tmpfs", _PRIVATE, "size=64m,mode=1777")
    for path in hidden():
        kernel.mount("tmpfs", root + path, "tmpfs", _PRIVATE | kernel.MS_RDONLY, "size=0")
    if own_processes:
        kernel.mount("proc", f"{root}/proc", "proc", _PRIVATE | kernel.MS_NOEXEC)
    else:
        kernel.mount("/proc", f"{root}/proc", flags=kernel.MS_BIND | kernel.MS_REC)
    Path(root, "etc", "passwd").write_text("thi-sinh:x:1000:1000::/box:/bin/sh\n")
    kernel.pivot_root(root)
    # Nothing one notebook writes may be there for the next: only what is mounted anew is writable.
    flags = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | _PRIVATE
    kernel.mount("none", "/", flags=flags)


def _show(path: str, root: str) -> None:
    target = root + path
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    if os.path.islink(path):  # noqa: PTH114 - paths here are strings for the kernel
        Path(target).symlink_to(Path(path).readlink())
    else:
        _bind(path, target, read_only=True)


def _bind(path: str, target: str, *, read_only: bool) -> None:
    place = Path(target)
    place.parent.mkdir(parents=True, exist_ok=True)
    if Path(path).is_dir():
        place.mkdir(exist_ok=True)
    else:
        place.touch()
    kernel.mount(path, target, flags=kernel.MS_BIND | kernel.MS_REC)
    flags = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_NOSUID
    if read_only:
        flags |= kernel.MS_RDONLY | kernel.MS_NODEV
    kept = os.statvfs(target).f_flag
    flags |= sum(flag for held, flag in _KEPT if kept & held)
    kernel.mount("none", target, flags=flags)


def without_libraries(*folders: str) -> list[str]:
    """Those that something can be mounted on without hiding a library, as of a clone in /tmp."""
    needed = libraries()
    return [f for f in folders if not any(path.startswith(f"{f}/") for path in needed)]


def fresh_folder(path: str, size: int) -> None:
    """Mount an empty writable folder of at most ``size`` bytes."""
    options = f"size={size},nr_inodes=20000,mode=0700,uid={os.getuid()},gid={os.getgid()}"
    kernel.mount("tmpfs", path, "tmpfs", _PRIVATE, options)


def empty(*folders: str) -> None:
    """Cover folders by empty ones that cannot be written to."""
    for folder in without_libraries(*folders):
        kernel.mount("tmpfs", folder, "tmpfs", _PRIVATE | kernel.MS_RDONLY, "size=0")


def own_processes() -> None:
    """Show this process namespace alone in ``/proc``; none at all where that is refused."""
    try:
        kernel.mount("proc", "/proc", "proc", _PRIVATE | kernel.MS_NOEXEC)
    except OSError:
        kernel.mount("tmpfs", "/proc", "tmpfs", _PRIVATE | kernel.MS_RDONLY, "size=0")
