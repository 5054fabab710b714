"""A copy of the candidate's process for each test whose questions may change it."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import warnings
from typing import TYPE_CHECKING, Any

from grading.code.candidate.channel import ChannelError
from grading.code.candidate.service import Service, watch_effects

if TYPE_CHECKING:
    from grading.code.candidate.channel import Channel
    from grading.code.candidate.shell import CellRunner


_WELL = 97  # how a copy ends that was told to: an answer that exits says something else


class Copies:
    """Answers the judge's questions, which come on ``asks``."""

    def __init__(self, runner: CellRunner, asks: Channel) -> None:
        self._runner, self._asks = runner, asks

    def answer(self) -> None:
        """Answer what has come: for ``split``, all questions of one test.

        Raises:
            ChannelError: when the judge is gone.
        """
        question, _ = self._asks.receive()
        if question.get("op") == "split":
            self._answer_test(question["n"])
        elif "op" in question:
            self._asks.send({"gone": 1, "n": question["n"]})

    def _answer_test(self, number: int) -> None:
        """Answer here as long as that changes nothing, and then in a copy until it has ended."""
        service = Service(self._runner, self._asks)
        self._asks.send({"n": number})
        question: Any = self._asks.receive()[0]
        while service.is_quiet(question):
            if not service.answer(question):
                return
            question = self._asks.receive()[0]
        if not _ended_well(self._fork(service, question)):
            self._asks.send({"gone": 1})

    def _fork(self, service: Service, question: Any) -> int:
        chance = random.getstate()  # which Python draws anew in a fork
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of threads, which no copy has
            copy = os.fork()
        if copy == 0:
            with contextlib.suppress(BaseException):
                random.setstate(chance)
                _serve(service, self._asks, question)
                os._exit(_WELL)
            os._exit(1)
        return copy


def _serve(service: Service, asks: Channel, question: Any) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    watch_effects()
    while service.answer(question):
        question = asks.receive()[0]


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
