"""The warm process: libraries imported once, one sandboxed fork a notebook.

It is started by exec with a clean environment and holds nothing but libraries: no path, no key,
no mark. It stays single-threaded, so that forks are sound. It serves one notebook at a time.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grading.code.candidate.channel import Channel, ChannelError
from grading.code.sandbox.confinement import Confinement
from grading.code.sandbox.limits import Limits
from grading.code.sandbox.processes import starved

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST_REQUEST = 1 << 30  # bytes: a notebook comes with all its files
_WATCH = 0.25  # seconds between looks at how much a notebook uses


def main(descriptors: str, tier: str) -> None:
    """Confine this process, import, say so, and serve until the other side closes.

    Args:
        descriptors: the connection, and where a notebook joins its group, with commas between.
        tier: how to confine this process.
    """
    gc.disable()  # until all is there that stays
    connection, *group = map(int, descriptors.split(","))
    channel = Channel(socket.socket(fileno=connection), _LARGEST_REQUEST)
    try:
        modules = _import_ours()
        confinement = Confinement(tier, tuple(group))
        confinement.prepare()
        shell = modules["shell"].make_shell()
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the other side must know
        channel.send({"error": f"{type(error).__name__}: {error}"})
        return
    sys.path[:] = [place for place in sys.path if not place or Path(place).exists()]
    _settle()
    channel.send({"tier": tier})
    with contextlib.suppress(ChannelError):
        Zygote(channel, confinement, shell, modules).serve()
    confinement.end()


def _settle() -> None:
    """Leave what is here out of every collection in a fork, which would copy it."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _import_ours() -> dict[str, Any]:
    """Our modules, while they can still be seen."""
    package = "grading.code"
    return {
        "shell": importlib.import_module(f"{package}.candidate.shell"),
        "notebook": importlib.import_module(f"{package}.candidate.notebook"),
        "bench": importlib.import_module(f"{package}.judge.bench"),
        "kernels": importlib.import_module(f"{package}.candidate.kernels").KernelModules(),
    }


def _import_libraries(names: list[str]) -> None:
    for name in names:
        with contextlib.suppress(Exception):  # what fails here fails in the notebook that wants it
            importlib.import_module(name)
    if "matplotlib" in sys.modules:
        _draw_once()


def _draw_once() -> None:
    """Load matplotlib's fonts and its renderer before any fork."""
    from matplotlib import pyplot as plt  # noqa: PLC0415 - only where it is wanted

    figure = plt.figure()
    figure.add_subplot().set_title("ô")
    figure.savefig(os.devnull, format="png")
    plt.close("all")
    backend: Any = importlib.import_module("matplotlib_inline.backend_inline")
    backend.show._draw_called = False  # noqa: SLF001 - undo what drawing once has set
    backend.show._to_draw = []  # noqa: SLF001 - as above


