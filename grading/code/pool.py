"""Where submissions are marked: threads of this process, or the workers of a Dask cluster."""

from __future__ import annotations

import gc
import importlib
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from courses.foundation.errors import GradingError
from grading.code import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from grading.code.worker import Job

_REACH = 15  # seconds to find the scheduler
# Seconds a thread may keep the others from running: most wait for a warm process's short answers.
_SWITCH = 0.0003
_AHEAD_OF_EACH, _AHEAD_OF_A_CLUSTER = 8, 64


class Workers(Protocol):
    """Those who mark; ``ahead`` bounds how many submissions are given to them at a time."""

    ahead: int

    def submit(self, function: Callable[..., Any], job: Job, *arguments: Any) -> Future[Any]:
        """Have ``function(job, *arguments)`` done."""
        ...


@contextmanager
def workers(place: int | str) -> Iterator[Workers]:
    """``place`` threads here, or the cluster whose scheduler has that address.

    Nothing is started before there is something to mark; warm processes serve until the end.

    Raises:
        GradingError: when Dask is not installed, or nothing answers at that address.
    """
    found = _Threads(place) if isinstance(place, int) else _Cluster(place)
    try:
        yield found
    finally:
        found.close()


class _Threads:
    """Threads of this process: the work is done in each one's warm process."""

    def __init__(self, count: int) -> None:
        self._count, self.ahead = count, count * _AHEAD_OF_EACH
        self._executor: ThreadPoolExecutor | None = None
        self._interval = sys.getswitchinterval()

    def submit(self, function: Callable[..., Any], job: Job, *arguments: Any) -> Future[Any]:
        if self._executor is None:
            sys.setswitchinterval(_SWITCH)
            gc.freeze()  # libraries stay: no collection need look at them again
            self._executor = ThreadPoolExecutor(self._count)
        return self._executor.submit(function, job, *arguments)

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            worker.end()
            gc.unfreeze()
            sys.setswitchinterval(self._interval)


class _Cluster:
    """The workers of a Dask cluster; a lost worker's submissions are marked by the others."""

    ahead = _AHEAD_OF_A_CLUSTER

    def __init__(self, scheduler: str) -> None:
        self._client = _connect(scheduler)
        self._executor = self._client.get_executor(pure=False)
        self._shared: dict[str, Any] = {}

    def submit(self, function: Callable[..., Any], job: Job, *arguments: Any) -> Future[Any]:
        if job.key not in self._shared:
            # As the result of a task: one that only lost workers held is made again by another.
            self._shared[job.key] = self._client.submit(_itself, job, pure=False)
        future: Future[Any] = self._executor.submit(function, self._shared[job.key], *arguments)
        return future

    def close(self) -> None:
        self._executor.shutdown(wait=False)
        self._client.run(worker.end, on_error="ignore")
        self._client.close()


def _itself(job: Job) -> Job:
    return job


def _connect(scheduler: str) -> Any:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise GradingError(
            "chấm trên cụm máy cần gói “distributed”, dự án không tự cài: pip install distributed"
        ) from None
    try:
        return distributed.Client(scheduler, timeout=_REACH)
    except (OSError, ValueError) as error:
        raise GradingError(f"không nối được tới bộ điều phối {scheduler}: {error}") from None
