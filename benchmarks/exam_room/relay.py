"""A line between candidates and portal that can be cut."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class Relay:
    """Passes bytes on to a port; cut, it drops every connection and takes none.

    ``carried`` counts the bytes that the portal has sent.
    """

    def __init__(self, port: int) -> None:
        self.port, self.carried = port, 0
        self.whole = asyncio.Event()
        self.whole.set()
        self.open_ends: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Listen; the address to use instead of the portal's own."""
        server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self._drop()

    async def cut(self, seconds: float) -> None:
        """Cut the line for so long."""
        self.whole.clear()
        self._drop()
        await asyncio.sleep(seconds)
        self.whole.set()

    def _drop(self) -> None:
        for end in self.open_ends:
            end.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.whole.is_set():
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, back}
        self.open_ends |= ends
        with suppress(asyncio.CancelledError):  # the hall is over
            await asyncio.gather(_copy(reader, back), _copy(there, writer, self._count))
        self.open_ends -= ends

    def _count(self, data: bytes) -> None:
        self.carried += len(data)


async def _copy(
    source: asyncio.StreamReader,
    target: asyncio.StreamWriter,
    seen: Callable[[bytes], None] = lambda _data: None,
) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            seen(data)
            target.write(data)
            await target.drain()
    with suppress(OSError):
        target.close()
