"""What the centre's own work costs as it grows, beside what nbgrader takes for the like.

nbgrader is measured on the smallest number of people in the same run: what it does for each of
them it does one by one.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from nbgrader.api import Gradebook
from nbgrader.plugins.export import CsvExportPlugin

import cohort_data
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, the_user
from centre.configuration import DATABASE
from centre.database import disconnect
from centre.decisions.decide import decide_all
from centre.founding import found
from centre.ledger.acts import record_many
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.people.enrol import enrol
from centre.people.models import Agency
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import read_settings
from cohort_data.rosters.schema import Trainee
from grading.gradebook.course import make_course
from grading.gradebook.results import CellMark, NotebookResult, SubmissionResult
from grading.gradebook.writer import BulkWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.sittings.sitting import Sitting

SAMPLE = Path(cohort_data.__file__).parent / "sample"
LINES, _BATCH = 100_000, 2_000
PEOPLE = (200, 2_000, 5_000, 20_000)
_FOUNDED = datetime(2026, 1, 5, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Cost:
    """Processor seconds of this process for one piece of work, and the peer's for each unit."""

    work: str
    count: int
    seconds: float
    peer: str
    peer_each: float


def centre_table(folder: Path, people: Sequence[int] = PEOPLE, lines: int = LINES) -> str:
    """Measure in centres made under ``folder``."""
    costs = [ledger_checked(folder / "ledger", lines)]
    peers: dict[str, float] = {}
    for count in people:
        costs += grown(folder / f"people-{count}", count, peers)
    head = (
        "| Việc của trung tâm | số lượng | giây bộ xử lý | ms mỗi đơn vị | so với | nhanh gấp |",
        "|---|---:|---:|---:|---|---:|",
    )
    return "\n".join([*head, *map(_row, costs)]) + "\n"


def _row(cost: Cost) -> str:
    each = cost.seconds / cost.count
    return (
        f"| {cost.work} | {cost.count} | {cost.seconds:.1f} | {each * 1000:.2f} | {cost.peer} "
        f"| ×{cost.peer_each / each:.1f} |"
    )


def ledger_checked(folder: Path, lines: int) -> Cost:
    """Recompute a ledger of ``lines`` lines, each of which covers a row."""
    centre, actor = _centre(folder)
    for begin in range(0, lines, _BATCH):
        named = [f"Cơ quan giả định {number}" for number in range(begin, begin + _BATCH)]
        rows = {name: [Agency(name=name, kind="địa phương")] for name in named}
        with transaction.atomic():
            record_many(actor, "agency.entered", rows, _FOUNDED)
    checkpoint(centre)
    seconds, findings = _timed(lambda: check(centre))
    disconnect()
    if findings:
        raise SystemExit(f"sổ vừa ghi không khớp: {findings[0]}")
    bare, _ = _timed(lambda: _chained(folder / DATABASE))
    return Cost("kiểm tra sổ nhật ký (dòng)", lines, seconds, "băm suông", bare / lines)


def _chained(path: Path) -> str:
    """The least that any chain costs: every line read, parsed and hashed with the one before."""
    previous = ""
    with closing(sqlite3.connect(path)) as connection:
        for after, *rest in connection.execute("SELECT after, * FROM centre_ledgerline"):
            told = json.dumps([previous, json.loads(after), *map(str, rest)], ensure_ascii=False)
            previous = hashlib.sha256(told.encode()).hexdigest()
    return previous


