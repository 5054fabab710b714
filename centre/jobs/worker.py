"""A worker: takes jobs one after another and goes on with those whose worker died."""

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
    while not stop():
        job = take(name, datetime.now(UTC))
        if job is None:
            time.sleep(IDLE)
            continue
        do(centre, job, name)
        job.refresh_from_db()
        report(job)


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
