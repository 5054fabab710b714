"""An IPython shell without a kernel: cells in, nbformat outputs out."""

from __future__ import annotations

import builtins
import operator
import os
import random
import subprocess
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from grading.code.candidate.recorder import RecordedStream, Recorder

_NO_INPUT = "Bài chấm tự động không có người nhập dữ liệu: không dùng được input()."


class _RecordedHook(DisplayHook):
    shell: Any

    def write_output_prompt(self) -> None:
        """No prompt: the output is data."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Record the value of the cell's last expression."""
        self.shell.recorder.result(format_dict, md_dict)

    def finish_displayhook(self) -> None:
        """No line to end."""


class _RecordedPublisher(DisplayPublisher):
    shell: Any

    def publish(self, data: Any, metadata: Any = None, *_other: Any, **_kept: Any) -> None:
        """Record a rich display."""
        self.shell.recorder.display(data, metadata)

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002 - IPython's own
        """Forget the outputs of the cell so far."""
        self.shell.recorder.clear(wait=wait)


class CandidateShell(InteractiveShell):
    """Made once in the warm process; each fork runs one notebook in its copy."""

    displayhook_class = Type(_RecordedHook)
    display_pub_class = Type(_RecordedPublisher)
    recorder: Recorder

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        try:
            text = str(evalue)
        except Exception:  # noqa: BLE001 - a candidate's exception may fail at anything
            text = ""
        self.recorder.error(str(etype.__name__), text, list(stb))

    def system_piped(self, cmd: str) -> None:
        """Run a command and record what it writes."""
        run_command(self, cmd)

    system = system_piped

    def init_io(self) -> None:
        """Streams are set in the fork."""

    def enable_gui(self, gui: Any = None) -> None:
        """No windows."""


def run_command(shell: Any, command: str) -> None:
    """Run a command and print what it writes."""
    done = subprocess.run(  # noqa: S602 - the sandbox holds the command as it holds the cell
        shell.var_expand(command, depth=3),
        shell=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    sys.stdout.write(done.stdout.decode(errors="replace"))
    shell.user_ns["_exit_code"] = done.returncode


def make_shell() -> CandidateShell:
    """Make the one shell of a warm process, and figures that show inline."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.xmode = "Context"
    shell = CandidateShell.instance(config=config)
    shell.recorder = Recorder(1 << 20)
    _warm(shell)
    return shell


def _warm(shell: Any) -> None:
    """Have IPython load what it loads late, once, instead of in every fork."""
    for source in ("_ = 1\n_", "1 / 0", "display(1)"):
        shell.run_cell(source, store_history=True)
    shell.reset(new_session=True)
    shell.execution_count = 1


class _Spill:
    """What is written to a descriptor directly, past Python: programs, libraries in C."""

    def __init__(self, descriptor: int, name: str) -> None:
        self._file = os.memfd_create(name)
        os.dup2(self._file, descriptor)
        self._name, self._read = name, 0

    def take(self, recorder: Recorder) -> None:
        size = os.fstat(self._file).st_size
        if size > self._read:
            length = min(size - self._read, recorder.limit + 1)
            text = os.pread(self._file, length, self._read).decode(errors="replace")
            recorder.stream(self._name, text)
            self._read = size

    def forget(self) -> None:
        self._read = os.fstat(self._file).st_size


_CHANGEABLE = ("_", "input", "display", "get_ipython", "exit", "quit", "help", "open", "copyright")
_BUILTINS = {name: value for name, value in vars(builtins).items() if name not in _CHANGEABLE}


def signs_of(shell: Any) -> list[str]:
    """What no honest cell leaves behind, by stable names; a dishonest one may hide it."""
    now = map(vars(builtins).get, _BUILTINS)
    signs = {
        "builtins": any(map(operator.is_not, now, _BUILTINS.values())),
        "transformers": bool(shell.ast_transformers or shell.input_transformers_post),
        "tracing": sys.gettrace() is not None or sys.getprofile() is not None,
    }
    return [name for name, found in signs.items() if found]


class CellRunner:
    """Runs the cells of one notebook; made in the fork."""

    def __init__(self, shell: Any, limit: int, seed: int) -> None:
        self.shell = shell
        self.recorder: Recorder = shell.recorder
        self.recorder.limit = limit
        self._spills = (_Spill(1, "stdout"), _Spill(2, "stderr"))
        sys.stdout = RecordedStream(self.recorder, "stdout", 1)
        sys.stderr = RecordedStream(self.recorder, "stderr", 2)
        builtins.input = refuse_input
        reseed(seed)

    def run(self, source: str, number: int) -> dict[str, Any]:
        """Run one cell; its outputs as nbformat wants them, and signs that something is amiss."""
        self.begin(number)
        self.shell.execution_count = number
        # User code may raise anything, also past IPython's own handling.
        try:
            result = self.shell.run_cell(source, store_history=True)
            if result.error_before_exec and not self.recorder.outputs:
                self.recorder.error(type(result.error_before_exec).__name__, "", [])
        except BaseException as error:  # noqa: BLE001 - as said
            self.recorder.error(type(error).__name__, str(error), [])
        return {"outputs": self.taken(), "signs": signs_of(self.shell)}

    def forget(self) -> None:
        """Leave out what a copy of this process has written past Python."""
        for spill in self._spills:
            spill.forget()

    def begin(self, number: int) -> None:
        """Start recording for a cell."""
        self.recorder.begin(number)

    def taken(self) -> list[dict[str, Any]]:
        """What has been put out since."""
        for spill in self._spills:
            spill.take(self.recorder)
        return self.recorder.taken()


def refuse_input(_prompt: object = "", /) -> str:
    """Nobody is there to type."""
    raise StdinNotImplementedError(_NO_INPUT)


def reseed(seed: int) -> None:
    """Let chance be the same for the same submission, in every run."""
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed % (1 << 32))
