"""``python -m benchmarks``: what marking costs, ours against nbgrader's; rosters; the centre.

The table goes to stdout and, with its conditions, to ``benchmarks/results.md``.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbgrader import __version__ as nbgrader_version
from nbgrader.converters import Autograde

from benchmarks.centre import centre_table
from benchmarks.notebooks import ASSIGNMENT, add_assignment, make_benchmark_course
from benchmarks.rosters import roster_table
from centre.cli.progress import Progress
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.demo import SAMPLE, run_demo
from centre.sittings.settings import read_settings
from centre.sittings.sitting import open_sitting
from grading.autograde import Options, grade, grade_all
from grading.code.preflight import keep_preflight, read_preflight
from grading.gradebook.course import make_course, nbgrader_messages
from grading.gradebook.snapshot import take_snapshot

if TYPE_CHECKING:
    from grading.gradebook.course import Course

STOCK, OURS = 8, 400  # notebooks for nbgrader, and for everything else
CLASSES, CLASS = 20, 5  # assignments of a small class, and submissions of each
FIRST = 5  # times that one submission is marked alone
GROWTH = (50, 1000)  # notebooks of one run, to see what it holds in memory
RESULTS = Path(__file__).with_name("results.md")
SCIENCE = "numpy,pandas,matplotlib.pyplot"  # held ready by what must serve any notebook
_FLOOR, _BARE = "sàn", "sàn trần"


@dataclass(frozen=True)
class Row:
    """One way of marking one kind of notebook, everything included.

    ``seconds`` is time on the clock and ``processor`` time of all processors, both a notebook;
    the second tells more on a machine that is busy with other things.
    """

    kind: str
    way: str
    seconds: float
    processor: float


class _Clock:
    """Clock and processor time since it was made, of this process and all it has waited for."""

    def __init__(self) -> None:
        self._clock, self._processor = time.perf_counter(), _processor()

    def row(self, kind: str, way: str, notebooks: int) -> Row:
        """What has been used since, a notebook."""
        seconds = time.perf_counter() - self._clock
        return Row(kind, way, seconds / notebooks, (_processor() - self._processor) / notebooks)


def _processor() -> float:
    return sum(os.times()[:4])


def main() -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, heavy in (("nhỏ", False), ("pandas + matplotlib", True)):
            rows += _code(Path(folder, kind), kind, heavy=heavy)
        rows += _small_class(Path(folder, "class"))
        rows += _papers(Path(folder, "papers"))
        rosters = roster_table(Path(folder))
        centre = centre_table(Path(folder, "centres"))
        first = _first(Path(folder, "first"))
        growth = [_grown(Path(folder, f"growth-{count}"), count) for count in GROWTH]
    text = f"{_table(rows)}\n{first}\n{_growth_table(growth)}\n{rosters}\n{centre}"
    RESULTS.write_text(f"# Kết quả đo\n\n{_conditions()}\n\n{text}", encoding="utf-8")
    sys.stdout.write(text)


def _code(folder: Path, kind: str, *, heavy: bool) -> list[Row]:
    few = make_benchmark_course(folder / "nbgrader", STOCK, heavy=heavy)
    many = make_benchmark_course(folder / "cio", OURS, heavy=heavy)
    clock = _Clock()
    _stock(few, ASSIGNMENT)
    rows = [clock.row(kind, "nbgrader autograde", STOCK)]
    for workers in (1, 2):
        clock = _Clock()
        _ours(many, ASSIGNMENT, workers)
        rows.append(clock.row(kind, f"cio grade --workers {workers}", OURS))
        rows.append(_one_verdict(many, kind, workers))
        for floor, libraries in ((_FLOOR, SCIENCE), *(() if heavy else ((_BARE, ""),))):
            clock = _Clock()
            _floor(many, libraries, workers)
            rows.append(clock.row(kind, f"{floor}, {workers} tiến trình", OURS))
    return rows


def _one_verdict(course: Course, kind: str, workers: int) -> Row:
    """As nbgrader runs it alone: what the second verdict costs is the rest."""
    snapshot = take_snapshot(course, ASSIGNMENT)
    both = read_preflight(course, snapshot)
    if both is None:
        raise SystemExit("chưa chấm thử")
    alone = tuple(replace(test, inside="đo") for test in both.tests)
    keep_preflight(course, snapshot, replace(both, tests=alone))
    clock = _Clock()
    _ours(course, ASSIGNMENT, workers)
    row = clock.row(kind, f"một phán quyết, {workers} tiến trình", OURS)
    keep_preflight(course, snapshot, both)
    return row


def _small_class(folder: Path) -> list[Row]:
    """Many assignments of a few submissions, each tried first: in one command of ours."""
    kind = f"{CLASSES} đề × {CLASS} bài"
    few, many = (make_course(folder / name, "lop-nho") for name in ("nbgrader", "cio"))
    names = [f"bai{number:02d}" for number in range(CLASSES)]
    for name in names:
        add_assignment(many, name, CLASS, heavy=False)
    add_assignment(few, names[0], CLASS, heavy=False)
    clock = _Clock()
    _stock(few, names[0])
    rows = [clock.row(kind, "nbgrader autograde", CLASS)]
    clock = _Clock()
    states = {o.state for o in grade_all(many, names, {}, Options(force=True, place=2))}
    if states != {"graded"}:
        raise SystemExit(f"không chấm được: {states}")
    return [*rows, clock.row(kind, "cio grade --workers 2", CLASSES * CLASS)]


def _first(folder: Path) -> str:
    """One submission by the command itself, from its start to its end: what is fixed in a run."""
    course = make_benchmark_course(folder, 1, heavy=False)
    program = str(Path(sys.executable).with_name("cio"))
    _tell_the_time(next(course.folder.glob("submitted/*/*/*.ipynb")))
    rows, begun = [], []
    for _ in range(FIRST):
        clock, called = _Clock(), time.time()
        command = [program, "grade", str(course.folder), ASSIGNMENT, "--force", "--json"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own
        rows.append(clock.row("", "", 1))
        begun.append(_time_told(next(course.folder.glob("autograded/*/*/*.ipynb"))) - called)
    rows.sort(key=lambda row: row.seconds)
    middle = rows[FIRST // 2]
    return (
        f"Một bài bằng lệnh `cio grade` (giữa của {FIRST} lần): ô đầu tiên của bài chạy "
        f"{sorted(begun)[FIRST // 2]:.2f} giây sau khi gọi lệnh; lệnh kết thúc sau "
        f"{middle.seconds:.2f} giây, {middle.processor:.2f} giây bộ xử lý.\n"
    )


def _tell_the_time(path: Path) -> None:
    """Have a submission say when its first cell ran."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("import time\nprint(time.time())"))
    nbformat.write(notebook, path)


