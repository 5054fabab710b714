"""Landlock: what a process without namespaces may open, and whom it may signal.

Source: Linux kernel, Documentation/userspace-api/landlock.rst; ABI 6 brought the scoping of
signals and of abstract sockets, without which a process could kill its parent.
"""

from __future__ import annotations

import ctypes
import os
import struct
from typing import TYPE_CHECKING

from grading.code.sandbox import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_ABI = 6
_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every machine
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE, _IOCTL = 1, 2, 4, 8, 1 << 14, 1 << 15
_ALL_FILES = (1 << 16) - 1
_ON_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ALL_TCP, _ALL_SCOPES = 3, 3


def abi() -> int:
    """The version the kernel offers; 0 for none."""
    try:
        return kernel.system_call("landlock_create_ruleset", _CREATE, None, 0, 1)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Confine this process for good; ``no_new_privs`` must be set already.

    Raises:
        OSError: when the kernel refuses.
    """
    attributes = struct.pack("QQQ", _ALL_FILES, _ALL_TCP, _ALL_SCOPES)
    rules = kernel.system_call(
        "landlock_create_ruleset", _CREATE, attributes, ctypes.c_size_t(len(attributes)), 0
    )
    for paths, access in ((readable, _READ), (writable, _ALL_FILES)):
        for path in paths:
            _allow(rules, path, access)
    kernel.system_call("landlock_restrict_self", _RESTRICT, rules, 0)
    os.close(rules)


def _allow(rules: int, path: str, access: int) -> None:
    if not os.path.isdir(path):  # noqa: PTH112 - pathlib costs time in every child
        access &= _ON_A_FILE
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    beneath = struct.pack("=Qi", access, descriptor)
    kernel.system_call("landlock_add_rule", _ADD_RULE, rules, 1, beneath, 0)
    os.close(descriptor)
