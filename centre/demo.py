"""The main job, for real: a centre with two sittings in one year, from lessons to certificates.

Every step is the one the ``cio`` command runs; only the trainees and markers are simulated.
The clock is the sample's own, so that running again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

import centre.ready  # noqa: F401 - before any table
import cohort_data
from centre.decisions.board import (
    draw_sheet,
    effective_decisions,
    sign_sheet,
    waiting_sheets,
)
from centre.decisions.cases import open_case
from centre.decisions.decide import content_of, decide_all, latest
from centre.decisions.replay import replay
from centre.demonstrating.papers import SEED, Papers
from centre.demonstrating.staff import found_demonstration
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.marks.agreed import agreements, disputed, write_agreed
from centre.marks.desk import sheet_scripts
from centre.marks.marking import record_marks
from centre.marks.panel import allocate
from centre.marks.scripts import scripts
from centre.people.enrol import enrol
from centre.people.listing import as_listed
from centre.people.records import enter_earlier
from centre.register.book import Book
from centre.register.issue import enrol_key, issue_all, the_signer
from centre.reporting.editions import report
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import read_settings
from centre.sittings.sitting import open_sitting
from cohort_data.rosters.prior import read_prior
from cohort_data.rosters.roster import read_roster
from cohort_data.simulated.cohort import mark_essay
from courses.build import build_lesson, run_headless
from courses.foundation.errors import CentreError
from courses.foundation.files import alone
from courses.lesson import lesson_paths
from grading.autograde import grade
from grading.certification.decision import Status
from grading.credentials.verification import verify
from grading.marking.sheet import fill_sheet, write_sheet
from grading.marking.sheet_reading import read_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from centre.accounts.actors import Actor
    from centre.cli.progress import Progress
    from centre.configuration import Centre
    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting
    from cohort_data.rosters.schema import Trainee
    from cohort_data.simulated.cohort import Habit
    from grading.credentials.verification import Verification
    from grading.gradebook.outcome import Outcome

SAMPLE = Path(cohort_data.__file__).parent / "sample"

# Every way of handing in is met once, each by a first-taker.
HABITS: dict[str, dict[str, Habit]] = {
    "CIO26-004": {"QL": "absent"},
    "CIO26-011": {"CAP": "absent"},
    "CIO26-018": {"KT": "late"},
    "CIO26-022": {"KM": "late"},
    "CIO26-029": {"QL": "blank"},
    "CIO26-036": {"KT": "damaged notebook"},
    "CIO26-040": {"KM": "nonsense answers"},
}
SUSPECT = "CIO26-020"


@dataclass(frozen=True)
class Held:
    """What one sitting came to."""

    code: str
    candidates: int
    graded: int
    failed: list[Outcome]
    essays: int
    adjudicated: int
    statuses: Counter[str]
    certificates: list[Path]
    reports: tuple[Path, ...]


@dataclass(frozen=True)
class Summary:
    """What the main job did, and how it proved itself."""

    lessons: int
    sittings: list[Held]
    checked: list[Verification]
    lines: int
    findings: list[str]
    replayed: str
    same: bool


def run_demo(folder: Path, progress: Progress) -> Summary:
    """Run the main job in ``folder``; again, and it finds everything done.

    Raises:
        CentreError: while another run is under way there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with alone(folder, wait=False):
            return _run(folder, progress)
    except BlockingIOError:
        raise CentreError("đang có một lần chạy khác ở đây; chờ nó xong", path=folder) from None


