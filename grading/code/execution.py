"""One notebook through a warm process: cells run, tests judged, limits kept, nothing written."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.utils import is_grade, is_solution

from grading.code.judge.splitting import why_inside, with_evidence
from grading.code.kernel_choice import why_again, why_kernel
from grading.code.limit_hit import limit_hit
from grading.code.replies import StoppedError
from grading.code.warm import KernelRefusedError, cell_deadline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grading.code.warm import WarmProcess
    from grading.gradebook.snapshot import NotebookSnapshot

_REASONS = {
    "CellTimeoutError": "ô chạy quá {seconds:g} giây nên bị dừng",
    "DeadKernelError": "tiến trình chạy bài chấm dứt (tự thoát, hết bộ nhớ hoặc lỗi)",
    "MemoryLimitError": "ô dùng quá bộ nhớ cho phép",
    "ProcessLimitError": "ô tạo quá số tiến trình hoặc luồng cho phép",
    "DiskLimitError": "ô ghi quá dung lượng cho phép",
    "NotebookTimeoutError": "cả bài chạy quá {total:g} giây nên các ô còn lại không chạy",
    "NoEvidence": "ô kiểm tra kết thúc mà không để lại bằng chứng đã kiểm tra",
}
_DEEPEST = 50  # levels of nested data in an output
_OPAQUE = "giá trị trả về không phải dữ liệu thường, người chấm xem lại"


@dataclass
class Execution:
    """What came of one notebook: its cells have their outputs.

    ``review`` says why a person should look at a cell, by grade id; ``stopped`` says which
    limits were hit, and where; ``files`` are those the notebook left; ``kernel`` says why it ran
    in a real kernel, and is empty when it did not.
    """

    review: dict[str, str] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    kernel: str = ""


def execute(
    warm: WarmProcess,
    notebook: Any,
    snapshot: NotebookSnapshot,
    files: Mapping[str, bytes],
    seed: int,
) -> Execution:
    """Run every code cell of ``notebook`` in order and put its outputs in.

    It runs in a real kernel when it needs one; that is recorded in its metadata too.
    """
    end = time.monotonic() + warm.limits.notebook_seconds
    notebook.metadata.pop("cio", None)  # the candidate's own record of it is none
    task = _Task(warm, notebook, snapshot, files, seed, end)
    why = why_kernel(notebook, snapshot)
    if not why:
        done = task.run()
        why = why_again(notebook)
        if not why:
            return done
    try:
        done = task.run(kernel=True)
    except KernelRefusedError as error:
        return task.run(refused=f"bài cần nhân Jupyter ({why}) mà ở đây không có: {error}")
    done.kernel = why
    notebook.metadata["cio"] = nbformat.from_dict({"execution": "kernel", "reason": why})
    return done


@dataclass(frozen=True)
class _Task:
    warm: WarmProcess
    notebook: Any
    snapshot: NotebookSnapshot
    files: Mapping[str, bytes]
    seed: int
    end: float

    def run(self, *, kernel: bool = False, refused: str = "") -> Execution:
        """Run the notebook to its end, in a kernel or not.

        A cell that cannot be stopped, or ends the process, is left out and the notebook run again
        without it, so that it costs no more than itself.
        """
        left_out: dict[int, str] = {}
        while True:
            run = _Run(self.warm, self.snapshot, self.end, left_out, refused)
            try:
                self._start(kernel=kernel)
                run.cells(self.notebook)
            except _CellStoppedError as stopped:
                self.warm.finish()
                left_out[stopped.index] = stopped.reason
                if len(left_out) > self.warm.limits.restarts:
                    _give_up(self.notebook, stopped.index, run)
                    return run.result
                continue
            run.result.files = self.warm.finish()
            return run.result

    def _start(self, *, kernel: bool) -> None:
        names = self.snapshot.shared, self.snapshot.trusted
        self.warm.start(self.files, self.seed, *names, kernel=kernel)


class _CellStoppedError(Exception):
    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index, self.reason = index, reason


class _Run:
    def __init__(
        self,
        warm: WarmProcess,
        snapshot: NotebookSnapshot,
        end: float,
        left_out: dict[int, str],
        refused: str,
    ) -> None:
        self._warm, self._snapshot, self._end, self._left_out = warm, snapshot, end, left_out
        self._refused = refused  # why there is no kernel where one is needed
        self.result = Execution()

    def cells(self, notebook: Any) -> None:
        number = 0
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            number += 1
            cell.execution_count = number
            reason = self._left_out.get(index) or self._overdue()
            if reason:
                cell.outputs = [_output(self.explain(cell, index, reason), number)]
                continue
            try:
                outputs = self._one(cell, index, number)
            except StoppedError as stopped:
                reason = self._warm.limit_exceeded() or stopped.reason
                raise _CellStoppedError(index, reason) from None
            if words := limit_hit(outputs):
                self._note(cell, index, f"ô {words}")
            cell.outputs = [_output(output, number) for output in outputs]

    def _overdue(self) -> str:
        return "NotebookTimeoutError" if time.monotonic() > self._end else ""

    def _one(self, cell: Any, index: int, number: int) -> list[Any]:
        seconds = cell_deadline(self._end, self._warm.limits.cell_seconds)
        if is_grade(cell) and not is_solution(cell):
            return self._test(cell, index, number, seconds)
        outputs, late = self._warm.run(cell.source, number, seconds)
        return [*outputs, self.explain(cell, index, "CellTimeoutError")] if late else outputs

    def _test(self, cell: Any, index: int, number: int, seconds: float) -> list[Any]:
        if self._refused:
            self.result.review[cell.metadata.nbgrader.grade_id] = self._refused
        reason = why_inside(cell.source)
        if not reason:
            judged = self._warm.test(cell.source, number, seconds)
            trouble = judged["trouble"]
            if trouble == "CandidateGoneError":
                raise StoppedError("DeadKernelError")
            if trouble == "OpaqueError":
                self.result.review[cell.metadata.nbgrader.grade_id] = _OPAQUE
            if trouble != "UnsplittableError":
                return list(judged["outputs"])
            reason = "dùng đối tượng không chuyển được giữa hai tiến trình"
        return self._inside(cell, index, number, seconds, reason)

    def _inside(self, cell: Any, index: int, number: int, seconds: float, reason: str) -> list[Any]:
        """Run the test where the candidate's code is; a person will look at it."""
        name = f"bc_{secrets.token_hex(8)}"
        source, least = with_evidence(cell.source, name)
        outputs, late, evidence = self._warm.run_inside(source, number, seconds, name)
        review = self._refused or f"chạy cùng mã thí sinh: {reason}"
        self.result.review[cell.metadata.nbgrader.grade_id] = review
        if late:
            return [*outputs, self.explain(cell, index, "CellTimeoutError")]
        failed = any(output["output_type"] == "error" for output in outputs)
        if evidence < least and not failed:
            return [*outputs, self.explain(cell, index, "NoEvidence")]
        return outputs

    def explain(self, cell: Any, index: int, reason: str) -> Any:
        limits = self._warm.limits
        text = _REASONS[reason].format(seconds=limits.cell_seconds, total=limits.notebook_seconds)
        self._note(cell, index, text)
        return {"output_type": "error", "ename": reason, "evalue": text, "traceback": [text]}

    def _note(self, cell: Any, index: int, text: str) -> None:
        """Name a cell and the limit it hit."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"ô thứ {index + 1}"
        self.result.stopped.append(f"{self._snapshot.name}, {name}: {text}")


def _give_up(notebook: Any, index: int, run: _Run) -> None:
    """Too many cells have ended the process: none of the rest is run."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.source.strip() and number >= index:
            cell.outputs = [_output(run.explain(cell, number, "DeadKernelError"), 0)]


def _output(output: dict[str, Any], number: int) -> Any:
    """An output in nbformat's form, whatever else came with it."""
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return nbformat.v4.new_output(kind, name=name, text=_clean(output["text"]))
    if kind == "error":
        lines = [_clean(line) for line in output.get("traceback", [])]
        parts = {"ename": _clean(output["ename"]), "evalue": _clean(output["evalue"])}
        return nbformat.v4.new_output(kind, traceback=lines, **parts)
    data = {str(k): _clean(value) for k, value in output["data"].items() if _is_flat(value)}
    rest = {"execution_count": number} if kind == "execute_result" else {}
    return nbformat.v4.new_output(kind, data=data, **rest)


def _clean(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _is_flat(value: Any, depth: int = 0) -> bool:
    """Whether data is nested no deeper than whoever reads the notebook can follow."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return depth < _DEEPEST and all(_is_flat(part, depth + 1) for part in inner)
