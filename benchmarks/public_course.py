"""``python -m benchmarks.public_course CLONES [NAME…]``: courses of others, marked by both.

Courses are named in ``public_courses.toml``, each at one commit; ``CLONES/<name>`` is a clone of
its repository, made where there is none. Each assignment is released by nbgrader; the solution,
the blank release and the students of :mod:`benchmarks.students` are marked by nbgrader and by the
engine, and compared row by row. Every row that differs is told; the sums are kept in
``public_courses.md``, a line a course. Exit status 1 when a row is lower without a flag, or higher
than nbgrader's.
"""

from __future__ import annotations

import io
import json
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import warnings
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader import __version__ as nbgrader_version
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde

from benchmarks.students import SOLUTION, answered, students
from courses.foundation.errors import CioError
from grading.autograde import Options, grade_all
from grading.gradebook.course import make_course, nbgrader_messages, release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grading.gradebook.course import Course

_NAMED = Path(__file__).with_name("public_courses.toml")
_KEPT = Path(__file__).with_name("public_courses.md")
_DUE = datetime(2100, 1, 1, tzinfo=UTC)

Key = tuple[str, str, str, str]  # assignment, student, notebook, cell


@dataclass(frozen=True)
class Row:
    """One cell worth points, by both."""

    key: Key
    most: float
    stock: float
    ours: float
    stock_flag: bool
    our_flag: bool

    @property
    def flagged(self) -> bool:
        """Whether a person is to look where nbgrader wants nobody to."""
        return self.our_flag and not self.stock_flag

    @property
    def kind(self) -> str:
        """How the two compare."""
        if self.ours == self.stock:
            return "bằng nhau, có cờ" if self.flagged else "bằng nhau"
        side = "ít hơn" if self.ours < self.stock else "NHIỀU HƠN"
        return f"{side}, có cờ" if self.our_flag else f"{side}, KHÔNG CỜ"


def main(clones: Path, names: list[str]) -> int:
    """Mark and compare the courses of these names, or all; the exit status."""
    warnings.simplefilter("ignore")
    known = tomllib.loads(_NAMED.read_text(encoding="utf-8"))
    if unknown := set(names) - known.keys():
        _say(f"không có khoá học {', '.join(sorted(unknown))}; có {', '.join(known)}")
        return 2
    found = {}
    for name in names or known:
        with tempfile.TemporaryDirectory() as scratch:
            found[name] = _course(clones / name, known[name], Path(scratch))
        _tell(name, found[name])
        _keep(known[name], found[name])
    return int(any(_wrong(rows) for rows in found.values()))


def _course(clone: Path, course: dict[str, Any], scratch: Path) -> list[Row]:
    if not clone.exists():
        address = f"https://github.com/{course['repository']}"
        _run("git", "clone", "--quiet", "--bare", address, str(clone))
    command = ("git", "-C", str(clone), "archive", course["commit"], *course["sources"])
    with tarfile.open(fileobj=io.BytesIO(_run(*command))) as archive:
        archive.extractall(scratch / "clone", filter="data")
    sources = [scratch / "clone" / source for source in course["sources"]]
    stock, left_out = _prepared(sources, scratch / "nbgrader")
    for reason in left_out:
        _say(f"không phát hành được: {reason}")
    ours, _ = _prepared(sources, scratch / "cio")
    _mark_by_us(ours, ours.assignments())
    for name in stock.assignments():
        with nbgrader_messages():
            _mark_by_stock(stock, name)
    return list(_compared(stock, ours))


def _run(*command: str) -> bytes:
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - git


def _prepared(sources: list[Path], place: Path) -> tuple[Course, list[str]]:
    """A course of the same sources, released and submitted; and what nbgrader refused."""
    course = make_course(place, "khoa-cong-khai")
    refused = []
    for source in (folder for folders in map(_assignments, sources) for folder in folders):
        name = re.sub(r"[^\w-]", "-", source.name)
        shutil.copytree(source, place / "source" / name)
        for path in (place / "source" / name).glob("*.ipynb"):
            _weigh(path)
        try:
            release(course, name, _DUE)
        except Exception as error:  # noqa: BLE001 - a course of any age
            refused.append(f"{name}: {str(error).splitlines()[0][:200]}")
            shutil.rmtree(place / "source" / name)
            shutil.rmtree(place / "release" / name, ignore_errors=True)
            continue
        _submit(place, name)
    return course, refused


def _submit(place: Path, assignment: str) -> None:
    for student, answer in students().items():
        folder = place / "submitted" / student / assignment
        shutil.copytree(place / "release" / assignment, folder)
        for path in folder.glob("*.ipynb"):
            source = json.loads((place / "source" / assignment / path.name).read_text("utf-8"))
            submitted = answered(source, json.loads(path.read_text("utf-8")), answer)
            path.write_text(json.dumps(submitted), encoding="utf-8")


