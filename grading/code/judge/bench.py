"""The judge's process: runs the test cells of one notebook after another, asking the candidate's.

It holds the tests and what they expect; the candidate's process is reached by questions alone.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import os
import random
import socket
import sys
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from grading.code.candidate.channel import Channel, ChannelError
from grading.code.candidate.recorder import RecordedStream, Recorder
from grading.code.judge.errors import JudgingError, OpaqueError
from grading.code.judge.link import Link
from grading.code.judge.namespace import Namespace
from grading.code.judge.proxies import Proxy

if TYPE_CHECKING:
    import io
    from types import CodeType

_FILE = "<ô kiểm tra>"


def serve_judge(control: Channel) -> None:
    """Serve until the channel closes: ``begin`` a notebook, then ``test`` its cells."""
    desk: _Desk | None = None
    sys.path[:] = [place for place in sys.path if place]  # no module from the candidate's folder
    while True:
        try:
            request, descriptors = control.receive()
        except ChannelError:
            return
        if request["op"] == "begin":
            desk = _Desk(request, descriptors[0])
            control.send({"op": "begun"})
        elif desk is not None:
            control.send(desk.test(request["source"], request["number"]))


class _Desk:
    """One notebook under judgement."""

    def __init__(self, request: dict[str, Any], descriptor: int) -> None:
        link = Link(Channel(socket.socket(fileno=descriptor)))
        self._recorder = Recorder(request["output"])
        self._link = link
        self._names = Namespace(link, set(request["shared"]), request["trusted"])
        os.environ["NBGRADER_EXECUTION"] = "autograde"
        random.seed(request["seed"])
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(request["seed"] % (1 << 32))

    def test(self, source: str, number: int) -> dict[str, Any]:
        """Run one test cell.

        Returns:
            ``outputs`` as nbformat wants them, and ``trouble``: the name of what kept it from
            being judged as it stands, or an empty text.
        """
        self._recorder.begin(number)
        self._names.next_cell()
        self._link.begin()
        trouble = ""
        try:
            self._judge(source)
        except JudgingError as error:
            trouble = error.trouble
        if trouble:
            with contextlib.suppress(JudgingError):
                self._link.give_up()
        return {"outputs": self._recorder.taken(), "trouble": trouble}

    def _judge(self, source: str) -> None:
        try:
            with (
                contextlib.redirect_stdout(self._stream("stdout")),
                contextlib.redirect_stderr(self._stream("stderr")),
            ):
                self._show(_run(source, self._names))
        except JudgingError:
            raise
        except BaseException as error:  # noqa: BLE001 - a failed test is an answer
            self._fail(error)
        self._link.end()

    def _stream(self, name: str) -> io.TextIOBase:
        return RecordedStream(self._recorder, name, -1)

    def _show(self, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, Proxy):
            raise OpaqueError("giá trị cuối ô không phải dữ liệu thường")
        data = {"text/plain": repr(value)}
        with contextlib.suppress(Exception):
            html = value._repr_html_()
            data |= {"text/html": html} if isinstance(html, str) else {}
        self._recorder.result(data, None)

    def _fail(self, error: BaseException) -> None:
        name = type(error).__name__
        lines = traceback.format_exception(error)
        own = [number for number, line in enumerate(lines) if _FILE in line]
        shown = [lines[0], *lines[own[0] :]] if own else lines[-1:]
        self._recorder.error(name, str(error), "".join(shown).splitlines())
        error.__traceback__ = None
        gc.collect(0)


def _run(source: str, names: Namespace) -> Any:
    """Run the cell in ``names``; the value of its last expression, if it ends in one."""
    body, last = _compiled(source)
    exec(body, names)  # noqa: S102 - the examiner's own test
    if last is None:
        return None
    value = eval(last, names)  # noqa: S307 - as above
    return None if source.rstrip().endswith(";") else value


@lru_cache(maxsize=256)  # each notebook of an assignment has the same tests
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """The cell's statements, and the expression it ends in, if it does."""
    tree = ast.parse(source, _FILE)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return compile(tree, _FILE, "exec"), None
    body = compile(ast.Module(tree.body[:-1], []), _FILE, "exec")
    return body, compile(ast.Expression(last.value), _FILE, "eval")
