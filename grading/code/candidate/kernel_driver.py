"""Drives a real kernel: cells from the engine, through nbclient, outputs back.

It stands between the engine and what a candidate's kernel sends: ZeroMQ would let that fill the
memory of whoever reads it, and here it can only fill its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import select
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from traitlets import Int

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.kernel_process import CHANNELS, KEY, place, port
from grading.code.candidate.recorder import TRUNCATED

if TYPE_CHECKING:
    from grading.code.candidate.channel import Channel

_READY = 20  # seconds for a kernel to say that it is ready
_LARGEST = 32 << 20  # bytes of one message of a kernel's
_MOST_ERRORS = 20  # in one cell
_FOREVER = 86400  # seconds; the engine keeps the time


class ForkedProvisioner(KernelProvisionerBase):
    """Takes charge of a kernel that the warm process has forked, by its process descriptor."""

    process = Int()
    parent: Any

    @property
    def has_process(self) -> bool:
        """Always: there is no provisioner without a kernel."""
        return True

    async def poll(self) -> int | None:
        """None while the kernel lives; its exit code is the warm process's to know."""
        ended, _, _ = select.select([self.process], [], [], 0)
        return 0 if ended else None

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        await asyncio.to_thread(select.select, [self.process], [], [])
        return 0

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel, where the sandbox lets its driver do so."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            signal.pidfd_send_signal(self.process, signum)

    async def kill(self, restart: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the base's
        """End the kernel."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - the base's
        """End the kernel: it has nothing to put in order."""
        await self.kill(restart)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """No command: the kernel is there."""
        return {**kwargs, "cmd": []}

    async def launch_kernel(self, cmd: list[str], **_kwargs: Any) -> Any:
        """Where the kernel is found."""
        del cmd
        return self.parent.get_connection_info()

    async def cleanup(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - the base's
        """The warm process removes what there is."""


class _Client(AsyncKernelClient):
    """Asks, with each cell, for its number and for signs of tampering."""

    asked: dict[str, Any]

    def start_channels(self, *_args: Any, **_kwargs: Any) -> None:
        super().start_channels(stdin=False, hb=False, control=False)

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - the base's
        """As the base does, without its fixed wait of a fifth of a second."""
        self.kernel_info()
        await self.get_shell_msg(timeout=timeout)
        while True:
            with contextlib.suppress(queue.Empty):
                await self.get_iopub_msg(timeout=0.1)
                return
            self.kernel_info()  # the answer before may have come too early to be heard

    def execute(self, code: str, *args: Any, **options: Any) -> str:
        return super().execute(code, *args, **{**options, "user_expressions": self.asked})


class _Bounded(NotebookClient):
    """Drops what a cell puts out past ``limit`` bytes, once noted."""

    limit = 0
    size = 0
    errors = 0

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        return super().process_message(msg, cell, cell_index) if self._fits(msg, cell) else None

    def _fits(self, msg: Any, cell: Any) -> bool:
        kind = msg["msg_type"]
        if kind in ("status", "execute_input", "clear_output"):
            return True
        if kind == "error":
            self.errors += 1
            _shorten(msg["content"])
            return self.errors <= _MOST_ERRORS
        before, self.size = self.size, self.size + len(str(msg["content"]))
        if before <= self.limit < self.size:
            cell.outputs.append({"output_type": "stream", "name": "stdout", "text": TRUNCATED})
        return self.size <= self.limit


def _shorten(error: dict[str, Any]) -> None:
    error["evalue"] = error["evalue"][:2000]
    error["traceback"] = [line[:4000] for line in error["traceback"][-100:]]


class _Driver:
    def __init__(self, folder: str, process: int, limit: int) -> None:
        self._manager = _manager(folder, process)
        self._client = _Bounded(new_notebook(), km=self._manager, allow_errors=True)
        self._client.limit = limit
        self._client.timeout, self._client.iopub_timeout = None, _FOREVER
        self._client.startup_timeout = _READY

    async def connect(self) -> None:
        await self._client.async_start_new_kernel()
        await self._client.async_start_new_kernel_client()

    async def run(self, source: str, number: int) -> dict[str, Any]:
        client = self._client
        cell = new_code_cell(source)
        client.nb.cells = [cell]
        client._display_id_map.clear()  # noqa: SLF001 - another cell's outputs are not here any more
        client.size = client.errors = 0
        channels: Any = client.kc
        channels.asked = {"number": str(number)}
        signs: Any = []

        def replied(execute_reply: Any, **_cell: Any) -> None:
            nonlocal signs
            signs = execute_reply["content"].get("user_expressions", {}).get("signs", [])

        client.on_cell_executed = replied
        await client.async_execute_cell(cell, 0, execution_count=number)
        return {"outputs": _joined(cell.outputs), "signs": signs}


def _manager(folder: str, process: int) -> Any:
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.MAXMSGSIZE, _LARGEST)
    manager = AsyncKernelManager(context=context, client_factory=_Client)
    where: Any = {f"{name}_port": port(name) for name in (*CHANNELS, "stdin", "hb")}
    where.update(transport="ipc", ip=place(folder), key=KEY, signature_scheme="hmac-sha256")
    manager.connection_file = f"{folder}/driver.json"
    manager.provisioner = ForkedProvisioner(
        parent=manager, kernel_spec=KernelSpec(), process=process
    )
    manager.load_connection_info(where)
    return manager


def _joined(outputs: list[Any]) -> list[dict[str, Any]]:
    """Outputs with neighbouring streams as one each: when they were sent is chance."""
    joined: list[dict[str, Any]] = []
    streams: dict[str, dict[str, Any]] = {}
    for output in outputs:
        if output["output_type"] != "stream":
            streams = {}
            joined.append(dict(output))
        elif output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
        else:
            streams[output["name"]] = dict(output)
            joined.append(streams[output["name"]])
    return joined


def drive_kernel(control: Channel, folder: str, process: int, limit: int) -> None:
    """Run cells from ``control`` in the kernel until either is gone."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.add_reader(process, os._exit, 1)  # what waits for the channel then knows
    driver = _Driver(folder, process, limit)
    loop.run_until_complete(driver.connect())
    for channel in CHANNELS:
        Path(f"{place(folder)}-{port(channel)}").unlink()
    control.send({})
    while True:
        try:
            cell, _ = control.receive()
            reply = loop.run_until_complete(driver.run(cell["source"], cell["number"]))
            control.send(reply)
        except ChannelError:
            return
