"""One notebook in its fork: cells to run and questions to answer, as they come."""

from __future__ import annotations

import contextlib
import os
import select
from typing import TYPE_CHECKING

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.service import Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.candidate.channel import Channel
    from grading.code.candidate.shell import CellRunner


def serve_notebook(
    runner: CellRunner, control: Channel, asks: Channel, enclose: Callable[[], None]
) -> None:
    """Give everything up by ``enclose``; then run cells from ``control``, and answer the judge.

    The judge's questions come on ``asks``; it ends when either closes.
    """
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    enclose()
    service = Service(runner, asks)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # a deadline that came a moment too late
            try:
                _serve_one(runner, service, control, asks)
            except ChannelError:
                return


def _serve_one(runner: CellRunner, service: Service, control: Channel, asks: Channel) -> None:
    readable, _, _ = select.select([control, asks], [], [])
    if control in readable:
        cell, _ = control.receive()
        control.send(runner.run(cell["source"], cell["number"], cell["evidence"]))
    elif asks in readable:
        question, _ = asks.receive()
        service.answer(question)