def _run(folder: Path, progress: Progress) -> Summary:
    lessons = _build_lessons(folder / "lessons", progress)
    with progress.step("Lập trung tâm: quản trị, giáo vụ, giám khảo, hội đồng, kiểm toán"):
        centre, staff = found_demonstration(folder, SAMPLE)
    first = _Demonstration(centre, staff, progress, "sitting.toml", HABITS).first()
    second = _Demonstration(centre, staff, progress, "sitting-again.toml", {}).again(first.code)
    with progress.step("Kiểm tra chứng chỉ, tính lại sổ nhật ký và một quyết định"):
        book = Book(centre, datetime.now(UTC))
        originals = [*first.certificates, *second.certificates]
        checked = [verify(path, book, book.now) for path in originals]
        findings = [str(finding) for finding in check(centre)]
        decision = latest(open_sitting(centre, first.code))[0]
        replayed = replay(decision)
    return Summary(
        lessons=lessons,
        sittings=[first, second],
        checked=checked,
        lines=LedgerLine.objects.count(),
        findings=findings,
        replayed=decision.enrolment.candidate,
        same=replayed.same,
    )


def _build_lessons(folder: Path, progress: Progress) -> int:
    paths = lesson_paths()
    for path in progress.each(paths, "Dựng bài học và chạy thử", total=len(paths)):
        if not (folder / f"{path.stem}.ipynb").exists():
            run_headless(build_lesson(path, folder))
    return len(paths)


