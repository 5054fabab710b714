"""Notebooks that need a real kernel get one, held like any other, and say why they did."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import nbformat
import pytest
from code_course import (
    ATTACKS,
    EMPTY,
    KERNEL,
    LIMITS,
    RIGHT,
    WRONG,
    answered,
    code,
    new_course,
    paper,
    released,
    run,
    submit,
)
from nbgrader.converters import Autograde

from grading.code.execution import execute
from grading.code.kernel_choice import why_again, why_kernel
from grading.code.sandbox.probe import _ATTEMPTS
from grading.code.warm import KernelRefusedError, WarmProcess
from grading.gradebook.course import nbgrader_messages, open_course
from grading.gradebook.scores import read_scores
from grading.gradebook.snapshot import take_snapshot

if TYPE_CHECKING:
    import pandas as pd

    from grading.gradebook.course import Course
    from grading.gradebook.outcome import Outcome

QUICK = dataclasses.replace(LIMITS, cell_seconds=3)
NEEDS_ONE = f"""\
{KERNEL}from comm import create_comm
channel = create_comm(target_name="thu", data={{"a": 1}})
channel.send({{"b": 2}})
print(type(kernel).__mro__[1].__name__, type(channel).__name__, kernel.comm_manager is not None)
{RIGHT}
square(3)
"""
# A wrong answer each, in a real kernel.
HELD = {
    "loop": f"{KERNEL}{WRONG}while True:\n    pass",
    "wait": f"{KERNEL}{WRONG}import asyncio\nawait asyncio.sleep(600)",
    "exit": f"{KERNEL}{WRONG}import os\nos._exit(0)",
    "flood": f"{KERNEL}{RIGHT}\nfor _ in range(3000):\n    print('x' * 100_000)",
    "pictures": f"{KERNEL}{RIGHT}\nfor _ in range(300):\n    display('y' * 100_000)",
    "equal": KERNEL + next(p for p in ATTACKS if p.stem == "always_equal_object").read_text(),
    "printed": KERNEL + next(p for p in ATTACKS if p.stem == "printed_partial_credit").read_text(),
}


@dataclasses.dataclass(frozen=True)
class Graded:
    """A course after one run over submissions of every kind."""

    course: Course
    outcomes: dict[str, Outcome]
    scores: pd.DataFrame

    def marks(self, student):
        """Points by cell."""
        rows = self.scores[self.scores.student == student]
        return dict(zip(rows.cell, rows.score.astype(float), strict=True))

    def notebook(self, student):
        """The marked notebook."""
        path = self.course.path("autograded", student, "bai1") / "square.ipynb"
        return nbformat.read(path, as_version=4)

    def outputs(self, student, cell="square"):
        """Of one cell."""
        return next(
            c.outputs
            for c in self.notebook(student).cells
            if c.metadata.get("nbgrader", {}).get("grade_id") == cell
        )


def forged(notebook):
    notebook.metadata["cio"] = {"execution": "kernel", "reason": "tự khai"}
    return notebook


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """One run by two workers over notebooks with and without a kernel, honest and not."""
    folder = tmp_path_factory.mktemp("nhan")
    course = new_course(folder, {"square": paper()})
    blank = released(course)
    attack = f"{KERNEL}{WRONG}" + _ATTEMPTS.format(
        gradebook=str(folder / "gradebook.db"), folder=str(folder), outside=str(folder / "x")
    )
    answers = {**HELD, "attack": attack, "0-first": NEEDS_ONE, "zz-last": NEEDS_ONE}
    for name, answer in answers.items():
        submit(course, name, answered(blank, answer))
    submit(course, "plain", forged(answered(blank, RIGHT)))
    outcomes = run(course, workers=2, limits=QUICK)
    return Graded(course, outcomes, read_scores(course))


FULL = {"test_square": 2.0, "test_partial": 1.0, "test_honest": 1.0, "essay": 0.0}


@pytest.mark.parametrize("student", ["0-first", "zz-last"])
def test_code_that_uses_the_kernel_runs_in_one_and_is_judged_outside(graded, student):
    outcome = graded.outcomes[student]
    assert (outcome.state, outcome.review, outcome.stopped) == ("graded", (), ())
    assert graded.marks(student) == FULL
    printed, value = graded.outputs(student)
    assert printed.text == "IPythonKernel BaseComm True\n"
    assert (value.data["text/plain"], value.execution_count) == ("9", 2)


def test_the_reason_is_recorded_in_the_outcome_and_in_the_marked_notebook(graded):
    reason = "mã trong bài dùng get_ipython().kernel"
    assert graded.outcomes["flood"].kernels == (f"square: {reason}",)
    recorded = graded.notebook("flood").metadata["cio"]
    assert recorded == {"execution": "kernel", "reason": reason}


def test_a_candidate_can_neither_ask_for_a_kernel_nor_claim_to_have_had_one(graded):
    assert graded.outcomes["plain"].kernels == ()
    assert "cio" not in graded.notebook("plain").metadata
    assert graded.marks("plain") == FULL


@pytest.mark.parametrize("student", ["loop", "wait", "exit", "equal", "printed", "attack"])
def test_a_wrong_answer_in_a_kernel_earns_nothing_and_costs_only_itself(graded, student):
    outcome = graded.outcomes[student]
    assert (outcome.state, outcome.reason) == ("graded", "")
    assert graded.marks(student) == {**FULL, "test_square": 0.0, "test_partial": 0.0}


@pytest.mark.parametrize(
    ("student", "reason"),
    [("loop", "CellTimeoutError"), ("wait", "CellTimeoutError"), ("exit", "DeadKernelError")],
)
def test_a_cell_that_had_to_be_stopped_says_why(graded, student, reason):
    assert graded.outputs(student)[-1].ename == reason
    assert "square" in {remark.cell for remark in graded.outcomes[student].stopped}


def test_an_attack_in_a_kernel_gets_at_nothing(graded):
    assert not [o for o in graded.outputs("attack") if o.output_type == "stream"]


@pytest.mark.parametrize("student", ["flood", "pictures"])
def test_a_flood_is_cut_once_noted_and_costs_no_mark(graded, student):
    outputs = graded.outputs(student)
    assert sum(len(str(output)) for output in outputs) < 2 * LIMITS.output
    texts = [o.text for o in outputs if o.output_type == "stream"]
    assert sum(text.count("bị cắt") for text in texts) == 1
    assert graded.marks(student) == FULL


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A course whose examiner asks for a kernel, and tests inside it; graded by nbgrader too."""
    folder = tmp_path_factory.mktemp("yeu-cau")
    notebook = paper()
    notebook.metadata["cio"] = {"execution": "kernel"}
    notebook.cells[6].source = "assert get_ipython().kernel is not None\nassert honest() == 'thật'"
    course = new_course(folder / "engine", {"square": notebook})
    blank = released(course)
    del blank.metadata["cio"]  # which only the examiner's own is asked for
    submit(course, "an", answered(blank, f"{RIGHT} if n != 2 else 0"))
    stock = open_course(shutil.copytree(course.folder, folder / "nbgrader"))
    with nbgrader_messages():
        Autograde(coursedir=stock.directory("bai1", "*"), config=stock.config).start()
    return read_scores(stock), Graded(course, run(course), read_scores(course))


