"""What can be done in the background: generators that come out at each step, and can go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.permissions import require
from centre.marks.agreed import write_agreed
from centre.register.issue import enrol_key, issue_all, the_signer
from centre.reporting.editions import editions, publish_all, usual_folder
from centre.sittings.prepare import release_papers
from centre.sittings.sitting import open_sitting
from grading.autograde import Options, grade_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.configuration import Centre


def certify(actor: Actor, centre: Centre, code: str, now: datetime) -> Iterator[str]:
    """Issue what is due at a sitting, a certificate a step; what was issued stays."""
    signer = the_signer(centre, now)
    with transaction.atomic():
        enrol_key(actor, signer, now=now)
    count = 0
    for one in issue_all(actor, open_sitting(centre, code), signer, now=now):
        count += not one.refused
        yield f"{count} chứng chỉ; {one.candidate}: {one.serial or one.refused}"


def write_report(actor: Actor, centre: Centre, code: str, now: datetime) -> Iterator[str]:
    """Write a sitting's report; figures left out of it are told, with whose result they tell."""
    sitting = open_sitting(centre, code)
    made = editions(actor, sitting, "cohort", now=now)
    for told in publish_all(actor, made, usual_folder(sitting), now=now):
        yield ", ".join(str(path) for path in told.paths)
        if told.withheld:
            yield f"không in {'; '.join(told.withheld)}: {'; '.join(told.why)}"


def grade_papers(actor: Actor, centre: Centre, code: str, now: datetime) -> Iterator[str]:  # noqa: ARG001 - every work's interface
    """Grade what was handed in, a submission a step; what has not changed is left alone."""
    require(actor, "papers.grade")
    sitting = open_sitting(centre, code)
    forms = sitting.forms()
    total = sum(len(sitting.course.submissions(form)) for form in forms)
    for count, one in enumerate(grade_all(sitting.course, list(forms), forms, Options()), 1):
        yield f"{count}/{total}: {one.student}, {one.assignment} {_GRADED[one.state]} {one.reason}"
    changed = write_agreed(sitting)
    yield f"{total} bài; {changed} điểm tự luận đã thống nhất được ghi vào sổ điểm"


def release(actor: Actor, centre: Centre, code: str, now: datetime) -> Iterator[str]:  # noqa: ARG001
    """Make a sitting's papers ready; what is there is left alone."""
    require(actor, "sitting.prepare")
    release_papers(open_sitting(centre, code))
    yield "bài thi đã sẵn sàng"


_GRADED = {"graded": "đã chấm", "unchanged": "không đổi", "failed": "không chấm được:"}

WORK: dict[str, Callable[[Actor, Centre, str, datetime], Iterator[str]]] = {
    "certify": certify,
    "report": write_report,
    "grade": grade_papers,
    "release": release,
}
ACTIONS = {
    "certify": "certificate.issue",
    "report": "report.write",
    "grade": "papers.grade",
    "release": "sitting.prepare",
}
"""What a job does, as the table of permissions calls it."""
