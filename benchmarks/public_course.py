"""``python -m benchmarks.public_course FOLDER``: a course of somebody else's, marked by both.

``FOLDER`` has ``source/<assignment>/*.ipynb`` with the instructor's own solutions. Each assignment
is released by nbgrader; the solution and the blank release are submitted, marked by nbgrader and
by the engine, and compared row by row. Nothing is written into ``FOLDER``.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde

from courses.foundation.errors import CioError
from grading.autograde import Options, grade_all
from grading.gradebook.course import make_course, nbgrader_messages, release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grading.gradebook.course import Course

_DUE = datetime(2100, 1, 1, tzinfo=UTC)
_SOLUTION, _BLANK = "loi-giai", "bo-trong"

Key = tuple[str, str, str, str]


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
    def kind(self) -> str:
        """How the two compare."""
        flagged = self.our_flag and not self.stock_flag
        if self.ours == self.stock:
            return "bằng nhau, có cờ" if flagged else "bằng nhau"
        side = "ít hơn" if self.ours < self.stock else "NHIỀU HƠN"
        return f"{side}, có cờ" if self.our_flag else f"{side}, KHÔNG CỜ"


def main(folder: Path) -> None:
    """Mark and compare; exits with 1 when a row is lower without a flag, or higher."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as scratch:
        stock, left_out = _prepared(folder, Path(scratch, "nbgrader"))
        for reason in left_out:
            _say(f"không phát hành được: {reason}")
        ours, _ = _prepared(folder, Path(scratch, "cio"))
        names = ours.assignments()
        for name in names:
            with nbgrader_messages():
                _mark_by_stock(stock, name)
            _mark_by_us(ours, name)
        rows = list(_compared(stock, ours))
    _tell(rows)


def _prepared(folder: Path, place: Path) -> tuple[Course, list[str]]:
    """A course of the same sources, released, with both submissions; and what nbgrader refused."""
    course = make_course(place, "khoa-cong-khai")
    refused = []
    for source in _assignments(folder / "source"):
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
        for student, origin in ((_SOLUTION, "source"), (_BLANK, "release")):
            shutil.copytree(place / origin / name, place / "submitted" / student / name)
    return course, refused


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


def _mark_by_us(course: Course, assignment: str) -> None:
    try:
        for outcome in grade_all(course, [assignment], {}, Options(place=2)):
            if outcome.state != "graded":
                _say(f"không chấm được: {outcome.student} {assignment}: {outcome.reason}")
    except CioError as error:
        _say(f"cio từ chối {assignment}: {error}")


def _mark_by_stock(course: Course, assignment: str) -> None:
    try:
        directory = course.directory(assignment, "*")
        Autograde(coursedir=directory, config=course.config, force=True).start()
    except Exception as error:  # noqa: BLE001 - what nbgrader does not mark is left out below
        _say(f"nbgrader dừng ở {assignment}: {type(error).__name__}")


def _compared(stock: Course, ours: Course) -> Iterator[Row]:
    theirs, mine = _grades(stock), _grades(ours)
    for key in sorted(theirs.keys() & mine.keys()):
        (score, flag, most), (our_score, our_flag, _) = theirs[key], mine[key]
        yield Row(key, most, score, our_score, flag, our_flag)
    for key in sorted(theirs.keys() ^ mine.keys()):
        _say(f"chỉ một bên có: {'/'.join(key)}")


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


def _tell(rows: list[Row]) -> None:
    kinds = Counter(row.kind for row in rows)
    for row in rows:
        if row.kind != "bằng nhau":
            _say(f"{row.kind}: {'/'.join(row.key)}: nbgrader {row.stock:g}, cio {row.ours:g}"
                  f" / {row.most:g}")  # fmt: skip
    solved = [row for row in rows if row.key[1] == _SOLUTION]
    _say(f"{len(rows)} dòng: {', '.join(f'{kind} {count}' for kind, count in kinds.items())}")
    _say(f"lời giải: nbgrader {sum(r.stock for r in solved):g}, "
          f"cio {sum(r.ours for r in solved):g} / {sum(r.most for r in solved):g}")  # fmt: skip
    if any("KHÔNG CỜ" in kind or "NHIỀU" in kind for kind in kinds):
        raise SystemExit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