def test_the_examiner_chooses_a_kernel_in_the_source_notebook(asked):
    _theirs, ours = asked
    assert ours.outcomes["an"].kernels == ("square: người ra đề yêu cầu chạy bằng nhân Jupyter",)
    assert take_snapshot(ours.course, "bai1").notebooks["square"].kernel


def test_marks_from_a_kernel_are_those_of_nbgrader(asked):
    theirs, ours = asked
    columns = ["student", "cell", "score"]
    assert ours.scores[columns].equals(theirs[columns])
    assert ours.marks("an") == {**FULL, "test_partial": 0.5}


def test_a_test_that_itself_needs_the_kernel_has_stocks_mark(asked):
    _theirs, ours = asked
    assert ours.outcomes["an"].review == ()
    row = ours.scores.set_index("cell").loc["test_honest"]
    assert (row.score, row.pending) == (1.0, False)


@pytest.fixture(scope="module")
def warm():
    with WarmProcess(limits=LIMITS, libraries=("matplotlib",)) as process:
        yield process


HIDDEN = "shells = [get_ipython()]\nshells[0].kernel is not None"


def test_code_that_turns_out_to_need_a_kernel_is_run_again_in_one(warm):
    notebook = code("open('again.txt', 'a').write('x')", HIDDEN)
    assert why_kernel(notebook, EMPTY) == ""
    done = execute(warm, notebook, EMPTY, {}, 7)
    assert done.kernel == "chạy không có nhân Jupyter thì mã báo lỗi thiếu nhân"
    assert notebook.cells[1].outputs[0].data["text/plain"] == "True"
    assert done.files == {"again.txt": b"x"}
    assert why_again(notebook) == ""


def test_chance_input_counts_figures_and_commands_are_as_without_a_kernel(warm):
    sources = (
        "import random\nrandom.random()", "input()",
        "import sys\nprint(1)\nprint(2, file=sys.stderr)",
        "!echo xin chào", "1 / 0", "In[1]", "import asyncio\nawait asyncio.sleep(0)\n6",
        "from matplotlib import pyplot\npyplot.plot([1, 2]);",
    )  # fmt: skip
    seen = []
    for kernel in (False, True):
        notebook = code(*sources)
        snapshot = dataclasses.replace(EMPTY, kernel=kernel)
        assert bool(execute(warm, notebook, snapshot, {}, 7).kernel) == kernel
        seen.append([summary(cell) for cell in notebook.cells])
    assert seen[0] == seen[1]


def summary(cell):
    return cell.execution_count, [
        (
            output.output_type,
            output.get("name") or output.get("ename"),
            output.get("text") or output.get("evalue") or sorted(output.data),
            output.get("execution_count"),
            output.get("data", {}).get("text/plain", ""),
        )
        for output in cell.outputs
    ]


def test_where_no_kernel_can_be_had_the_tests_go_to_a_person(warm, monkeypatch, graded):
    def refuse(*_args, kernel, **_kwargs):
        if kernel:
            raise KernelRefusedError("thiếu thư viện ipykernel")
        start(*_args, **_kwargs)

    start = warm.start
    monkeypatch.setattr(warm, "start", refuse)
    notebook = answered(released(graded.course), NEEDS_ONE)
    snapshot = take_snapshot(graded.course, "bai1").notebooks["square"]
    done = execute(warm, notebook, snapshot, {}, 7)
    assert done.kernel == ""
    told = {remark.cell for remark in done.remarks if remark.code == "no-kernel"}
    assert told == {"test_square", "test_partial", "test_honest"}
    assert "cio" not in notebook.metadata
