"""A worker: takes jobs one after another and goes on with those whose worker died.

Between them it ends the papers whose time is over.
"""

from __future__ import annotations

import os
import socket
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from centre.accounts.users import actor_of, the_user
from centre.jobs.queue import end, step, take
from centre.jobs.work import WORK
from centre.sittings.clock import end_papers, sittings_due
from centre.sittings.sitting import open_sitting
from courses.foundation.errors import CioError

log = structlog.get_logger()

if TYPE_CHECKING:
    from collections.abc import Callable

    from centre.configuration import Centre
    from centre.jobs.models import Job

IDLE = 2.0  # seconds between two looks at an empty queue


def work(centre: Centre, report: Callable[[Job], None], stop: Callable[[], bool]) -> None:
    """Do jobs until ``stop()``."""
    name = f"{socket.gethostname()}/{os.getpid()}"
    refused: set[str] = set()
    while not stop():
        _end_papers(centre, refused)
        job = take(name, datetime.now(UTC))
        if job is None:
            time.sleep(IDLE)
            continue
        do(centre, job, name)
        job.refresh_from_db()
        report(job)


def _end_papers(centre: Centre, refused: set[str]) -> None:
    """Take what is due; a sitting that cannot be opened is told once, and stops no other."""
    now = datetime.now(UTC)
    for code in sittings_due(now):
        try:
            for one in end_papers(open_sitting(centre, code), refused, now):
                about = {"candidate": one.candidate, "form": one.form, "note": one.text}
                log.info("paper ended", sitting=code, what=one.kind, **about)
        except Exception:
            if code not in refused:
                log.exception("end of papers", sitting=code)
            refused.add(code)


def do(centre: Centre, job: Job, worker: str) -> None:
    """Do one leased job to its end, as whoever asked for it; what hinders it is kept with it."""
    try:
        actor = actor_of(the_user(job.actor))
        steps = WORK[job.kind](actor, centre, job.argument, datetime.now(UTC))
        for note in steps:
            if not step(job, worker, note, datetime.now(UTC)):
                end(job, worker, "cancelled", note)
                return
    except CioError as error:
        end(job, worker, "failed", error.message)
    except Exception:
        # One job's fault must not end the work on the others.
        log.exception("job", number=job.pk, kind=job.kind)
        end(job, worker, "failed", "chương trình gặp lỗi; xem nhật ký máy chủ rồi làm tiếp")
    else:
        end(job, worker, "done", job.note)
