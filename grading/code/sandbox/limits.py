"""How much one notebook may use."""

from __future__ import annotations

import resource
from dataclasses import asdict, dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits for one notebook; sizes in bytes, times in seconds.

    ``memory`` bounds each process by its address space and all of them together by what they
    hold; ``processor_seconds`` bounds the processor time of all of them; ``box`` bounds the files
    of one notebook, ``file`` one file, ``output`` what one cell prints.
    """

    cell_seconds: float = 30.0
    notebook_seconds: float = 300.0
    processor_seconds: float = 600.0
    memory: int = 2048 * MIB
    processes: int = 64
    open_files: int = 256
    file: int = 64 * MIB
    box: int = 256 * MIB
    output: int = MIB
    restarts: int = 3

    def record(self) -> dict[str, float]:
        """As JSON data, for another process."""
        return asdict(self)


def apply(limits: Limits, *, processes: int, seconds: int | None = None) -> None:
    """Set the kernel's limits on this process and its children, for good.

    Args:
        limits: what one notebook may use.
        processes: how many processes and threads their user may have, other programs' included.
        seconds: processor time of one process; none for a process that serves many notebooks.
    """
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(kind, (value, value))
