"""What a worker does with one submission, on this machine or another: files in, marks out.

A worker reads no course folder and writes nothing. Each of its threads keeps one warm process
for a job, which has proved its sandbox before the first notebook.
"""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from courses.foundation.errors import CioError
from grading.code.candidate.channel import ChannelError
from grading.code.sandbox.limits import Limits
from grading.code.sandbox.probe import prove
from grading.code.warm import WarmProcess
from grading.gradebook.outcome import reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from grading.code.marking import CodeMarker, CodeMarks
    from grading.code.sandbox.confinement import Tier


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
    """Marks of one submission, or why there are none; ``tier`` is the sandbox it ran in."""

    tier: Tier
    seconds: float
    marks: CodeMarks | None = None
    reason: str = ""


_warm: dict[tuple[str, int], WarmProcess] = {}


def mark(job: Job, student: str, files: dict[str, bytes]) -> Marked:
    """Mark one submission in this thread's warm process.

    Raises:
        GradingError: when no sandbox can be had here or it does not hold. Whatever is wrong with
            the submission itself is a reason, not an error.
    """
    warm = _process(job)
    begin = time.monotonic()
    try:
        marks = _marks(job, warm, student, files)
    except Exception as error:  # noqa: BLE001 - one hostile submission must not end the run
        if not isinstance(error, CioError):
            warm.restart()
        return Marked(warm.tier, time.monotonic() - begin, reason=reason_of(error))
    return Marked(warm.tier, time.monotonic() - begin, marks)


def _marks(job: Job, warm: WarmProcess, student: str, files: dict[str, bytes]) -> CodeMarks:
    try:
        return job.marker.mark(warm, student, files)
    except ChannelError:  # the warm process itself is gone, which no submission can bring about
        warm.restart()
        return job.marker.mark(warm, student, files)


def _process(job: Job) -> WarmProcess:
    place = (job.key, threading.get_ident())
    if place not in _warm:
        started = WarmProcess(job.tiers, job.limits, job.libraries)
        try:
            prove(started, job.folder)
        except BaseException:
            started.close()
            raise
        _warm[place] = started
    return _warm[place]


def end(key: str) -> None:
    """End the warm processes that this process keeps for a job."""
    for place in [place for place in _warm if place[0] == key]:
        _warm.pop(place).close()