class _Demonstration:
    """One simulated sitting, step by step."""

    def __init__(
        self,
        centre: Centre,
        staff: Mapping[str, Actor],
        progress: Progress,
        settings: str,
        habits: Mapping[str, Mapping[str, Habit]],
    ) -> None:
        self._centre, self._staff, self._progress = centre, staff, progress
        self._settings = read_settings(SAMPLE / settings)
        self._habits = habits
        closes = self._settings.closes
        self._marked_on = closes + timedelta(hours=12)
        self._decided_on = closes + timedelta(days=2)

    def first(self) -> Held:
        """The sitting of the whole sample roster, with results from before the centre."""
        self._marked_on = self._settings.closes + timedelta(days=3)
        self._decided_on = self._settings.closes + timedelta(days=6)
        roster = read_roster(SAMPLE / "danh-sach-hoc-vien.xlsx")
        with self._progress.step("Chuẩn bị kỳ sát hạch: danh sách, đề thi, bản phát hành"):
            sitting = self._prepare(roster.trainees)
            with transaction.atomic():
                enter_earlier(
                    self._staff["giao-vu"],
                    sitting,
                    read_prior(SAMPLE / "ket-qua-truoc.csv"),
                    "Biên bản giả định số 00/BB",
                    now=sitting.record.prepared_at,
                )
        return self._hold(sitting, SUSPECT)

    def again(self, earlier: str) -> Held:
        """The sitting of those who failed or missed an area that is offered again."""
        with self._progress.step("Chuẩn bị kỳ thi lại: từ hồ sơ của trung tâm, đề khác"):
            decided = latest(open_sitting(self._centre, earlier))
            people = [as_listed(one.enrolment) for one in decided if self._wanting(one)]
            sitting = self._prepare(people)
        return self._hold(sitting, "")

    def _wanting(self, decision: Decision) -> bool:
        """Whether somebody who may sit again lacks nothing but what is offered."""
        if decision.status not in (Status.FAIL, Status.INCOMPLETE):
            return False
        areas = content_of(decision)["areas"]
        lacking = {area["code"] for area in areas if area["outcome"] not in ("passed", "kept")}
        return bool(lacking) and lacking <= set(self._settings.papers)

    def _prepare(self, people: Sequence[Trainee]) -> Sitting:
        before = self._settings.opens - timedelta(days=7)
        officer = self._staff["giao-vu"]
        with transaction.atomic():
            sitting = prepare(officer, self._centre, self._settings, now=before)
            enrol(officer, sitting, people, now=before)
        release_papers(sitting)
        return sitting

    def _hold(self, sitting: Sitting, suspect: str) -> Held:
        """From papers to reports."""
        papers = Papers(sitting, self._staff["coi-thi"], self._habits, self._decided_on)
        papers.take(self._progress)
        outcomes = self._grade(sitting)
        states = self._mark_essays(sitting)
        with self._progress.step("Quyết định kết quả, hội đồng hai người ký"):
            if suspect:
                self._suspect(sitting, suspect)
            statuses = self._decide(sitting)
        certificates = self._certify(sitting)
        with self._progress.step("Lập báo cáo tổng hợp"):
            reports = report(self._staff["giao-vu"], sitting, now=self._decided_on)
        return Held(
            code=sitting.code,
            candidates=len(sitting.enrolments()),
            graded=sum(outcome.state != "failed" for outcome in outcomes),
            failed=[outcome for outcome in outcomes if outcome.state == "failed"],
            essays=len(states),
            adjudicated=states.count("adjudicated"),
            statuses=statuses,
            certificates=certificates,
            reports=reports,
        )

    def _grade(self, sitting: Sitting) -> list[Outcome]:
        forms = sitting.forms()
        total = sum(len(sitting.course.submissions(code)) for code in forms)
        work = (outcome for code in forms for outcome in grade(sitting.course, code, forms))
        return list(self._progress.each(work, "Chấm bài qua nbgrader", total=total))

    def _mark_essays(self, sitting: Sitting) -> list[str]:
        """Have each essay marked by two simulated markers on real sheets, disputes by a third."""
        marking, waiting = self._settings.marking, scripts(sitting)
        with transaction.atomic():
            allocate(self._staff["giao-vu"], sitting, now=self._marked_on)
        markers = self._progress.each(
            marking.markers, "Giám khảo mô phỏng chấm tự luận", total=len(marking.markers)
        )
        for marker in markers:
            self._mark_sheets(sitting, marker)
        third = disputed(sitting, waiting)
        if third:
            with self._progress.step(f"Giám khảo thứ ba chấm các bài lệch điểm ({len(third)})"):
                self._mark_sheets(sitting, marking.adjudicator)
        write_agreed(sitting)
        return [agreement.state for agreement in agreements(sitting, waiting).values()]

    def _mark_sheets(self, sitting: Sitting, marker: str) -> None:
        """First the seeds that come before a marker's first script, then the scripts."""
        actor = self._staff[marker]
        for number in (1, 2):
            waiting, _ = sheet_scripts(actor, sitting, marker)
            if not waiting:
                return
            path = sitting.folder / "marking" / f"phieu-cham-{marker}-{number}.xlsx"
            write_sheet(path, marker, waiting)
            fill_sheet(path, waiting, lambda s: mark_essay(s.text, s.rubric, marker, SEED))
            marked, _ = read_sheet(path, marker, waiting)
            with transaction.atomic():
                record_marks(actor, sitting, marker, marked, now=self._marked_on)

    def _suspect(self, sitting: Sitting, candidate: str) -> None:
        reason = "tình huống giả định: mang tài liệu vào phòng thi"
        with transaction.atomic():
            open_case(self._staff["giao-vu"], sitting, candidate, reason, now=self._marked_on)

    def _decide(self, sitting: Sitting) -> Counter[str]:
        """Decide, lay before the board, and let two members sign."""
        now, officer = self._decided_on, self._staff["giao-vu"]
        with transaction.atomic():
            decided = decide_all(officer, sitting, now=now)
            effective = effective_decisions(sitting)
            if any(one.id not in effective for one in decided.standing):
                waiting = waiting_sheets(sitting)
                sheet = (
                    waiting[-1]
                    if waiting
                    else draw_sheet(officer, sitting, "Nghị quyết giả định số 00/NQ-HĐ", now=now)
                )
                for number in range(sheet.signatures.count() + 1, sheet.quorum + 1):
                    member = self._staff[f"hoi-dong-{number}"]
                    sign_sheet(member, sheet, sheet.digest, now=now)
        return Counter(decision.status for decision in decided.standing)

    def _certify(self, sitting: Sitting) -> list[Path]:
        now, registrar = self._decided_on, self._staff["van-thu"]
        signer = the_signer(self._centre, now)
        with transaction.atomic():
            enrol_key(registrar, signer, now=now)
        work = issue_all(registrar, sitting, signer, now=now)
        issued = list(self._progress.each(work, "In, ký, vào sổ chứng chỉ"))
        return [one.path for one in issued if one.path is not None]
