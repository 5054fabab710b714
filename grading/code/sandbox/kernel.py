"""The few system calls a sandbox needs and Python 3.11 does not offer, through ctypes."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_CAPBSET_DROP, PR_SET_SECUREBITS, PR_SET_CHILD_SUBREAPER = 24, 28, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4

MACHINE = platform.machine()
# Numbers of calls that the C library does not wrap, by machine.
_NUMBERS = {
    "x86_64": {"pivot_root": 155, "capset": 126},
    "aarch64": {"pivot_root": 41, "capset": 91},
}
_LAST_CAPABILITY = 63
_ALL_LOCKED = 0x2F  # keep no capability across a change of user, for ever


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def system_call(name: str, number: int, *arguments: Any) -> int:
    """Make the call with this number; raises OSError."""
    return _check(_libc.syscall(number, *arguments), name)


def unshare(flags: int) -> None:
    """Leave the namespaces named by ``flags``."""
    _check(_libc.unshare(flags), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """Enter the namespace behind a descriptor."""
    _check(_libc.setns(descriptor, kind), "setns")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount, bind or remount."""
    arguments = (source.encode(), target.encode(), kind.encode() or None)
    _check(_libc.mount(*arguments, flags, options.encode() or None), f"mount {target}")


def unmount(target: str) -> None:
    """Detach a mount, even when it is in use."""
    _check(_libc.umount2(target.encode(), MNT_DETACH), f"umount {target}")


def pivot_root(new: str) -> None:
    """Make ``new`` the root and forget the old one."""
    os.chdir(new)
    system_call("pivot_root", _NUMBERS[MACHINE]["pivot_root"], b".", b".")
    unmount(".")
    os.chdir("/")


def prctl(option: int, *arguments: int) -> int:
    """Set a property of this process; raises OSError."""
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    return _check(_libc.prctl(option, *padded), f"prctl {option}")


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def drop_capabilities() -> None:
    """Give up every capability, and every way of getting one back."""
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # past the last one this kernel knows, or none held
    with contextlib.suppress(PermissionError):  # where there is no capability to begin with
        prctl(PR_SET_SECUREBITS, _ALL_LOCKED)
    header = _Header(0x20080522, 0)
    sets = (_Sets * 2)()
    number = _NUMBERS[MACHINE]["capset"]
    system_call("capset", number, ctypes.byref(header), ctypes.byref(sets))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
