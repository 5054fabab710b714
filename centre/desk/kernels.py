"""Kernels of lessons: each its user's, and one ready before anybody asks.

A kernel needs more than a second of a processor until it has loaded what every lesson shows, so
some wait with that done. Only our own code has run in them; nobody can reach one before it is
somebody's.
"""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import Dict

from courses.build import KERNELSPEC

MOST_PAGES = 3  # kernels a user may hold open; the oldest gives way
SPARES = 2  # kernels that wait, each with 90 MB
REST = 3.0  # seconds after an opening until another is made: the page that opens comes first
PATIENCE = 60.0  # seconds for a kernel to load
AT_ONCE = 5.0  # seconds for one that has loaded to answer; after them another is started
_LOAD = "import courses.widgets.lesson_view"


class OwnKernels(AsyncMappingKernelManager):
    """Kernels, each its user's: whose, the folder says in which it works."""

    owners: dict[str, str] = Dict()  # type: ignore[assignment]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self.spares: list[str] = []
        self.wanted = SPARES
        self._making = asyncio.Lock()

    async def start_kernel(self, *, path: Any = None, **options: Any) -> str:  # type: ignore[override]
        """A kernel in a user's folder, ready or started now; of too many the oldest is ended."""
        held = [one for one, owner in self.owners.items() if owner == path and one in self]
        for one in held[: len(held) - MOST_PAGES + 1]:
            await self.shutdown_kernel(one, now=True)  # type: ignore[no-untyped-call]
        kernel = await self._ready_in(path) or await super().start_kernel(path=path, **options)
        self.owners[kernel] = path
        IOLoop.current().call_later(REST, self.keep_warm)
        return kernel

    def owner(self, kernel: str) -> str | None:
        """The user whose kernel it is; None for one there is not, or that waits for somebody."""
        return self.owners.get(kernel) if kernel in self else None

    async def keep_warm(self) -> None:
        """Hold as many kernels ready as are to wait."""
        async with self._making:
            while len(self.spares) < self.wanted:
                kernel = await super().start_kernel(
                    kernel_name=KERNELSPEC["name"], cwd=self.root_dir
                )
                if not await self._did(kernel, _LOAD, PATIENCE):
                    return
                self.spares.append(kernel)

    async def _ready_in(self, path: str) -> str | None:
        """A kernel that waited, now at work in a user's folder; None where there is none."""
        move = f"import os; os.chdir({self.cwd_for_path(path)!r})"  # type: ignore[no-untyped-call]
        while self.spares:
            kernel = self.spares.pop(0)
            if kernel in self and await self._did(kernel, move, AT_ONCE):
                return kernel
        return None

    async def _did(self, kernel: str, code: str, seconds: float) -> bool:
        """Whether a kernel ran code of ours in time; one that did not is ended."""
        client = self.get_kernel(kernel).client()
        client.start_channels()
        try:
            told = await client.execute(code, silent=True, reply=True, timeout=seconds)
            done = told["content"]["status"] == "ok"
        except TimeoutError:
            done = False
        finally:
            client.stop_channels()
        if not done and kernel in self:
            await self.shutdown_kernel(kernel, now=True)  # type: ignore[no-untyped-call]
        return done

    async def shutdown_all(self, now: bool = True) -> None:  # type: ignore[override]  # noqa: FBT001, FBT002 - Jupyter's interface
        """End every kernel at once: what was answered is on the disk, and nothing is made ready."""
        self.wanted = 0
        await super().shutdown_all(now=now)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel whose page is gone; one that waits for a page is idle by design."""
        if kernel_id in self.owners:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]
