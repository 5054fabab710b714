"""JSON messages over a socket: length first, never pickle, sizes bounded."""

from __future__ import annotations

import contextlib
import json
import math
import select
import socket
import struct
import time
from typing import Any

LARGEST = 64 << 20  # bytes of one message
_HEADER = struct.Struct("!IB")
_CHUNK = 1 << 20


class ChannelError(Exception):
    """The other side is gone, or what it sends is no message."""


class DeadlineError(ChannelError):
    """No complete message came in time."""


class Channel:
    """One end of a connection; descriptors may travel with a message to who is ``trusting``.

    A message of more than ``largest`` bytes is taken for none.
    """

    def __init__(
        self, connection: socket.socket, largest: int = LARGEST, *, trusting: bool = False
    ) -> None:
        self._socket, self._largest, self._trusting = connection, largest, trusting
        self.whole = True  # whether nothing of a message has been read without the rest of it
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)
        self._room = select.poll()
        self._room.register(connection, select.POLLOUT)

    def fileno(self) -> int:
        """The descriptor, to wait on."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def send(
        self, message: Any, descriptors: tuple[int, ...] = (), seconds: float | None = None
    ) -> None:
        """Send a message, with descriptors at its head.

        Raises:
            DeadlineError: when the other side has not taken all of it after ``seconds``.
            ChannelError: when the other side is gone.
        """
        end = None if seconds is None else time.monotonic() + seconds
        body = json.dumps(message, separators=(",", ":")).encode()
        header = _HEADER.pack(len(body), len(descriptors))
        try:
            if descriptors:
                socket.send_fds(self._socket, [header], list(descriptors))
                header = b""
            self._write(memoryview(header + body), end)
        except OSError as error:
            raise ChannelError(str(error)) from None

    def _write(self, data: memoryview, end: float | None) -> None:
        while data:
            if end is not None and not _ready(self._room, end - time.monotonic()):
                raise DeadlineError("deadline")
            flags = 0 if end is None else socket.MSG_DONTWAIT
            with contextlib.suppress(BlockingIOError):  # the room was for less than was told
                data = data[self._socket.send(data, flags) :]

    def receive(self, seconds: float | None = None) -> tuple[Any, list[int]]:
        """Wait for a message and what descriptors came with it.

        Raises:
            DeadlineError: when it is not complete after ``seconds``.
            ChannelError: when the other side is gone, or sent something else than a message.
        """
        end = None if seconds is None else time.monotonic() + seconds
        descriptors: list[int] = []
        header = self._read(_HEADER.size, end, descriptors)
        self.whole = False
        length, _count = _HEADER.unpack(header)
        if length > self._largest:
            raise ChannelError("message too large")
        try:
            body = self._read(length, end, descriptors)
            self.whole = True
            return json.loads(body), descriptors
        except (ValueError, RecursionError) as error:
            raise ChannelError(str(error)) from None

    def ask(self, message: Any, seconds: float | None = None) -> Any:
        """Send a message and wait for the answer, ``seconds`` in all."""
        begin = time.monotonic()
        self.send(message, seconds=seconds)
        left = None if seconds is None else max(0.001, seconds - (time.monotonic() - begin))
        return self.receive(left)[0]

    def _read(self, length: int, end: float | None, descriptors: list[int]) -> bytes:
        parts: list[bytes] = []
        missing = length
        while missing:
            part = self._part(min(missing, _CHUNK), end, descriptors)
            if not part:
                raise ChannelError("closed")
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _part(self, size: int, end: float | None, descriptors: list[int]) -> bytes:
        if end is not None and not _ready(self._poll, end - time.monotonic()):
            raise DeadlineError("deadline")
        try:
            if not self._trusting:
                return self._socket.recv(size)  # the kernel drops what comes along
            part, received, _flags, _address = socket.recv_fds(self._socket, size, 4)
        except OSError as error:
            raise ChannelError(str(error)) from None
        descriptors += received
        return part


def _ready(poll: select.poll, seconds: float) -> bool:
    """Whether the other side can be read or written to, or is gone, within ``seconds``."""
    if seconds <= 0:
        return False
    try:
        return bool(poll.poll(math.ceil(seconds * 1000)))
    except OSError as error:
        raise ChannelError(str(error)) from None
