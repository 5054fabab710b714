"""A rehearsal: papers drawn for practice, open from now on, for one trainee on this machine.

It is a small centre of its own, so that nothing done in it touches the real one.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, grant_role, machine_account, the_user
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.founding import found
from centre.people.enrol import enrol
from centre.people.listing import as_listed
from centre.people.models import Enrolment
from centre.sittings.prepare import prepare, release_papers
from centre.sittings.sitting import Sitting, open_sitting
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.sittings.settings import SittingSettings
    from cohort_data.rosters.schema import Trainee

CODE = "thi-thu"
KEEPER = "coi-thi-thu"
HOURS = timedelta(hours=12)


def rehearse(centre: Centre, now: datetime) -> tuple[Actor, Sitting]:
    """Open the rehearsal of an open centre, from ``now`` for twelve hours, with who keeps it.

    What was begun in it before goes on while those hours last; then it begins anew. The process
    works for the rehearsal's own centre from now on.

    Raises:
        SittingError: when the centre has no sitting with anybody in it.
    """
    settings, trainee = _first(centre, now)
    folder = centre.folder / "rehearsal"
    if (folder / SETTINGS).exists():
        sitting = open_sitting(open_centre(folder), CODE)
        if now < sitting.record.closes:
            return actor_of(the_user(KEEPER)), sitting
    shutil.rmtree(folder, ignore_errors=True)
    return _begin(centre, settings, trainee, now)


def _first(centre: Centre, now: datetime) -> tuple[SittingSettings, Trainee]:
    """The first sitting's settings, with hours of now, and its first trainee."""
    one = Enrolment.objects.select_related("sitting", "person", "agency").order_by(
        "sitting__opens", "candidate"
    )
    enrolment = one.filter(person__erased_at=None).first()
    if enrolment is None:
        raise SittingError("trung tâm chưa có kỳ thi nào có thí sinh", path=centre.folder)
    settings = Sitting(centre, enrolment.sitting).settings
    hours = {"code": CODE, "name": "Thi thử", "opens": now, "closes": now + HOURS}
    return settings.model_copy(update=hours), as_listed(enrolment)


def _begin(
    centre: Centre, settings: SittingSettings, trainee: Trainee, now: datetime
) -> tuple[Actor, Sitting]:
    stated = centre.folder / SETTINGS
    text = stated.read_text(encoding="utf-8")
    folder = centre.folder / "rehearsal"
    folder.mkdir()
    own = folder / "rehearsal.toml"
    own.write_text(text.replace(f'"{centre.settings.database}"', '"sqlite"'), encoding="utf-8")
    made, founder = found(folder, own, KEEPER, machine_account(), now)
    with transaction.atomic():
        for role in (Role.OFFICER, Role.INVIGILATOR):
            grant_role(founder, KEEPER, role, now=now)
        keeper = actor_of(the_user(KEEPER))
        sitting = prepare(keeper, made, settings, now=now)
        enrol(keeper, sitting, [trainee], now=now)
    release_papers(sitting)
    return keeper, sitting
