"""One notebook through a warm process: cells run, tests judged, limits kept, nothing written."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.utils import is_grade, is_solution

from grading.code.kernel_choice import why_again, why_kernel
from grading.code.limit_hit import STOPPED_BY, limit_hit
from grading.code.outputs import as_output
from grading.code.replies import JudgeLostError, StoppedError
from grading.code.tampering import Terms
from grading.code.testing import Outside, Split, Verdicts
from grading.code.warm import KernelRefusedError, cell_deadline
from grading.gradebook.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grading.code.warm import WarmProcess
    from grading.gradebook.snapshot import NotebookSnapshot


@dataclass
class Execution:
    """What came of one notebook: its cells have the outputs of stock's way of running them.

    ``points`` are what the verdicts on each test come to; ``remarks`` say why a person should
    look at a cell; ``stopped`` says which limits were hit, and where; ``files`` are those the
    notebook left; ``kernel`` says why it ran in a real kernel, and is empty when it did not.
    ``stock`` has the points of stock's way, ``judged`` these and the outside ones of tests that
    have both, ``troubles`` why others have one.
    """

    points: dict[str, float] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    stopped: list[Remark] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    kernel: str = ""
    stock: dict[str, float] = field(default_factory=dict)
    judged: dict[str, tuple[float, float]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)


def execute(
    warm: WarmProcess,
    notebook: Any,
    snapshot: NotebookSnapshot,
    files: Mapping[str, bytes],
    seed: int,
    split: Split | None = None,
) -> Execution:
    """Run every code cell of ``notebook`` in order and put its outputs in.

    It runs in a real kernel when it needs one; that is recorded in its metadata too.
    """
    end = time.monotonic() + warm.limits.notebook_seconds
    notebook.metadata.pop("cio", None)  # the candidate's own record of it is none
    task = _Task(warm, notebook, snapshot, files, seed, end, split or Split())
    why = why_kernel(notebook, snapshot)
    if not why:
        done = task.run()
        why = why_again(notebook)
        if not why:
            return done
    try:
        done = task.run(kernel=True)
    except KernelRefusedError:
        return task.run(refused=why)
    done.kernel = why
    notebook.metadata["cio"] = nbformat.from_dict({"execution": "kernel", "reason": why})
    return done


def is_test(cell: Any) -> bool:
    """Whether it is code that the examiner wrote to give points."""
    return bool(cell.cell_type == "code" and is_grade(cell) and not is_solution(cell))


@dataclass(frozen=True)
class _Task:
    warm: WarmProcess
    notebook: Any
    snapshot: NotebookSnapshot
    files: Mapping[str, bytes]
    seed: int
    end: float
    split: Split

    def run(self, *, kernel: bool = False, refused: str = "") -> Execution:
        """Run the notebook to its end, in a kernel or not.

        A cell that cannot be stopped, or ends the process, is left out and the notebook run again
        without it, so that it costs no more than itself; so is the judging of a test that does
        not come to an end.
        """
        left_out: dict[int, str] = {}
        unjudged: dict[int, Outside] = {}
        while True:
            run = _Run(self, left_out, unjudged, refused)
            try:
                self._start(kernel=kernel, judged=len(unjudged) <= self.warm.limits.restarts)
                run.cells(self.notebook)
            except _CellStoppedError as stopped:
                self.warm.finish()
                left_out[stopped.index] = stopped.reason
                if len(left_out) > self.warm.limits.restarts:
                    run.give_up(self.notebook, stopped.index)
                    return run.result
                continue
            except _UnjudgedError as unjudgeable:
                self.warm.finish()
                unjudged[unjudgeable.index] = Outside.lost(unjudgeable.error)
                continue
            run.result.files = self.warm.finish()
            return run.result

    def _start(self, *, kernel: bool, judged: bool) -> None:
        names = self.snapshot.shared, self.snapshot.trusted
        tests = filter(is_test, self.notebook.cells) if judged else ()
        wanted = any(not self.split.why_not(cell) for cell in tests)
        self.warm.start(self.files, self.seed, *names, kernel=kernel, judged=wanted)


class _CellStoppedError(Exception):
    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index, self.reason = index, reason


class _UnjudgedError(Exception):
    def __init__(self, index: int, error: JudgeLostError) -> None:
        super().__init__(index)
        self.index, self.error = index, error


class _Run:
    def __init__(
        self, task: _Task, left_out: dict[int, str], unjudged: dict[int, Outside], refused: str
    ) -> None:
        self._warm, self._name, self._end = task.warm, task.snapshot.name, task.end
        self._left_out, self._unjudged = left_out, unjudged
        self._refused = refused  # why there is no kernel where one is needed
        self._signs: frozenset[str] = frozenset()
        terms = Terms.of(task.notebook, task.snapshot)
        verdicts = self._verdicts = Verdicts(task.snapshot.name, task.split, terms)
        self.result = Execution(
            verdicts.points,
            verdicts.remarks,
            stock=verdicts.stock,
            judged=verdicts.judged,
            troubles=verdicts.troubles,
        )

    def cells(self, notebook: Any) -> None:
        number = 0
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            number += 1
            cell.execution_count = number
            reason = self._left_out.get(index) or self._overdue()
            if reason:
                self._leave_out(cell, index, number, reason)
                continue
            self._one(cell, index, number)

    def _leave_out(self, cell: Any, index: int, number: int, reason: str) -> None:
        """Not run, for it has ended the process or would not stop, or there is no time left."""
        cell.outputs = [as_output(self._explain(cell, index, reason), number)]
        if is_test(cell) and reason == "DeadKernelError":
            self._verdicts.settle(cell, Outside(None, "gone"), self._signs)

    def _overdue(self) -> str:
        return "NotebookTimeoutError" if time.monotonic() > self._end else ""

    def _one(self, cell: Any, index: int, number: int) -> None:
        seconds = cell_deadline(self._end, self._warm.limits.cell_seconds)
        outside = self._outside(cell, index, number, seconds) if is_test(cell) else None
        if outside is not None and outside.trouble == "gone":
            self._leave_out(cell, index, number, "DeadKernelError")
            return
        try:
            outputs, late, signs = self._warm.run(cell.source, number, seconds)
        except StoppedError as stopped:
            reason = self._warm.limit_exceeded() or stopped.reason
            raise _CellStoppedError(index, reason) from None
        self._signs |= signs
        outputs = [*outputs, self._explain(cell, index, "CellTimeoutError")] if late else outputs
        if code := limit_hit(outputs):
            self._note(cell, index, code)
        cell.outputs = [as_output(output, number) for output in outputs]
        if outside is not None:
            self._verdicts.settle(cell, outside, self._signs)

    def _outside(self, cell: Any, index: int, number: int, seconds: float) -> Outside:
        if self._refused:
            name = cell.metadata.nbgrader["grade_id"]
            self.result.remarks.append(Remark(self._name, name, "no-kernel", self._refused))
        if index in self._unjudged:
            return self._unjudged[index]
        try:
            outside = self._verdicts.outside(self._warm, cell, number, seconds)
        except JudgeLostError as error:
            raise _UnjudgedError(index, error) from None
        self._end += outside.seconds  # the notebook's own time is for stock's way of running it
        return outside

    def _explain(self, cell: Any, index: int, reason: str) -> Any:
        remark = self._note(cell, index, STOPPED_BY[reason])
        text = f"{remark.words('vi')} ({remark.words('en')})"
        return {"output_type": "error", "ename": reason, "evalue": text, "traceback": [text]}

    def _note(self, cell: Any, index: int, code: str) -> Remark:
        """Name a cell and the limit it hit."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"ô thứ {index + 1}"
        limits = self._warm.limits
        detail = {"cell-time": limits.cell_seconds, "notebook-time": limits.notebook_seconds}
        number = f"{detail[code]:g}" if code in detail else ""
        remark = Remark(self._name, name, code, number)
        self.result.stopped.append(remark)
        return remark

    def give_up(self, notebook: Any, index: int) -> None:
        """Too many cells have ended the process: none of the rest is run."""
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "code" and cell.source.strip() and number >= index:
                self._leave_out(cell, number, 0, "DeadKernelError")
