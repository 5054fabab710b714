"""A real kernel in a candidate's fork.

Its listening sockets are made before it is confined and handed to ZeroMQ by their descriptors, so
that it may be forbidden to make any, exactly like a notebook that runs without a kernel.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

import comm
import zmq
from ipykernel import debugger, ipkernel  # noqa: F401 - the debugger, now and without its libraries
from ipykernel.control import ControlThread
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.shellchannel import ShellChannelThread
from ipykernel.zmqshell import ZMQInteractiveShell
from tornado.ioloop import IOLoop
from traitlets import Type
from traitlets.config import Config

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.copies import Copies
from grading.code.candidate.recorder import TRUNCATED, RecordedStream, Recorder
from grading.code.candidate.shell import refuse_input, reseed, run_command, signs_of

if TYPE_CHECKING:
    from grading.code.candidate.channel import Channel
    from grading.code.candidate.shell import CandidateShell

CHANNELS = ("shell", "iopub", "control")
KEY = b"-"  # no secret: whoever reaches the sockets may write to them
_FILES = ("shell", "iopub", "control", "stdin", "hb")  # numbered as a kernel numbers its ports


def listen(folder: str) -> dict[str, int]:
    """Listening sockets in ``folder``, by channel."""
    found = {}
    for channel in CHANNELS:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(f"{place(folder)}-{port(channel)}")
        listener.listen(8)
        found[channel] = listener.detach()
    return found


def place(folder: str) -> str:
    """What a kernel takes for its address."""
    return f"{folder}/k"


def port(channel: str) -> int:
    """What a kernel takes for the port of a channel."""
    return _FILES.index(channel) + 1


class _Budget:
    """What the cell under way may still print."""

    limit = left = 1 << 20

    def renew(self) -> None:
        self.left = self.limit

    def spend(self, text: str) -> str:
        """What of the text is to be printed."""
        if self.left < 0:
            return ""
        self.left -= len(text)
        return text if self.left >= 0 else TRUNCATED


_budget = _Budget()


class BoundedStream(OutStream):
    """A kernel's stream that prints no more than a cell may."""

    def write(self, string: str) -> int:
        """Send the text on while the cell may print."""
        sent = _budget.spend(string) if isinstance(string, str) else string
        if sent != "":
            super().write(sent)
        return len(string)


class _Shell(ZMQInteractiveShell):
    def system_piped(self, cmd: str) -> None:
        run_command(self, cmd)

    system = system_piped


class _Outputs(IOPubThread):
    """Sends what is put out; not from forks, which would need a socket for it."""

    def send_multipart(self, *args: Any, **kwargs: Any) -> None:
        if self._is_master_process():
            super().send_multipart(*args, **kwargs)


class _Kernel(IPythonKernel):
    shell_class = Type(_Shell)
    seed: int | None = None

    async def do_execute(
        self,
        code: str,
        silent: bool,  # noqa: FBT001 - the kernel's own interface
        store_history: bool = True,  # noqa: FBT001, FBT002 - as above
        user_expressions: Any = None,
        allow_stdin: bool = False,  # noqa: FBT001, FBT002 - as above
        **rest: Any,
    ) -> Any:
        """Run a cell with the number that the driver asks for."""
        asked, shell = user_expressions or {}, self._shell()
        _budget.renew()
        if self.seed is not None:  # now: a kernel takes from chance itself while it starts
            reseed(self.seed)
            self.seed = None
        shell.execution_count = int(asked.get("number", shell.execution_count))
        reply = await super().do_execute(code, silent, store_history, None, allow_stdin, **rest)
        reply["user_expressions"] = {"signs": signs_of(shell)}
        return reply

    def _shell(self) -> Any:
        return self.shell

    def raw_input(self, prompt: Any = "") -> str:
        return refuse_input(prompt)

    def getpass(self, prompt: str = "", stream: Any = None, **_rest: Any) -> str:
        del stream
        return refuse_input(prompt)