def _weigh(path: Path) -> None:
    """Give a point to each test that its course gives none, so that no difference goes unseen."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook.get("cells", []):
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade") and not marks.get("points"):
            marks["points"] = 1
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _assignments(source: Path) -> list[Path]:
    found = [path for path in source.iterdir() if path.is_dir() and any(path.glob("*.ipynb"))]
    return sorted(path for path in found if not path.name.startswith("."))


def _mark_by_us(course: Course, assignments: list[str]) -> None:
    """Mark all in one run; one that is refused is told, and another run begins after it."""
    left = assignments
    while left:
        begun = -1
        try:
            for outcome in grade_all(course, left, {}, Options(place=2)):
                begun = left.index(outcome.assignment)
                if outcome.state != "graded":
                    _say(f"không chấm được: {outcome.student} {outcome.assignment}: "
                         f"{outcome.reason}")  # fmt: skip
        except CioError as error:
            _say(f"cio từ chối {left[begun + 1]}: {error}")
            left = left[begun + 2 :]
        else:
            return


def _mark_by_stock(course: Course, assignment: str) -> None:
    for student in students():  # apart, for nbgrader goes no further after one it cannot mark
        try:
            directory = course.directory(assignment, student)
            Autograde(coursedir=directory, config=course.config, force=True).start()
        except Exception as error:  # noqa: BLE001 - what nbgrader does not mark is left out below
            _say(f"nbgrader dừng ở {assignment}, {student}: {type(error).__name__}")


def _compared(stock: Course, ours: Course) -> Iterator[Row]:
    theirs, mine = _grades(stock), _grades(ours)
    for key in sorted(theirs.keys() & mine.keys()):
        (score, flag, most), (our_score, our_flag, _) = theirs[key], mine[key]
        yield Row(key, most, score, our_score, flag, our_flag)
    alone = Counter(
        (key[0], "nbgrader" if key in theirs else "cio") for key in theirs.keys() ^ mine.keys()
    )
    for (assignment, side), count in sorted(alone.items()):
        _say(f"chỉ {side} chấm được {count} dòng của {assignment}")


def _grades(course: Course) -> dict[Key, tuple[float, bool, float]]:
    found = {}
    with Gradebook(course.db_url) as gradebook:
        for assignment in gradebook.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        key = (assignment.name, submission.student.id, notebook.name, grade.name)
                        score = (grade.auto_score or 0.0, bool(grade.needs_manual_grade))
                        found[key] = *score, grade.max_score_gradecell or 0.0
    return found


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell(course: str, rows: list[Row]) -> None:
    for row in rows:
        if row.kind != "bằng nhau":
            _say(f"{row.kind}: {'/'.join(row.key)}: nbgrader {row.stock:g}, cio {row.ours:g}"
                  f" / {row.most:g}")  # fmt: skip
    kinds = Counter(row.kind for row in rows)
    _say(f"{course}: {len(rows)} dòng: {', '.join(f'{k} {n}' for k, n in kinds.items())}")


def _wrong(rows: list[Row]) -> bool:
    return not rows or any("KHÔNG CỜ" in row.kind or "NHIỀU" in row.kind for row in rows)


_HEAD = """\
# Khoá học công khai của người khác, chấm bằng cả hai

Mỗi đề của khoá học được nbgrader phát hành; lời giải của người dạy, bài để trống, bài làm một nửa
và hai bài có một chỗ nhầm ở mỗi câu (`benchmarks/students.py`) được chấm bằng `nbgrader autograde`
và `cio grade`, rồi so từng ô có điểm (`python -m benchmarks.public_course`). “Có cờ” là ô cần người
xem mà nbgrader không cần. Đề mà nbgrader không phát hành hay không chấm được thì không có trong
bảng. Không nội dung nào của khoá học được giữ ở đây.

| Khoá học | Bản ghi | Dòng | Bằng điểm | Có cờ | Ít hơn, không cờ | Nhiều hơn \
| Lời giải: nbgrader, cio, tối đa | Chạy |
|---|---|---:|---:|---:|---:|---:|---|---|
"""


def _keep(course: dict[str, Any], rows: list[Row]) -> None:
    """Put what was found of a course in the place of what was known of it."""
    told = _KEPT.read_text(encoding="utf-8").splitlines() if _KEPT.exists() else []
    head = f"| {course['repository']} "
    lines = [line for line in told if line.startswith("| ") and "/" in line.split("|")[1]]
    lines = [line for line in lines if not line.startswith(head)]
    lines.append(f"{head}| {course['commit'][:10]} {_line(rows)}")
    _KEPT.write_text(_HEAD + "".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")


def _line(rows: list[Row]) -> str:
    equal, flagged = sum(r.ours == r.stock for r in rows), sum(r.flagged for r in rows)
    less = sum(r.ours < r.stock and not r.our_flag for r in rows)
    more = sum(r.ours > r.stock for r in rows)
    solved = [r for r in rows if r.key[1] == SOLUTION]
    sums = ", ".join(f"{sum(getattr(r, side) for r in solved):g}"
                     for side in ("stock", "ours", "most"))  # fmt: skip
    ran = f"{datetime.now(UTC):%d/%m/%Y}, Python {platform.python_version()}, {nbgrader_version}"
    share = f"{flagged} ({flagged / max(1, len(rows)):.1%})"
    return f"| {len(rows)} | {equal} | {share} | {less} | {more} | {sums} | {ran} |"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