class Zygote:
    """Serves requests: start a notebook, start a judge, interrupt, finish."""

    def __init__(
        self, channel: Channel, confinement: Confinement, shell: Any, modules: dict[str, Any]
    ) -> None:
        self._channel, self._confinement, self._shell = channel, confinement, shell
        self._modules = modules
        self._child = 0
        self._driver = 0
        self._judge = 0
        self._limits = Limits()
        self._excess = ""

    def serve(self) -> None:
        """Answer requests until the channel closes."""
        while True:
            readable, _, _ = select.select([self._channel], [], [], _WATCH if self._child else None)
            if readable:
                request, _ = self._channel.receive()
                reply, descriptors = getattr(self, f"_{request.pop('op')}")(**request)
                self._channel.send(reply, descriptors)
                for descriptor in descriptors:
                    os.close(descriptor)
            elif excess := self._confinement.excess(self._judge, self._limits):
                self._excess = excess
                self._end_notebook()

    def _bring(self, libraries: list[str]) -> Any:
        """Import more libraries, when no notebook is here."""
        self._finish(collect=False)
        gc.unfreeze()
        gc.disable()
        _import_libraries(libraries)
        _settle()
        return {}, ()

    def _limit_exceeded(self) -> Any:
        return {"reason": self._excess}, ()

    def _start(self, files: dict[str, str], seed: int, limits: dict[str, Any]) -> Any:
        folder = self._fill_box(files, limits)

        def run(control: Channel, asks: Channel) -> None:
            os.chdir(folder)
            runner = self._modules["shell"].CellRunner(self._shell, self._limits.output, seed)
            serve_notebook = self._modules["notebook"].serve_notebook
            serve_notebook(runner, control, asks, lambda: self._confinement.enclose(self._limits))

        self._child, descriptors = self._fork(run, 2, isolate=True, keep=self._confinement.group)
        return {"folder": folder}, descriptors

    def _kernel_start(self, files: dict[str, str], seed: int, limits: dict[str, Any]) -> Any:
        """As ``_start``, with a real kernel, and a process between it and whoever asked."""
        try:
            kernel, driver = self._modules["kernels"].load()
        except ImportError as error:
            return {"error": f"thiếu thư viện {error.name}"}, ()
        folder = self._fill_box(files, limits)
        sockets = self._confinement.socket_folder()
        listeners = kernel.listen(sockets)

        def be_kernel(asks: Channel) -> None:
            os.chdir(folder)
            self._shell.recorder.limit = self._limits.output
            self._confinement.enclose(self._limits)
            kernel.serve_kernel(self._shell, sockets, listeners, asks, seed)

        def drive(control: Channel) -> None:
            self._confinement.enclose_driver(self._limits)
            driver.drive_kernel(control, sockets, process, self._limits.output)

        kept = (*self._confinement.group, *listeners.values())
        self._child, asks = self._fork(be_kernel, 1, isolate=True, keep=kept)
        process = os.pidfd_open(self._child)
        self._driver, control = self._fork(drive, 1, isolate=False, keep=(process,))
        for descriptor in (process, *listeners.values()):
            os.close(descriptor)
        return {"folder": folder}, (*control, *asks)

    def _fill_box(self, files: dict[str, str], limits: dict[str, Any]) -> str:
        self._finish(collect=False)
        self._limits = Limits(**limits)
        self._excess = ""
        folder = self._confinement.fresh_box(self._limits)
        for name, data in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(data))
        return folder

    def _judge_start(self, limits: dict[str, Any]) -> Any:
        self._judge_stop()

        def run(control: Channel) -> None:
            self._confinement.enclose_judge(Limits(**limits))
            self._modules["bench"].serve_judge(control)

        self._judge, descriptors = self._fork(run, 1, isolate=True)
        return {}, descriptors

    def _judge_stop(self) -> Any:
        if self._judge:
            self._kill(self._judge)
            self._judge = 0
        return {}, ()

    def _starved(self) -> Any:
        return {"seconds": starved(self._child)}, ()

    def _interrupt(self) -> Any:
        if self._child:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGINT)
        return {}, ()

    def _finish(self, *, collect: bool = True) -> Any:
        self._end_notebook()
        left = self._confinement.left_in_box(self._limits) if collect else {}
        self._confinement.clear_box()
        return {"files": left}, ()

    def _end_notebook(self) -> None:
        """End all its processes, so that nobody waits for one that is left."""
        if self._driver:
            self._kill(self._driver)
            self._driver = 0
        if self._child:
            self._kill(self._child)
            self._confinement.sweep(self._judge)
            self._child = 0

    def _fork(
        self, run: Callable[..., None], count: int, *, isolate: bool, keep: tuple[int, ...] = ()
    ) -> tuple[int, tuple[int, ...]]:
        """Fork, with ``count`` connections: the far ends go to whoever asked."""
        pairs = [socket.socketpair() for _ in range(count)]
        child = self._confinement.fork(isolate=isolate)
        if child == 0:
            _in_the_fork(run, [near for near, _far in pairs], self._channel, keep)
        for near, _far in pairs:
            near.close()
        return child, tuple(far.detach() for _near, far in pairs)

    def _kill(self, process: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)


def _in_the_fork(
    run: Callable[..., None], ends: list[socket.socket], parent: Channel, kept: tuple[int, ...]
) -> None:
    try:
        keep = {*kept, *(end.fileno() for end in ends)}
        parent.close()
        _close_all_but(keep)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run(*[Channel(end, trusting=True) for end in ends])
    except BaseException:  # noqa: BLE001 - nothing may get past the fork into the warm process
        os._exit(1)
    os._exit(0)


def _close_all_but(keep: set[int]) -> None:
    begin = 3
    for descriptor in [*sorted(keep), 256]:
        os.closerange(begin, descriptor)
        begin = descriptor + 1
