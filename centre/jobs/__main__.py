"""``python -m centre.jobs``: a worker of the centre that CIO_CENTRE names, until terminated."""

import os
import signal
import threading

import structlog

from centre.configuration import find_centre
from centre.database import open_centre
from centre.jobs.models import Job
from centre.jobs.worker import work

log = structlog.get_logger()


def _report(job: Job) -> None:
    log.info("job", number=job.pk, kind=job.kind, state=job.state, steps=job.steps)


def main() -> None:
    """Work until told to stop; what is under way is taken up again by the next worker.

    Whoever started it may be killed without a word: then it ends too.
    """
    over, parent = threading.Event(), os.getppid()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: over.set())
    work(
        open_centre(find_centre().folder), _report, lambda: over.is_set() or os.getppid() != parent
    )


if __name__ == "__main__":
    main()
