"""A seccomp filter, written as BPF: no sockets, no namespaces, no looking into other processes."""

from __future__ import annotations

import ctypes
import errno
import struct
from functools import lru_cache
from typing import TYPE_CHECKING

from grading.code.sandbox import kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_Calls = dict[str, tuple[int | None, int | None]]
# name: (x86_64, aarch64); None where the machine lacks the call
_DENIED: _Calls = {
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
    "memfd_create": (319, 279),  # memory that no count of a process's own shows
    "memfd_secret": (447, 447),
    "setpriority": (141, 140),  # of any process of the same user
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
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
# Threads of ZeroMQ ask for the scheduling they have; refused, they end the process. A session of
# one's own would have a share of the processor of its own.
_PRETENDED: _Calls = {"sched_setscheduler": (144, 119), "setsid": (112, 157)}
# What Landlock does not hold back from files of the same user: it seems to succeed, as honest
# code that copies a file expects, and does nothing.
_PRETENDED_OF_FILES: _Calls = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
}
_MMAP = {"x86_64": 9, "aarch64": 222}
_FOURTH_ARGUMENT = 40
_MAP_KIND, _MAP_SHARED_ANONYMOUS = 0x2F, 0x21
_PRLIMIT = {"x86_64": 302, "aarch64": 261}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW… flag
_X32 = 0x40000000
_AF_UNIX = 1

_LOAD, _JUMP_EQUAL, _JUMP_ABOVE, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_AND = 0x54
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16


def _refuse(number: int) -> int:
    return 0x00050000 | number


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _only_with(number: int, value: int) -> list[bytes]:
    """Allow the call with this first argument alone."""
    return [
        _instruction(_JUMP_EQUAL, number, 0, 4),
        _instruction(_LOAD, _FIRST_ARGUMENT),
        _instruction(_JUMP_EQUAL, value, 0, 1),
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _refuse(errno.EPERM)),
    ]


def _no_shared_memory(number: int) -> list[bytes]:
    """Refuse memory that is shared and in no file: no count of a process's own shows it."""
    return [
        _instruction(_JUMP_EQUAL, number, 0, 5),
        _instruction(_LOAD, _FOURTH_ARGUMENT),
        _instruction(_AND, _MAP_KIND),
        _instruction(_JUMP_EQUAL, _MAP_SHARED_ANONYMOUS, 0, 1),
        _instruction(_RETURN, _refuse(errno.EPERM)),
        _instruction(_RETURN, _ALLOW),
    ]


def _answered(calls: _Calls, column: int, error: int) -> Iterator[bytes]:
    """Answer each of the calls with this error, or with success when it is 0."""
    for numbers in calls.values():
        number = numbers[column]
        if number is not None:
            yield _instruction(_JUMP_EQUAL, number, 0, 1)
            yield _instruction(_RETURN, _refuse(error))


@lru_cache  # every fork of a warm process installs the same
def program(machine: str, *, local_sockets: bool = False, shared_files: bool = False) -> bytes:
    """The filter for one kind of machine, as BPF instructions.

    ``local_sockets`` lets sockets of the machine itself be made, for a process that runs no
    candidate's code. ``shared_files`` is for a process that is not alone with its files.
    ``clone3`` is answered "not implemented", so that the C library falls back to ``clone``, whose
    flags a filter can read.
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
        parts += _only_with(_DENIED["socket"][column] or 0, _AF_UNIX)
    parts += _answered(_PRETENDED | (_PRETENDED_OF_FILES if shared_files else {}), column, 0)
    parts += _answered(_DENIED, column, errno.EPERM)
    parts += _no_shared_memory(_MMAP[machine])
    parts += _only_with(_PRLIMIT[machine], 0)
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


def install(*, local_sockets: bool = False, shared_files: bool = False) -> None:
    """Install the filter in this process, for good; ``no_new_privs`` must be set already.

    Raises:
        OSError: when the kernel refuses it, or the machine is of another kind.
    """
    if kernel.MACHINE not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"seccomp: {kernel.MACHINE}")
    code = program(kernel.MACHINE, local_sockets=local_sockets, shared_files=shared_files)
    filter_ = _Program(len(code) // 8, code)
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.addressof(filter_))
