"""``cio job``: long work in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import SittingCode, now, the_actor, the_centre
from courses.foundation.dates import vietnam_time

if TYPE_CHECKING:
    from centre.jobs.models import Job

app = typer.Typer()
job_app = typer.Typer(help="Việc chạy nền: giao, xem, dừng, làm.", no_args_is_help=True)
app.add_typer(job_app, name="job")

_STATES = {
    "queued": "chờ",
    "running": "đang làm",
    "done": "xong",
    "failed": "không làm được",
    "cancelled": "đã dừng",
}


@job_app.command("add")
def job_add(
    kind: Annotated[str, typer.Argument(help="certify (cấp chứng chỉ) hoặc report (báo cáo).")],
    sitting: SittingCode,
) -> None:
    """Giao một việc; việc giống hệt đang chờ hoặc đang làm thì không giao thêm."""
    from centre.jobs.queue import ask
    from centre.sittings.sitting import open_sitting

    centre = the_centre()
    open_sitting(centre, sitting)
    _show(ask(the_actor(), kind, sitting, now()))


@job_app.command("list")
def job_list() -> None:
    """Các việc, mới nhất trước."""
    from centre.jobs.models import Job

    the_centre()
    the_actor()
    for job in Job.objects.order_by("-pk")[:50]:
        _show(job)


@job_app.command("cancel")
def job_cancel(number: Annotated[int, typer.Argument(help="Số của việc.")]) -> None:
    """Dừng một việc sau bước đang làm; những gì đã làm giữ nguyên."""
    from centre.jobs.models import Job
    from centre.jobs.queue import cancel
    from courses.foundation.errors import CentreError

    the_centre()
    actor, job = the_actor(), Job.objects.filter(pk=number).first()
    if job is None:
        raise CentreError(f"không có việc số {number}")
    if not cancel(actor, job):
        raise CentreError(f"việc {number} đã kết thúc")
    typer.echo(f"Việc {number} sẽ dừng.")


@job_app.command("work")
def job_work(
    *, once: Annotated[bool, typer.Option("--once", help="Làm hết việc đang chờ rồi thôi.")] = False
) -> None:
    """Làm các việc đang chờ, và việc mà người làm trước bỏ dở. Dừng bằng Ctrl+C."""
    from datetime import UTC, datetime

    from centre.jobs.models import Job
    from centre.jobs.worker import work

    def nothing_left() -> bool:
        waiting = Job.objects.filter(state="queued").exists()
        lapsed = Job.objects.filter(state="running", leased_until__lt=datetime.now(UTC)).exists()
        return once and not (waiting or lapsed)

    try:
        work(the_centre(), _show, nothing_left)
    except KeyboardInterrupt:
        typer.echo("Đã thôi làm việc nền.")


def _show(job: Job) -> None:
    asked = vietnam_time(job.asked_at)
    note = f": {job.note}" if job.note else ""
    words = f"{_STATES[job.state]}, {job.steps} bước{note}"
    typer.echo(f"Việc {job.pk}, {job.kind} {job.argument}, giao lúc {asked}: {words}")