def _time_told(path: Path) -> float:
    return float(nbformat.read(path, as_version=4).cells[0].outputs[0].text)


def _stock(course: Course, assignment: str, student: str = "*") -> None:
    with nbgrader_messages():
        directory = course.directory(assignment, student)
        Autograde(coursedir=directory, config=course.config, force=True).start()


def _ours(course: Course, assignment: str, workers: int) -> None:
    states = {o.state for o in grade(course, assignment, {}, force=True, workers=workers)}
    if states != {"graded"}:
        raise SystemExit(f"không chấm được: {states}")


def _floor(course: Course, libraries: str, workers: int) -> None:
    folders = sorted(str(path) for path in (course.folder / "submitted").glob("*/*"))
    subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "benchmarks.floor", libraries, str(workers)],
        input="\n".join(folders),
        stdout=subprocess.DEVNULL,
        text=True,
        check=True,
    )


def _papers(folder: Path) -> list[Row]:
    """Papers of ours, from the demonstration's sitting; nbgrader executes them in kernels."""
    made = Path("build/demo")
    if (made / SETTINGS).exists():
        shutil.copytree(made, folder, symlinks=True)
    else:
        run_demo(folder, Progress(quiet=True))
    code = read_settings(SAMPLE / "sitting.toml").code
    sitting = open_sitting(open_centre(folder), code)
    course = sitting.course
    forms = sitting.forms()
    assignment = min(forms)
    students = course.submissions(assignment)
    notebooks = len(forms[assignment].competencies)
    clock = _Clock()
    _stock(course, assignment, students[0])
    rows = [clock.row("đề của ta", "nbgrader autograde", notebooks)]
    clock = _Clock()
    count = sum(
        len(forms[name].competencies) * (outcome.state == "graded")
        for name in forms
        for outcome in grade(course, name, forms, force=True)
    )
    return [*rows, clock.row("đề của ta", "cio grade", count)]


