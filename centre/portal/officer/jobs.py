"""Long work: asked for, watched, stopped, gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centre.accounts.permissions import permitted
from centre.database import the_centre
from centre.jobs.models import Job
from centre.jobs.queue import ask, cancel
from centre.jobs.work import ACTIONS
from centre.portal.access import Request, page
from centre.portal.tables import Column, Filter, Table
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from django.http import HttpResponse

KINDS = {
    "certify": "cấp chứng chỉ",
    "report": "lập báo cáo",
    "grade": "chấm bài",
    "release": "chuẩn bị bài thi",
}
STATES = {
    "queued": "đang chờ",
    "running": "đang làm",
    "done": "xong",
    "failed": "không làm được",
    "cancelled": "đã dừng",
}
_BADGES = {"done": "good", "failed": "bad", "running": "warn", "cancelled": "warn"}
_COLUMNS = (
    Column(name="so", label="Số", value=lambda job: job.pk, order="pk"),
    Column(name="viec", label="Việc", value=lambda job: KINDS.get(job.kind, job.kind)),
    Column(
        name="ky",
        label="Kỳ thi",
        value=lambda job: job.argument,
        link=lambda job: reverse("officer:sitting", args=[job.argument]),
    ),
    Column(
        name="trang-thai",
        label="Trạng thái",
        value=lambda job: STATES[job.state],
        badge=lambda job: _BADGES.get(job.state, ""),
    ),
    Column(name="tien-do", label="Tiến độ", value=lambda job: job.note),
    Column(name="giao", label="Giao lúc", value=lambda job: job.asked_at, order="asked_at"),
    Column(name="nguoi", label="Người giao", value=lambda job: job.actor),
)
_FILTERS = (
    Filter("tt", "Trạng thái", tuple(STATES.items()), lambda rows, state: rows.filter(state=state)),
)


@page("sitting.read")
def listed(request: Request) -> HttpResponse:
    """The jobs, the latest first; the page looks again by itself while one is under way."""
    rows = Job.objects.order_by("-pk")
    table = Table(request.GET, _COLUMNS, rows, _FILTERS, search=_search)
    under_way = rows.filter(state__in=("queued", "running"))
    ended = rows.filter(state__in=("failed", "cancelled"))[:10]
    context = {
        "title": "Việc nền",
        "table": table,
        "under_way": [one for one in under_way if _may(request, one)],
        "ended": [one for one in ended if _may(request, one)],
        "kinds": KINDS,
        "refresh": under_way.exists(),
    }
    return render(request, "officer/jobs.html", context)


def _search(rows: object, text: str) -> object:
    return rows.filter(argument__icontains=text)  # type: ignore[attr-defined]


def _may(request: Request, job: Job) -> bool:
    return permitted(request.actor, ACTIONS[job.kind])


@page("sitting.read")
@require_POST
def start(request: Request, code: str, kind: str) -> HttpResponse:
    """Ask for a job at a sitting; one that is under way is not asked for twice."""
    open_sitting(the_centre(), code)
    job = ask(request.actor, kind, code, timezone.now())
    messages.success(request, f"Đã giao việc {job.pk}: {KINDS[kind]}, kỳ {code}.")
    return HttpResponseRedirect(reverse("officer:jobs"))


@page("sitting.read")
@require_POST
def stop(request: Request, number: int) -> HttpResponse:
    """Let a job stop after its present step; what was done stays."""
    job = _job(number)
    stopped = cancel(request.actor, job)
    words = f"Việc {number} dừng sau bước đang làm." if stopped else f"Việc {number} đã kết thúc."
    messages.info(request, words)
    return HttpResponseRedirect(reverse("officer:jobs"))


@page("sitting.read")
@require_POST
def resume(request: Request, number: int) -> HttpResponse:
    """Go on with a job that was stopped or failed; what was done is not done again."""
    old = _job(number)
    job = ask(request.actor, old.kind, old.argument, timezone.now())
    messages.success(request, f"Việc {job.pk} làm tiếp việc {number}.")
    return HttpResponseRedirect(reverse("officer:jobs"))


def _job(number: int) -> Job:
    job = Job.objects.filter(pk=number).first()
    if job is None:
        raise CentreError(f"không có việc số {number}")
    return job
