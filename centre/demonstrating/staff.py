"""The demonstration's centre and the people who work there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.models import User
from centre.accounts.permissions import Role
from centre.accounts.users import actor_of, add_user, machine_account, the_user
from centre.configuration import SETTINGS
from centre.database import open_centre
from centre.founding import found
from centre.ledger.seal import the_seal
from centre.register.trust import trust
from centre.sittings.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.configuration import Centre

STAFF = {
    "giao-vu": Role.OFFICER,
    "coi-thi": Role.INVIGILATOR,
    "GK1": Role.MARKER,
    "GK2": Role.MARKER,
    "GK3": Role.MARKER,
    "hoi-dong-1": Role.BOARD,
    "hoi-dong-2": Role.BOARD,
    "van-thu": Role.REGISTRAR,
    "kiem-toan": Role.AUDITOR,
}


def found_demonstration(folder: Path, sample: Path) -> tuple[Centre, dict[str, Actor]]:
    """The demonstration's centre, stated in ``sample``, and its people, each an actor by name."""
    before = read_settings(sample / "sitting.toml").opens - timedelta(days=8)
    account = machine_account()
    if (folder / SETTINGS).exists():
        centre = open_centre(folder)
    else:
        centre, _ = found(folder, sample / "centre.toml", "quan-tri", account, before)
        trust(centre.settings.name, the_seal(centre))
    administrator = actor_of(the_user("quan-tri"))
    with transaction.atomic():
        for name, role in STAFF.items():
            if not User.objects.filter(username=name).exists():
                add_user(administrator, name, [role], now=before)
    return centre, {name: actor_of(the_user(name)) for name in STAFF}