class _App(IPKernelApp):
    kernel_class = Type(_Kernel)
    listeners: dict[str, int]

    def _try_bind_socket(self, s: Any, port: int) -> int:
        channel = _FILES[port - 1]
        s.sndhwm = 0  # a kernel whose messages wait fills its own memory, and loses none of them
        if channel in self.listeners:
            s.use_fd = self.listeners[channel]
            s.bind(f"ipc://{self.ip}-{port}")
        return port

    def init_control(self, context: Any) -> None:
        self.control_socket = context.socket(zmq.ROUTER)
        self._bind_socket(self.control_socket, self.control_port)
        self.debugpy_socket = context.socket(zmq.STREAM)
        self.debug_shell_socket = context.socket(zmq.DEALER)
        self.control_thread = ControlThread(daemon=True)
        self.shell_channel_thread = ShellChannelThread(context, daemon=True)

    def init_iopub(self, context: Any) -> None:
        self.iopub_socket = context.socket(zmq.XPUB)
        self._bind_socket(self.iopub_socket, self.iopub_port)
        self.configure_tornado_logger()
        self.iopub_thread = _Outputs(self.iopub_socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_heartbeat(self) -> None:
        """Whether it lives is known from its process."""

    def log_connection_info(self) -> None:
        """Nobody is to connect."""


def serve_kernel(
    old: CandidateShell, folder: str, listeners: dict[str, int], asks: Channel, seed: int
) -> None:
    """Be a kernel until killed; the judge's questions come on ``asks``."""
    _silence()
    _budget.limit = old.recorder.limit
    type(old).clear_instance()
    comm.create_comm, comm.get_comm_manager = ipkernel._create_comm, ipkernel._get_comm_manager  # noqa: SLF001 - as importing ipykernel leaves them
    app = _App.instance(config=_config(folder))
    app.listeners = listeners
    app.initialize([])
    _show_figures(app.shell)
    _answer_the_judge(app.shell, asks)
    # With one handler of asyncio's own, a signal wakes its loop: also an interrupt, when it waits.
    asyncio.get_event_loop().add_signal_handler(signal.SIGUSR2, lambda: None)
    app.kernel.seed = seed
    app.start()


def _config(folder: str) -> Config:
    ports = {f"{name}_port": port(name) for name in _FILES}
    config = Config()
    config.IPKernelApp.update(transport="ipc", ip=place(folder), **ports)
    config.IPKernelApp.connection_file = f"{folder}/kernel.json"
    config.IPKernelApp.outstream_class = f"{__name__}.BoundedStream"
    config.IPKernelApp.log_level = 50
    config.Session.key = KEY
    config.HistoryManager.enabled = False
    return config


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(null, descriptor)


def _show_figures(shell: Any) -> None:
    """Let figures be shown by this shell, where matplotlib has come to know another."""
    backend = sys.modules.get("matplotlib_inline.backend_inline")
    if backend is not None:
        vars(backend.configure_inline_support).pop("current_backend", None)
        backend.configure_inline_support(shell, "inline")


class _Runner:
    """Records what a question of the judge's makes the candidate's code print."""

    def __init__(self, shell: Any, limit: int) -> None:
        self.shell = shell
        self._recorder = Recorder(limit)
        self._streams: tuple[Any, Any] | None = None

    def begin(self, number: int) -> None:
        self._recorder.begin(number)
        self._streams = self._streams or (sys.stdout, sys.stderr)
        sys.stdout = RecordedStream(self._recorder, "stdout", 1)
        sys.stderr = RecordedStream(self._recorder, "stderr", 2)

    def taken(self) -> list[dict[str, Any]]:
        if self._streams is not None:
            (sys.stdout, sys.stderr), self._streams = self._streams, None
        return self._recorder.taken()


def _answer_the_judge(shell: Any, asks: Channel) -> None:
    runner: Any = _Runner(shell, _budget.limit)
    copies = Copies(runner, asks)
    loop = IOLoop.current()

    def answer(*_event: Any) -> None:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            copies.answer()
        except ChannelError:
            loop.remove_handler(asks.fileno())
        finally:
            signal.signal(signal.SIGINT, before)

    with contextlib.suppress(OSError):
        loop.add_handler(asks.fileno(), answer, IOLoop.READ)
