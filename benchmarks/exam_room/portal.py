"""The portal as it truly runs (``cio portal``), and the ways in which it is broken off."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    """The portal of a centre at one port; it can be killed whole and started again."""

    def __init__(
        self, folder: Path, workers: int, threads: int, environment: Mapping[str, str]
    ) -> None:
        self.environment = {**os.environ, **environment}
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.command = [
            *(str(Path(sys.executable).with_name("cio")), "--centre", str(folder), "portal"),
            *("--port", str(self.port), "--workers", str(workers), "--threads", str(threads)),
        ]
        self.start()

    def start(self) -> None:
        """Start it; it may need some seconds to answer."""
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(  # noqa: S603 - our own
            self.command,
            env=self.environment,
            start_new_session=True,
            stdout=quiet,
            stderr=quiet,
        )

    def answers(self) -> bool:
        """Whether it does."""
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.address}/suc-khoe/").is_success
        return False

    def wait(self) -> None:
        """Return when it answers."""
        while not self.answers():
            time.sleep(0.2)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it with all its workers."""
        os.killpg(self.process.pid, how)
        self.process.wait()

    def workers(self) -> list[int]:
        """The processes that answer."""
        master = self.process.pid
        text = Path(f"/proc/{master}/task/{master}/children").read_text()
        return [int(one) for one in text.split()]

    def memory(self) -> int:
        """MB of all its processes, what they share counted once."""
        total = 0
        for pid in (self.process.pid, *self.workers()):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total // 1024

    def kill_one(self) -> None:
        """Kill one worker."""
        with suppress(OSError, IndexError):
            os.kill(random.choice(self.workers()), signal.SIGKILL)  # noqa: S311 - any will do

    async def kill_workers(self, seconds: float, every: float = 2.0) -> int:
        """Kill a worker every few seconds; how many died."""
        end, deaths = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            await asyncio.sleep(every)
            self.kill_one()
            deaths += 1
        return deaths


@contextmanager
def serving(
    folder: Path, workers: int = 2, threads: int = 8, **environment: str
) -> Iterator[Portal]:
    """The portal of the centre in ``folder``, until the context ends."""
    portal = Portal(folder, workers, threads, environment)
    try:
        portal.wait()
        yield portal
    finally:
        portal.end()
