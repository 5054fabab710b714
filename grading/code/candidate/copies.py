"""A copy of the candidate's process for each test that is judged: what it does stays in it."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import warnings
from typing import TYPE_CHECKING, Any

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.service import Service

if TYPE_CHECKING:
    from grading.code.candidate.channel import Channel
    from grading.code.candidate.shell import CellRunner


_WELL = 97  # how a copy ends that was told to: an answer that exits says something else


class Copies:
    """Answers the judge's questions, which come on ``asks``."""

    def __init__(self, runner: CellRunner, asks: Channel) -> None:
        self._runner, self._asks = runner, asks

    def answer(self) -> None:
        """Answer what has come: for ``split``, by a copy of this process until it has ended.

        Raises:
            ChannelError: when the judge is gone.
        """
        question, _ = self._asks.receive()
        if question.get("op") == "split":
            copy = self._fork(question["n"])
            if not _ended_well(copy):
                self._asks.send({"gone": 1})
        elif "op" in question:
            self._asks.send({"gone": 1, "n": question["n"]})

    def _fork(self, number: int) -> int:
        chance = random.getstate()  # which Python draws anew in a fork
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of threads, which no copy has
            copy = os.fork()
        if copy == 0:
            with contextlib.suppress(BaseException):
                random.setstate(chance)
                _serve(Service(self._runner, self._asks), self._asks, number)
                os._exit(_WELL)
            os._exit(1)
        return copy


def _serve(service: Service, asks: Channel, number: int) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    service.begin()
    asks.send({"n": number})
    going = True
    while going:
        question: Any = asks.receive()[0]
        going = service.answer(question)


def _ended_well(copy: int) -> bool:
    """Wait for the copy; an interrupt ends it."""
    while True:
        try:
            _process, status = os.waitpid(copy, 0)
        except KeyboardInterrupt:
            with contextlib.suppress(ProcessLookupError):
                os.kill(copy, signal.SIGKILL)
        except (ChildProcessError, ChannelError):
            return True  # whoever took it away knows how it ended
        else:
            return os.waitstatus_to_exitcode(status) == _WELL
