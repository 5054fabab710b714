"""A rehearsal: the papers of a sitting, open from now on, for one trainee on this machine.

It is a small centre of its own, so that nothing done in it touches the real one.
"""

from __future__ import annotations

import getpass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.actors import Actor
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, grant_role, the_user
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.founding import found
from centre.people.enrol import enrol
from centre.people.models import Enrolment
from centre.sittings.models import SittingRecord
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.settings import SittingSettings
from centre.sittings.sitting import open_sitting
from cohort_data.rosters.schema import Trainee
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from centre.configuration import Centre
    from centre.sittings.sitting import Sitting

CODE = "thi-thu"
HOURS = timedelta(hours=12)
_ROLES = (Role.OFFICER, Role.INVIGILATOR)


def rehearse(centre: Centre, now: datetime) -> tuple[Actor, Sitting]:
    """Open a rehearsal of the first sitting, from ``now`` for twelve hours, with who keeps it.

    What was begun in it before goes on while those hours last; then it begins anew. The process
    works for the rehearsal's centre from now on.

    Raises:
        SittingError: when the centre has no sitting with anybody in it.
    """
    stated, trainee = _first(centre, now)
    folder = centre.folder / "rehearsals" / f"{now:%Y-%m-%d-%H}"
    current = _under_way(centre.folder / "rehearsals", now)
    folder = current or folder
    if current is None:
        found(folder, centre.folder / SETTINGS, "thi-thu", getpass.getuser(), now, known=False)
        actor = _keeper(now)
        with transaction.atomic():
            sitting = prepare(actor, open_centre(folder), stated, now=now)
            enrol(actor, sitting, [trainee], now=now)
        release_papers(sitting)
        return actor, sitting
    opened = open_centre(folder)
    return _keeper(now), open_sitting(opened, CODE)
