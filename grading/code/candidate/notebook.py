"""One notebook in its fork: cells to run and questions to answer, as they come."""

from __future__ import annotations

import contextlib
import os
import select
from typing import TYPE_CHECKING

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.copies import Copies

if TYPE_CHECKING:
    from collections.abc import Callable

    from grading.code.candidate.channel import Channel
    from grading.code.candidate.shell import CellRunner


def serve_notebook(
    runner: CellRunner, control: Channel, asks: Channel, enclose: Callable[[], None]
) -> None:
    """Give everything up by ``enclose``; then run cells from ``control``, and answer the judge.

    The judge's questions come on ``asks``, if there is a judge; it ends when ``control`` closes.
    """
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    enclose()
    copies: Copies | None = Copies(runner, asks)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # a deadline that came a moment too late
            readable, _, _ = select.select([control, asks] if copies else [control], [], [])
            if copies is not None and asks in readable:
                copies = _answered(runner, copies)
            elif not _run_cell(runner, control):
                return


def _answered(runner: CellRunner, copies: Copies) -> Copies | None:
    """Answer the judge; None when there is none any more."""
    try:
        copies.answer()
    except ChannelError:
        return None
    runner.forget()
    return copies


def _run_cell(runner: CellRunner, control: Channel) -> bool:
    try:
        cell, _ = control.receive()
        control.send(runner.run(cell["source"], cell["number"]))
    except ChannelError:
        return False
    return True