# Grades the folder given, and says what it took: seconds, and KiB at most, of this process and
# of the largest of its children.
_GROWN = """
import resource, sys, time, warnings
from pathlib import Path
from grading.autograde import grade
from grading.gradebook.course import open_course
warnings.simplefilter("ignore")
begin = time.perf_counter()
count = sum(outcome.state == "graded" for outcome in
            grade(open_course(Path(sys.argv[1])), sys.argv[2], {}, workers=2))
seconds = time.perf_counter() - begin
# What getrusage says of this process it has from the one that started it.
own = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(count, seconds, own, children)
"""


@dataclass(frozen=True)
class Growth:
    """One run over ``notebooks`` in a process of its own; memory in MiB, the most it held."""

    notebooks: int
    seconds: float
    own: float
    child: float


def _grown(folder: Path, count: int) -> Growth:
    course = make_benchmark_course(folder, count, heavy=False)
    command = [sys.executable, "-c", _GROWN, str(course.folder), ASSIGNMENT]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own
    graded, seconds, own, child = map(float, done.stdout.split())
    if graded != count:
        raise SystemExit(f"chỉ chấm được {graded:.0f} trong {count} bài")
    return Growth(count, seconds, own / 1024, child / 1024)


def _growth_table(runs: list[Growth]) -> str:
    lines = [
        "| Số bài nhỏ một lần chạy | ms/bài | cio giữ tối đa (MiB) | con lớn nhất giữ (MiB) |",
        "|---:|---:|---:|---:|",
    ]
    for run in runs:
        each = run.seconds / run.notebooks * 1000
        lines.append(f"| {run.notebooks} | {each:.1f} | {run.own:.0f} | {run.child:.0f} |")
    return "\n".join(lines) + "\n"


def _table(rows: list[Row]) -> str:
    found = {(row.kind, row.way): row.seconds for row in rows}
    lines = [
        "| Bài | Cách chấm | ms/bài | nhanh hơn nbgrader | gấp sàn | ms bộ xử lý/bài |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for row in rows:
        stock = found[row.kind, "nbgrader autograde"]
        floor = found.get((row.kind, f"{_FLOOR}, {row.way[-1]} tiến trình"))
        lines.append(
            f"| {row.kind} | {row.way} | {row.seconds * 1000:.1f} | ×{stock / row.seconds:.1f} "
            f"| {f'{row.seconds / floor:.1f}' if floor else '—'} | {row.processor * 1000:.1f} |"
        )
    return "\n".join(lines) + "\n"


def _conditions() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Đo {datetime.now(UTC):%d/%m/%Y %H:%M} UTC trên {os.cpu_count()} lõi "
        f"({platform.machine()}, Linux {platform.release().partition('-')[0]}, tải trung bình "
        f"{load} khi đo xong), Python {platform.python_version()}, nbgrader {nbgrader_version}. "
        f"Bài 10 ô; nbgrader chấm {STOCK} bài, các cách khác {OURS} bài, trong cùng một lần chạy; "
        "thời gian của cio gồm cả khởi động, hộp cát, chấm ngoài tiến trình và ghi sổ điểm; của "
        "nbgrader không gồm 2–3 giây khởi động lệnh. “Sàn” là tiến trình nóng giữ sẵn numpy, "
        "pandas và matplotlib, tách đôi mỗi bài, đọc bài, exec các ô rồi ghi lại bài: không hộp "
        "cát, không IPython, không thu kết quả, không ghi điểm. “Sàn trần” cũng vậy mà không giữ "
        "sẵn thư viện nào, như cio làm khi đề không dùng tới."
    )


if __name__ == "__main__":
    main()
