"""Where submissions are marked: threads of this process, or the workers of a Dask cluster."""

from __future__ import annotations

import importlib
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from courses.foundation.errors import GradingError
from grading.code import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from grading.code.worker import Job, Marked

    Submit = Callable[[str, dict[str, bytes]], Future[Marked]]

_REACH = 15  # seconds to find the scheduler
# Seconds a thread may keep the others from running: most wait for a warm process's short answers.
_SWITCH = 0.0003


@contextmanager
def local(job: Job, workers: int) -> Iterator[Submit]:
    """Threads of this process: the work is done in each one's warm process."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH)
    with ThreadPoolExecutor(workers) as executor:
        try:
            yield lambda student, files: executor.submit(worker.mark, job, student, files)
        finally:
            executor.shutdown(cancel_futures=True)
            worker.end(job.key)
            sys.setswitchinterval(interval)


@contextmanager
def cluster(job: Job, scheduler: str) -> Iterator[Submit]:
    """The workers of a Dask cluster; a lost worker's submissions are marked by the others.

    Args:
        job: what to mark by.
        scheduler: its address, ``tcp://host:port``.

    Raises:
        GradingError: when Dask is not installed, or nothing answers at that address.
    """
    client = _connect(scheduler)
    executor = client.get_executor(pure=False)
    try:
        [shared] = client.scatter([job], broadcast=True, hash=False)
        yield lambda student, files: executor.submit(worker.mark, shared, student, files)
    finally:
        executor.shutdown(wait=False)
        client.run(worker.end, job.key, on_error="ignore")
        client.close()


def _connect(scheduler: str) -> Any:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise GradingError(
            "chấm trên cụm máy cần gói “distributed”: cài dự án kèm phần [cluster]"
        ) from None
    try:
        return distributed.Client(scheduler, timeout=_REACH)
    except (OSError, ValueError) as error:
        raise GradingError(f"không nối được tới bộ điều phối {scheduler}: {error}") from None
