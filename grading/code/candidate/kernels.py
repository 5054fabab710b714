"""What the warm process needs to fork real kernels: nothing, until a notebook wants one."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

import comm

from grading.code.candidate.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

# A debugger nobody uses, and a grammar for addresses that takes seconds to build.
_LEFT_OUT = ("debugpy", "rfc3987_syntax")


class KernelModules:
    """Our two modules about kernels; the libraries they need are imported with the first kernel."""

    def __init__(self) -> None:
        package = "grading.code.candidate"
        self._process = Deferred(f"{package}.kernel_process")
        self._driver = Deferred(f"{package}.kernel_driver")

    def load(self) -> tuple[Any, Any]:
        """The modules for the kernel's process and for its driver's.

        Raises:
            ImportError: when this Python has no ipykernel or no nbclient.
        """
        with _without(_LEFT_OUT), _comms_untouched():
            return self._process.load(), self._driver.load()


@contextlib.contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: not to be found
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


@contextlib.contextmanager
def _comms_untouched() -> Iterator[None]:
    """Leave notebooks without a kernel as they are when no other notebook wanted one."""
    kept = comm.create_comm, comm.get_comm_manager
    try:
        yield
    finally:
        comm.create_comm, comm.get_comm_manager = kept
