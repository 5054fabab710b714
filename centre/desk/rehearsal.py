"""A rehearsal: the papers of a sitting, open from now on, for one trainee on this machine.

It has records of its own, so that nothing done in it touches the sitting.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from grading.records.database import open_records
from grading.records.schema import FormRecord, TraineeRecord
from sqlalchemy.orm import make_transient

from courses.foundation.files import write_atomically
from grading.gradebook.course import CONFIG_FILE, open_course

if TYPE_CHECKING:
    from datetime import datetime

    from grading.sitting import Sitting

HOURS = timedelta(hours=12)


def rehearse(sitting: Sitting, now: datetime) -> Sitting:
    """Open ``<sitting>/rehearsal`` for its first trainee, from ``now`` for twelve hours.

    What was begun in it before goes on; remove the folder to begin anew.
    """
    folder = sitting.folder / "rehearsal"
    folder.mkdir(exist_ok=True)
    if not (folder / "release").exists():
        shutil.copytree(sitting.folder / "release", folder / "release")
    config = (sitting.folder / CONFIG_FILE).read_bytes()
    write_atomically(folder / CONFIG_FILE, config)
    records = open_records(f"sqlite:///{(folder / 'records.db').resolve()}")
    with sitting.records() as source, records.begin() as target:
        copies = [*source.query(FormRecord), source.query(TraineeRecord).order_by("id").first()]
        for record in copies:
            make_transient(record)
            target.merge(record)
    hours = {"opens": now, "closes": now + HOURS}
    settings = sitting.settings.model_copy(update=hours)
    return replace(
        sitting, folder=folder, settings=settings, course=open_course(folder), records=records
    )
