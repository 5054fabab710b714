"""A warm process as the engine sees it: start it, give it notebooks, take their outputs."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import time
from typing import TYPE_CHECKING, Any, Self

from grading.code.candidate.channel import Channel, ChannelError, DeadlineError
from grading.code.replies import JudgeLostError, StoppedError, bounded, read_reply
from grading.code.sandbox.confinement import SANDBOXES
from grading.code.sandbox.limits import Limits
from grading.code.starting import START, spawn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from grading.code.sandbox.confinement import Tier

_SERVICE = 30.0  # seconds for a request that runs no candidate code
_MOST_STARVED = 5  # times its seconds that a cell may be let wait for the processor
_LEAST_STARVED = 0.1  # share of the time from which waiting for the processor counts
_GRACE = 1.0  # seconds to end after an interrupt
_LARGEST_REPLY = 16 << 20  # bytes that a candidate's process may send after a cell
_LARGEST_VERDICT = 32 << 20  # bytes that a judge may


class KernelRefusedError(Exception):
    """No real kernel can be had here."""


class WarmProcess:
    """A zygote and the notebook it runs now; not for two threads at once."""

    def __init__(
        self,
        tiers: tuple[Tier, ...] = SANDBOXES,
        limits: Limits | None = None,
        libraries: tuple[str, ...] = (),
    ) -> None:
        self.limits = limits or Limits()
        self._libraries: tuple[str, ...] = ()
        self._begin(tiers)
        self._judge: Channel | None = None
        self._control: Channel | None = None
        self._waited = 0.0  # seconds that the notebook has been kept from the processor, as known
        self.crowded = False  # whether a cell was stopped that others had kept from the processor
        self.bring(libraries)

    def _begin(self, tiers: tuple[Tier, ...]) -> None:
        self._started, self.tier = spawn(tiers)
        self._channel, self._group = self._started.channel, self._started.group
        self._killed = 0
        if self._group:
            self._group.limit(self.limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def restart(self) -> None:
        """Begin again with a new process, of the same tier, when this one can no longer serve."""
        self._started.process.kill()
        self.close()
        self._begin((self.tier,))
        known, self._libraries = self._libraries, ()
        self.bring(known)

    def bring(self, libraries: tuple[str, ...]) -> None:
        """Have these libraries there too, imported once for all notebooks to come."""
        new = tuple(name for name in libraries if name not in self._libraries)
        if new:
            self._channel.send({"op": "bring", "libraries": new}, seconds=_SERVICE)
            self._channel.receive(START)
            self._libraries += new

    def close(self) -> None:
        """End the process and everything it started."""
        self._drop_judge()
        self._drop_notebook()
        self._started.end(_SERVICE)

    def start(
        self,
        files: Mapping[str, bytes],
        seed: int,
        shared: set[str],
        trusted: dict[str, str],
        *,
        kernel: bool = False,
        judged: bool = False,
    ) -> None:
        """Start a notebook among its files, in a real kernel or not, with a judge if it has need.

        The judge is a process of its own for this notebook alone; it is given its names.

        Raises:
            KernelRefusedError: when a real kernel is wanted and cannot be had.
        """
        self._drop_judge()
        self._drop_notebook()
        self._waited = 0.0
        self._killed = self._group.killed() if self._group else 0
        encoded = {name: base64.b64encode(data).decode() for name, data in files.items()}
        request = {"op": "kernel_start" if kernel else "start", "files": encoded, "seed": seed}
        seconds = START if kernel else _SERVICE  # the first kernel's libraries are imported now
        reply, descriptors = self._request({**request, "limits": self.limits.record()}, seconds)
        if "error" in reply:
            raise KernelRefusedError(reply["error"])
        control, asks = descriptors
        self._control = Channel(socket.socket(fileno=control), _LARGEST_REPLY)
        if kernel:
            self._await_kernel(asks)
        try:
            if judged:
                self._start_judge(asks, shared, trusted, seed)
        finally:
            os.close(asks)

    def _start_judge(self, asks: int, shared: set[str], trusted: dict[str, str], seed: int) -> None:
        request = {"op": "judge_start", "limits": self.limits.record()}
        _, (descriptor,) = self._request(request)
        self._judge = Channel(socket.socket(fileno=descriptor), _LARGEST_VERDICT)
        beginning = {
            "op": "begin",
            "shared": sorted(shared),
            "trusted": trusted,
            "seed": seed,
            "output": self.limits.output,
        }
        self._judge.send(beginning, (asks,), _SERVICE)
        self._judge.receive(_SERVICE)

    def _await_kernel(self, asks: int) -> None:
        try:
            if self._control is not None:
                self._control.receive(_SERVICE)
        except ChannelError:
            os.close(asks)
            raise KernelRefusedError("nhân không khởi động được") from None

    def run(
        self, source: str, number: int, seconds: float
    ) -> tuple[list[dict[str, Any]], bool, frozenset[str]]:
        """Run a cell; its outputs, whether it had to be interrupted, and signs of tampering.

        Raises:
            StoppedError: when the process is gone, or would not stop.
        """
        control = self._control
        if control is None:
            raise StoppedError("DeadKernelError")
        try:
            reply = self._in_time(control, {"source": source, "number": number}, seconds)
            late = False
        except DeadlineError:
            self._request({"op": "interrupt"})
            reply, late = self._after_interrupt(control), True
        except ChannelError:
            raise StoppedError("DeadKernelError") from None
        if self._is_out_of_memory():
            raise StoppedError("MemoryLimitError")
        outputs, signs = read_reply(reply)
        return bounded(outputs, self.limits.output), late, signs

    def _in_time(self, control: Channel, message: Any, seconds: float) -> Any:
        """The answer within ``seconds``, and as much more as others kept the processor from it."""
        left = seconds
        end = time.monotonic() + _MOST_STARVED * seconds
        control.send(message, seconds=seconds)
        while True:
            try:
                return control.receive(left)[0]
            except DeadlineError:
                known, self._waited = self._waited, self._starved()
                waited = self._waited - known
                if waited < _LEAST_STARVED * left or not control.whole:
                    raise
                left = min(waited, end - time.monotonic())
                if left < _LEAST_STARVED * seconds:
                    self.crowded = True
                    raise

    def _starved(self) -> float:
        """Seconds that the notebook's process has been ready to run, and not been let."""
        return float(self._request({"op": "starved"})[0]["seconds"])

    def _after_interrupt(self, control: Channel) -> Any:
        try:
            return control.receive(_GRACE)[0]
        except ChannelError:
            raise StoppedError("CellTimeoutError") from None

    def test(self, source: str, number: int, seconds: float) -> dict[str, Any]:
        """Judge a test cell; ``outputs`` and ``trouble`` as the judge gives them.

        Raises:
            JudgeLostError: when judge and candidate did not come to an end in time.
        """
        if self._judge is None:
            raise JudgeLostError("gone")
        try:
            question = {"op": "test", "source": source, "number": number}
            return dict(self._judge.ask(question, seconds))
        except ChannelError as error:
            self._drop_judge()
            raise JudgeLostError("late" if isinstance(error, DeadlineError) else "gone") from None

    def limit_exceeded(self) -> str:
        """Which limit on all its processes together the notebook was ended for; empty for none."""
        reason = str(self._request({"op": "limit_exceeded"})[0]["reason"])
        return reason or ("MemoryLimitError" if self._is_out_of_memory() else "")

    def _is_out_of_memory(self) -> bool:
        """Whether the kernel has ended any process of the notebook for what all of them hold."""
        return self._group is not None and self._group.killed() > self._killed

    def finish(self) -> dict[str, bytes]:
        """End the notebook; the files it leaves."""
        self._drop_judge()
        self._drop_notebook()
        reply, _ = self._request({"op": "finish"})
        return {name: base64.b64decode(data) for name, data in reply["files"].items()}

    def _drop_judge(self) -> None:
        if self._judge is not None:
            self._judge.close()
            self._judge = None
            with contextlib.suppress(ChannelError):
                self._request({"op": "judge_stop"})

    def _drop_notebook(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None

    def _request(self, request: dict[str, Any], seconds: float = _SERVICE) -> tuple[Any, list[int]]:
        self._channel.send(request, seconds=_SERVICE)
        return self._channel.receive(seconds)


def cell_deadline(end: float, seconds: float) -> float:
    """Seconds a cell may still take, with the notebook ending at monotonic time ``end``."""
    return max(0.1, min(seconds, end - time.monotonic()))