def grown(folder: Path, count: int, peers: dict[str, float]) -> Iterator[Cost]:
    """A sitting of ``count`` people who are new to the centre: entered, prepared, decided on."""
    centre, officer = _centre(folder)
    settings = read_settings(SAMPLE / "sitting.toml")
    before, people = settings.opens - timedelta(days=7), list(map(invented, range(1, count + 1)))

    with transaction.atomic():
        drawing, sitting = _timed(lambda: prepare(officer, centre, settings, now=before))
        seconds, _ = _timed(lambda: enrol(officer, sitting, people, now=before))
    if "students" not in peers:
        peers["students"] = _students_added(folder / "nbgrader", people) / count
    added = "nbgrader thêm học viên", peers["students"]
    yield Cost("nhập danh sách (người)", count, seconds, *added)
    seconds, _ = _timed(lambda: release_papers(sitting))
    yield Cost("chuẩn bị kỳ thi (người)", count, drawing + seconds, *added)
    _mark(sitting)
    with transaction.atomic():
        decided = partial(decide_all, officer, sitting, now=settings.closes)
        seconds, done = _timed(decided)
    if "export" not in peers:
        peers["export"] = _exported(sitting, folder / "nbgrader.csv") / count
    disconnect()
    if done.new != count:
        raise SystemExit(f"chỉ quyết định được {done.new} trong {count} người")
    yield Cost("quyết định (người)", count, seconds, "nbgrader export", peers["export"])


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.process_time()
    done = work()
    return time.process_time() - begin, done


def _students_added(folder: Path, people: Sequence[Trainee]) -> float:
    """As ``nbgrader db student import`` does, one after another."""
    with Gradebook(make_course(folder, "khoa").db_url) as gradebook:
        begin = time.process_time()
        for one in people:
            gradebook.update_or_create_student(one.id, last_name=one.full_name)
        return time.process_time() - begin


def _exported(sitting: Sitting, path: Path) -> float:
    with Gradebook(sitting.course.db_url) as gradebook:
        return _timed(lambda: CsvExportPlugin(to=str(path)).export(gradebook))[0]


def _mark(sitting: Sitting) -> None:
    """Marks of everybody in the gradebook, as grading writes them; answers are not made up."""
    forms = sitting.forms()
    for code, form in forms.items():
        paper, mine = form.paper, []
        for enrolment in sitting.record.enrolments.order_by("candidate"):
            if sitting.form_of(enrolment.candidate, paper, forms).code == code:
                mine.append(enrolment.candidate)
                sitting.course.path("autograded", enrolment.candidate, code).mkdir(parents=True)
        writer = BulkWriter(sitting.course, code)
        for begin in range(0, len(mine), _BATCH):
            writer.write([_result(one, form) for one in mine[begin : begin + _BATCH]])
        writer.close()


def _result(candidate: str, form: Form) -> SubmissionResult:
    marked = tuple(
        NotebookResult(competency, "", _marks(candidate, form, competency), {})
        for competency in form.competencies
    )
    return SubmissionResult(candidate, form.code, None, marked)


def _marks(candidate: str, form: Form, competency: str) -> dict[str, CellMark]:
    """Most things right; who is right where follows from the number."""
    number = int(candidate[-5:])
    return {
        item.id: CellMark(float(item.points * ((number + at) % 4 > 0)))
        for at, item in enumerate(form.of(competency))
    }


def _centre(folder: Path) -> tuple[Centre, Actor]:
    """A centre with an officer, who may enter people."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    stated = SAMPLE / "centre.toml"
    centre, administrator = found(folder, stated, "quan-tri", getpass.getuser(), _FOUNDED)
    with transaction.atomic():
        add_user(administrator, "giao-vu", [Role.OFFICER], now=_FOUNDED)
    return centre, actor_of(the_user("giao-vu"))


def invented(number: int) -> Trainee:
    """Somebody new to the centre."""
    letters = "".join(chr(97 + int(digit)) for digit in f"{number:05}")
    return Trainee(
        id=f"CIO26-{number:05}",
        full_name=f"Nguyễn Văn {letters.capitalize()}",
        birth_date=datetime(1980, 9, 5, tzinfo=UTC).date(),
        position="Giám đốc Trung tâm Chuyển đổi số",
        agency=f"Sở Khoa học và Công nghệ giả định {number % 63}",
        agency_type="địa phương",
        attempt=None,
    )
