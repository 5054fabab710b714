"""What a worker does with one submission, on this machine or another: files in, marks out.

A worker reads no course folder and writes nothing. Each of its threads keeps one warm process,
for all assignments that want the same of it, which has proved its sandbox before a course's
first notebook.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from courses.foundation.errors import CioError, GradingError
from grading.code.preflight import trial
from grading.code.sandbox.limits import Limits
from grading.code.sandbox.probe import prove
from grading.code.warm import WarmProcess
from grading.gradebook.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grading.code.marking import CodeMarker, CodeMarks
    from grading.code.preflight import Tried
    from grading.code.sandbox.confinement import Tier

_T = TypeVar("_T")


@dataclass(frozen=True)
class Job:
    """One assignment as workers need it; it travels to them whole.

    ``folder`` is the course's, which the sandbox must be shown to hide.
    """

    folder: Path
    marker: CodeMarker
    tiers: tuple[Tier, ...]
    limits: Limits = field(default_factory=Limits)
    libraries: tuple[str, ...] = ()
    key: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True)
class Marked:
    """Marks of one submission, or why there are none; ``tier`` is the sandbox it ran in.

    ``crowded``: it ran out of time while others had the processor.
    """

    tier: Tier
    seconds: float
    marks: CodeMarks | None = None
    error: CioError = field(default_factory=lambda: GradingError(""))
    crowded: bool = False


_warm: dict[tuple[object, ...], WarmProcess] = {}
_proved: set[tuple[object, ...]] = set()  # processes and courses whose folder they do not see


def mark(job: Job, student: str, files: dict[str, bytes]) -> Marked:
    """Mark one submission in this thread's warm process.

    Raises:
        GradingError: when no sandbox can be had here or it does not hold. Whatever is wrong with
            the submission itself is a reason, not an error.
    """
    warm = _process(job)
    begin = time.monotonic()
    warm.crowded = False
    try:
        marks = _served(warm, lambda: job.marker.mark(warm, student, files))
    except Exception as error:  # noqa: BLE001 - one hostile submission must not end the run
        if not isinstance(error, CioError):
            warm.restart()
        return Marked(warm.tier, time.monotonic() - begin, error=_told(error))
    return Marked(warm.tier, time.monotonic() - begin, marks, crowded=_crowded(warm, marks))


def _crowded(warm: WarmProcess, marks: CodeMarks) -> bool:
    stopped = {remark.code for remark in marks.stopped}
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    return ("cell-time" in stopped and warm.crowded) or ("notebook-time" in stopped and busy)


def _told(error: Exception) -> CioError:
    """The error as it can travel: what it says, without what it holds."""
    return error if isinstance(error, CioError) else RefusedError.of(error)


def _served(warm: WarmProcess, work: Callable[[], _T]) -> _T:
    """Have it done, once more in a new process where this one was lost or answered nonsense.

    What is wrong with the submission itself is told at once; all else may be the machine's doing.
    """
    try:
        return work()
    except CioError:
        raise
    except Exception:  # noqa: BLE001 - whatever it was, the second time it is told
        warm.restart()
        return work()


def try_out(job: Job, blank: bool) -> dict[str, Tried]:  # noqa: FBT001 - as executors pass it
    """Try the assignment with the examiner's own solution, or with nothing.

    Raises:
        GradingError: as ``mark`` does.
    """
    warm = _process(job)
    return _served(warm, lambda: trial(warm, job.marker, blank=blank))


def _process(job: Job) -> WarmProcess:
    place = (threading.get_ident(), job.tiers, job.limits)
    if place not in _warm:
        _warm[place] = WarmProcess(job.tiers, job.limits, job.libraries)
    warm = _warm[place]
    if (place, job.folder) not in _proved:
        try:
            prove(warm, job.folder)
        except BaseException:
            _warm.pop(place).close()
            raise
        _proved.add((place, job.folder))
    _served(warm, lambda: warm.bring(job.libraries))
    return warm


def end() -> None:
    """End the warm processes that this process keeps."""
    _proved.clear()
    while _warm:
        _warm.popitem()[1].close()
