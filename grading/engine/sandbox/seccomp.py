"""A seccomp filter, written as BPF: no sockets, no namespaces, no looking into other processes."""

from __future__ import annotations

import ctypes
import errno
import struct
from functools import lru_cache

from grading.engine.sandbox import kernel

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# name: (x86_64, aarch64); None where the machine lacks the call
_DENIED = {
    "socket": (41, 198),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "mount": (165, 40),
    "umount2": (166, 39),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "shmget": (29, 194),  # what the next notebook could find, as in the three below
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "userfaultfd": (323, 282),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "personality": (135, 92),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
    "vmsplice": (278, 75),
}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW… flag
_X32 = 0x40000000
_AF_UNIX = 1

_LOAD, _JUMP_EQUAL, _JUMP_ABOVE, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16


def _refuse(number: int) -> int:
    return 0x00050000 | number


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


@lru_cache  # every fork of a warm process installs the same
def program(machine: str, *, local_sockets: bool = False) -> bytes:
    """The filter for one kind of machine, as BPF instructions.

    ``local_sockets`` lets sockets of the machine itself be made, for a process that runs no
    candidate's code. ``clone3`` is answered "not implemented", so that the C library falls back
    to ``clone``, whose flags a filter can read.
    """
    parts = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_JUMP_EQUAL, _ARCHITECTURES[machine], 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
        _instruction(_JUMP_ABOVE, _X32, 0, 1),
        _instruction(_RETURN, _KILL),
        _instruction(_JUMP_EQUAL, _CLONE3, 0, 1),
        _instruction(_RETURN, _refuse(errno.ENOSYS)),
    ]
    column = list(_ARCHITECTURES).index(machine)
    if local_sockets:
        parts += [
            _instruction(_JUMP_EQUAL, _DENIED["socket"][column] or 0, 0, 4),
            _instruction(_LOAD, _FIRST_ARGUMENT),
            _instruction(_JUMP_EQUAL, _AF_UNIX, 0, 1),
            _instruction(_RETURN, _ALLOW),
            _instruction(_RETURN, _refuse(errno.EPERM)),
        ]
    for numbers in _DENIED.values():
        if numbers[column] is not None:
            parts.append(_instruction(_JUMP_EQUAL, numbers[column] or 0, 0, 1))
            parts.append(_instruction(_RETURN, _refuse(errno.EPERM)))
    parts += [
        _instruction(_JUMP_EQUAL, _CLONE[machine], 0, 3),
        _instruction(_LOAD, _FIRST_ARGUMENT),
        _instruction(_JUMP_SET, _NEW_NAMESPACES, 0, 1),
        _instruction(_RETURN, _refuse(errno.EPERM)),
        _instruction(_RETURN, _ALLOW),
    ]
    return b"".join(parts)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(*, local_sockets: bool = False) -> None:
    """Install the filter in this process, for good; ``no_new_privs`` must be set already.

    Raises:
        OSError: when the kernel refuses it, or the machine is of another kind.
    """
    if kernel.MACHINE not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"seccomp: {kernel.MACHINE}")
    code = program(kernel.MACHINE, local_sockets=local_sockets)
    filter_ = _Program(len(code) // 8, code)
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.addressof(filter_))
