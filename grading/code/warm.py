"""A warm process as the engine sees it: start it, give it notebooks, take their outputs."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from courses.foundation.errors import GradingError
from grading.code.candidate.channel import Channel, ChannelError, DeadlineError
from grading.code.replies import JudgeLostError, StoppedError, bounded, read_reply
from grading.code.sandbox.confinement import SANDBOXES
from grading.code.sandbox.limits import Limits
from grading.code.sandbox.paths import package_folders

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from grading.code.sandbox.confinement import Tier

_START = 120.0  # seconds to import the libraries on a slow machine
_SERVICE = 30.0  # seconds for a request that runs no candidate code
_MOST_STARVED = 5  # times its seconds that a cell may be let wait for the processor
_LEAST_STARVED = 0.1  # share of the time from which waiting for the processor counts
_GRACE = 1.0  # seconds to end after an interrupt
_LARGEST_REPLY = 16 << 20  # bytes that a candidate's process may send after a cell
_LARGEST_VERDICT = 32 << 20  # bytes that a judge may
# Environment that the process and all its forks see: nothing of ours.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "IPYTHONDIR": "/tmp",  # noqa: S108 - the fork's own
    "NBGRADER_EXECUTION": "autograde",
}
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[3]); "
    "libraries = sys.argv[4]; "
    "sys.path += [place for place in sys.argv[5:] if place not in sys.path]; "
    "from grading.code.candidate.zygote import main; "
    "sys.path.remove(sys.argv[3]); sys.path.insert(0, ''); "
    "main(int(sys.argv[1]), sys.argv[2], libraries)"
)
_ROOT = Path(__file__).resolve().parents[2]


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
        self._libraries = libraries
        self._process, self._channel, self.tier = _spawn(tiers, libraries)
        self._judge: Channel | None = None
        self._control: Channel | None = None
        self._waited = 0.0  # seconds that the notebook has been kept from the processor, as known
        self.crowded = False  # whether a cell was stopped that others had kept from the processor

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
        self._process.kill()
        self.close()
        self._process, self._channel, self.tier = _spawn((self.tier,), self._libraries)

    def bring(self, libraries: tuple[str, ...]) -> None:
        """Have these libraries there too, imported once for all notebooks to come."""
        new = tuple(name for name in libraries if name not in self._libraries)
        if new:
            self._channel.send({"op": "bring", "libraries": new}, seconds=_SERVICE)
            self._channel.receive(_START)
            self._libraries += new

    def close(self) -> None:
        """End the process and everything it started."""
        self._drop_judge()
        self._drop_notebook()
        self._channel.close()
        try:
            self._process.wait(timeout=_SERVICE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=_SERVICE)

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
        encoded = {name: base64.b64encode(data).decode() for name, data in files.items()}
        request = {"op": "kernel_start" if kernel else "start", "files": encoded, "seed": seed}
        seconds = _START if kernel else _SERVICE  # the first kernel's libraries are imported now
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
        return str(self._request({"op": "limit_exceeded"})[0]["reason"])

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


def _spawn(
    tiers: tuple[Tier, ...], libraries: tuple[str, ...]
) -> tuple[subprocess.Popen[bytes], Channel, Tier]:
    reasons = []
    for tier in tiers:
        process, channel = _execute(tier, libraries)
        try:
            greeting = channel.receive(_START)[0]
        except ChannelError as error:
            greeting = {"error": f"không khởi động được ({error}, mã {process.poll()})"}
        if "error" not in greeting:
            return process, channel, tier
        channel.close()
        process.wait()
        reasons.append(f"{tier}: {greeting['error']}")
    raise GradingError(
        "máy này không dựng được hộp cát để chạy mã của thí sinh, nên không chấm "
        f"({'; '.join(reasons)}). Cần Linux cho phép user namespaces, hoặc Landlock ABI 6 và "
        "một người dùng thường; chỉ dùng --unsafe khi tin mọi bài nộp"
    )


def _execute(tier: str, libraries: tuple[str, ...]) -> tuple[subprocess.Popen[bytes], Channel]:
    near, far = socket.socketpair()
    program = [sys.executable, "-P", "-c", _PROGRAM]
    with far:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [
                *program,
                str(far.fileno()),
                tier,
                str(_ROOT),
                ",".join(libraries),
                *package_folders(),
            ],
            env=_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            pass_fds=(far.fileno(),),
            start_new_session=True,
        )
    return process, Channel(near, trusting=True)


def cell_deadline(end: float, seconds: float) -> float:
    """Seconds a cell may still take, with the notebook ending at monotonic time ``end``."""
    return max(0.1, min(seconds, end - time.monotonic()))
