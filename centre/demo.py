"""The main job, for real: a centre with two sittings in one year, from lessons to certificates.

Every step is the one the ``cio`` command runs; only the trainees and markers are simulated.
The clock is the sample's own, so that running again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

import centre.ready  # noqa: F401 - before any table
import cohort_data
from centre.accounts.models import User
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, machine_account, the_user
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.decisions.board import (
    draw_sheet,
    effective_decisions,
    sign_sheet,
    waiting_sheets,
)
from centre.decisions.cases import open_case
from centre.decisions.decide import content_of, decide_all, latest
from centre.decisions.effect import QUORUM
from centre.decisions.replay import replay
from centre.founding import found
from centre.ledger.check import check
from centre.ledger.models import LedgerLine
from centre.ledger.seal import the_seal
from centre.marks.agreed import agreements, disputed, write_agreed
from centre.marks.desk import sheet_scripts
from centre.marks.marking import record_marks
from centre.marks.panel import allocate
from centre.marks.scripts import scripts
from centre.people.enrol import enrol
from centre.people.listing import as_listed
from centre.people.records import enter_earlier
from centre.people.retakes import standings
from centre.register.book import Book
from centre.register.issue import enrol_key, issue_all, the_signer
from centre.register.trust import trust
from centre.reporting.cohort import report
from centre.sittings.deliver import deliver, lay_out
from centre.sittings.models import ReceiptRecord
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import read_settings
from centre.sittings.sitting import open_sitting
from centre.sittings.take import take
from cohort_data.rosters.prior import read_prior
from cohort_data.rosters.roster import read_roster
from cohort_data.simulated.cohort import mark_essay, simulate, sit
from courses.build import build_lesson, run_headless
from courses.lesson import lesson_paths
from grading.autograde import grade
from grading.certification.decision import Status, add_months
from grading.credentials.verification import verify
from grading.marking.sheet import fill_sheet, write_sheet
from grading.marking.sheet_reading import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessments.forms.form import Form
    from centre.accounts.actors import Actor
    from centre.cli.progress import Progress
    from centre.configuration import Centre
    from centre.decisions.models import Decision
    from centre.sittings.sitting import Sitting
    from cohort_data.rosters.schema import Trainee
    from cohort_data.simulated.cohort import Habit, SimulatedTrainee
    from grading.certification.decision import Prior
    from grading.credentials.verification import Verification
    from grading.gradebook.outcome import Outcome

SAMPLE = Path(cohort_data.__file__).parent / "sample"
SEED = "mo-phong-2026"

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
STAFF = {
    "giao-vu": Role.OFFICER,
    "coi-thi": Role.INVIGILATOR,
    "GK1": Role.MARKER,
    "GK2": Role.MARKER,
    "GK3": Role.MARKER,
    "hoi-dong-1": Role.BOARD,
    "hoi-dong-2": Role.BOARD,
    "van-thu": Role.REGISTRAR,
    "kiem-toan": Role.AUDITOR,
}


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
    reports: tuple[Path, Path]


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
    """Run the main job in ``folder``; again, and it finds everything done."""
    lessons = _build_lessons(folder / "lessons", progress)
    with progress.step("Lập trung tâm: quản trị, giáo vụ, giám khảo, hội đồng, kiểm toán"):
        centre, staff = _found(folder)
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


def _found(folder: Path) -> tuple[Centre, dict[str, Actor]]:
    """The demonstration's centre and its people, each an actor by name."""
    before = read_settings(SAMPLE / "sitting.toml").opens - timedelta(days=8)
    account = machine_account()
    if (folder / SETTINGS).exists():
        centre = open_centre(folder)
    else:
        centre, _ = found(folder, SAMPLE / "centre.toml", "quan-tri", account, before)
        trust(centre.settings.name, the_seal(centre))
    administrator = actor_of(the_user("quan-tri"))
    with transaction.atomic():
        for name, role in STAFF.items():
            if not User.objects.filter(username=name).exists():
                add_user(administrator, name, [role], now=before)
    return centre, {name: actor_of(the_user(name)) for name in STAFF}


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
        self._take_papers(sitting)
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

    def _take_papers(self, sitting: Sitting) -> None:
        """Deliver papers, let the simulated trainees answer, and take what they hand in."""
        forms, rubrics = sitting.forms(), sitting.rubrics()
        taken = set(
            ReceiptRecord.objects.filter(delivery__enrolment__sitting=sitting.record).values_list(
                "delivery__enrolment__candidate", "delivery__form__code"
            )
        )
        due = list(self._due(sitting, forms))
        work = self._progress.each(due, "Học viên mô phỏng làm bài, nộp bài", total=len(due))
        for person, form in work:
            if (person.id, form.code) in taken:
                continue
            started = self._settings.closes - timedelta(minutes=form.minutes - 20)
            with transaction.atomic():
                delivery = deliver(self._staff["coi-thi"], sitting, person.id, form, now=started)
            sit(person, form, rubrics, lay_out(sitting, delivery, form), started)
            with transaction.atomic():
                at = self._handed_in(person, form)
                take(self._staff["coi-thi"], sitting, person.id, form.code, now=at)

    def _due(
        self, sitting: Sitting, forms: Mapping[str, Form]
    ) -> Iterable[tuple[SimulatedTrainee, Form]]:
        """Everyone with each paper offered whose area is not kept from before.

        At the first sitting one relies on a pass that has expired, as happens.
        """
        papers = sitting.blueprint.papers
        offered = {form.paper for form in forms.values()}
        competencies = [section.competency for paper in papers for section in paper.sections]
        enrolments = sitting.enrolments()
        stand = standings(
            sitting.record.track_id, {e.person_id for e in enrolments}, sitting.record
        )
        priors = {
            e.candidate: stand[e.person_id].priors if e.person_id in stand else {}
            for e in enrolments
        }
        ids = [one.candidate for one in enrolments]
        for person in simulate(ids, competencies, self._habits, SEED):
            for paper in papers:
                absent = person.habit(paper.code) == "absent" or paper.code not in offered
                prior = priors[person.id].get(paper.area)
                expired = prior is not None and self._expired(sitting, prior)
                if not absent and (prior is None or (expired and not self._habits)):
                    yield person, sitting.form_of(person.id, paper.code, forms)

    def _expired(self, sitting: Sitting, prior: Prior) -> bool:
        last = add_months(prior.passed_on, sitting.policy.prior_months)
        return self._decided_on.date() > last

    def _handed_in(self, person: SimulatedTrainee, form: Form) -> datetime:
        late = person.habit(form.paper) == "late"
        return self._settings.closes + timedelta(minutes=15 if late else -25)

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
        for number in count(1):
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
                for number in range(QUORUM - sheet.signatures.count(), 0, -1):
                    member = self._staff[f"hoi-dong-{QUORUM + 1 - number}"]
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
