"""The main job on the sample cohort, for real: from lessons to a verified certificate.

Every step is the one the ``cio`` command runs; only the trainees and markers are simulated.
The clock is the sample's own, so that running again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

import cohort_data
from cohort_data.rosters.prior import read_prior
from cohort_data.rosters.roster import read_roster
from cohort_data.simulated.cohort import mark_essay, simulate, sit
from courses.build import build_lesson, run_headless
from courses.lesson import lesson_paths
from grading.autograde import grade
from grading.certification.evidence import approve, decide_all, open_case
from grading.credentials.verification import verify
from grading.delivery import collect, deliver
from grading.issuing import certify
from grading.marking.agreement import PAIR
from grading.marking.scripts import agreements, disputed, record_marks, scripts, write_agreed
from grading.marking.sheet import fill_sheet, read_sheet, write_sheet
from grading.records.schema import PriorPassRecord
from grading.reporting import report
from grading.sitting import prepare, read_settings

if TYPE_CHECKING:
    from datetime import datetime

    from assessments.forms.form import Form
    from cohort_data.simulated.cohort import Habit, SimulatedTrainee
    from grading.credentials.verification import Verification
    from grading.gradebook.outcome import Outcome
    from grading.marking.scripts import Script
    from grading.progress import Progress
    from grading.sitting import Sitting

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


@dataclass(frozen=True)
class Summary:
    """What the main job did."""

    trainees: int
    lessons: int
    graded: int
    failed: list[Outcome]
    essays: int
    adjudicated: int
    statuses: Counter[str]
    certificates: list[Path]
    checked: Verification
    reports: tuple[Path, Path]


def run_demo(folder: Path, progress: Progress) -> Summary:
    """Run the main job in ``folder``; again, and it finds everything done."""
    lessons = _build_lessons(folder / "lessons", progress)
    with progress.step("Chuẩn bị kỳ sát hạch: danh sách, đề thi, bản phát hành"):
        sitting = _prepare(folder)
    marked_on = sitting.settings.closes + timedelta(days=3)
    decided_on = sitting.settings.closes + timedelta(days=6)
    _take_papers(sitting, progress)
    outcomes = _grade(sitting, progress)
    states = _mark_essays(sitting, progress, marked_on)
    with progress.step("Quyết định kết quả, trình hội đồng"):
        open_case(sitting, SUSPECT, "tình huống giả định: mang tài liệu vào phòng thi", marked_on)
        decisions, _ = decide_all(sitting, decided_on)
        approve(sitting, decided_on)
    issuing = progress.each(certify(sitting, decided_on), "In, ký, vào sổ chứng chỉ")
    certificates = [issued.path for issued in issuing]
    with progress.step("Lập báo cáo tổng hợp"):
        reports = report(sitting, decided_on)
    with sitting.records() as session:
        checked = verify(certificates[0], session, decided_on)
    return Summary(
        trainees=len(sitting.trainees()),
        lessons=lessons,
        graded=sum(outcome.state != "failed" for outcome in outcomes),
        failed=[outcome for outcome in outcomes if outcome.state == "failed"],
        essays=len(states),
        adjudicated=states.count("adjudicated"),
        statuses=Counter(decision.status.value for decision in decisions),
        certificates=certificates,
        checked=checked,
        reports=reports,
    )


def _build_lessons(folder: Path, progress: Progress) -> int:
    paths = lesson_paths()
    for path in progress.each(paths, "Dựng bài học và chạy thử", total=len(paths)):
        if not (folder / f"{path.stem}.ipynb").exists():
            run_headless(build_lesson(path, folder))
    return len(paths)


def _prepare(folder: Path) -> Sitting:
    settings = SAMPLE / "sitting.toml"
    roster = read_roster(SAMPLE / "danh-sach-hoc-vien.xlsx")
    priors = read_prior(SAMPLE / "ket-qua-truoc.csv")
    week_before = read_settings(settings).opens - timedelta(days=7)
    return prepare(folder, settings, roster.trainees, priors, week_before)


def _take_papers(sitting: Sitting, progress: Progress) -> None:
    """Deliver papers, let the simulated trainees answer, and take what they hand in."""
    papers = sitting.blueprint().papers
    competencies = [section.competency for paper in papers for section in paper.sections]
    ids = [trainee.id for trainee in sitting.trainees()]
    with sitting.records() as session:
        query = select(PriorPassRecord.trainee_id, PriorPassRecord.area)
        kept = set(session.execute(query).all())
    forms, rubrics = sitting.forms(), sitting.bank().rubrics
    due = [
        (person, sitting.form_of(person.id, paper.code, forms))
        for person in simulate(ids, competencies, HABITS, SEED)
        for paper in papers
        if (person.id, paper.area) not in kept and person.habit(paper.code) != "absent"
    ]
    for person, form in progress.each(due, "Học viên mô phỏng làm bài, nộp bài", total=len(due)):
        if not sitting.course.path("submitted", person.id, form.code).exists():
            started = sitting.settings.closes - timedelta(minutes=form.minutes - 20)
            folder = deliver(sitting, person.id, form, started)
            sit(person, form, rubrics, folder, started)
            collect(sitting, person.id, form.code, _handed_in(sitting, person, form))


def _handed_in(sitting: Sitting, person: SimulatedTrainee, form: Form) -> datetime:
    late = person.habit(form.paper) == "late"
    return sitting.settings.closes + timedelta(minutes=15 if late else -25)


def _grade(sitting: Sitting, progress: Progress) -> list[Outcome]:
    forms = sitting.forms()
    total = sum(len(sitting.course.submissions(code)) for code in forms)
    work = (outcome for code in forms for outcome in grade(sitting.course, code, forms))
    return list(progress.each(work, "Chấm bài qua nbgrader", total=total))


def _mark_essays(sitting: Sitting, progress: Progress, now: datetime) -> list[str]:
    """Have each essay marked by two simulated markers on real sheets, disputes by a third."""
    marking, waiting = sitting.settings.marking, scripts(sitting)
    for marker in progress.each(marking.markers, "Giám khảo mô phỏng chấm tự luận", total=PAIR):
        _mark_sheet(sitting, marker, waiting, now)
    third = disputed(sitting, waiting)
    if third:
        with progress.step(f"Giám khảo thứ ba chấm các bài lệch điểm ({len(third)})"):
            _mark_sheet(sitting, marking.adjudicator, third, now)
    write_agreed(sitting)
    return [agreement.state for agreement in agreements(sitting, waiting).values()]


def _mark_sheet(sitting: Sitting, marker: str, waiting: list[Script], now: datetime) -> None:
    path = sitting.folder / "marking" / f"phieu-cham-{marker}.xlsx"
    if not path.exists():
        write_sheet(path, marker, waiting)
        fill_sheet(path, waiting, lambda s: mark_essay(s.text, s.rubric, marker, SEED))
    record_marks(sitting, marker, read_sheet(path, waiting), now)
