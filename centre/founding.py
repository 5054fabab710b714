"""Founding a centre: its folder, database, seal and first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.permissions import Role
from centre.accounts.users import FOUNDER, actor_of, add_user
from centre.configuration import SETTINGS, read_centre
from centre.database import make_database
from centre.ledger.checkpoint import checkpoint
from centre.ledger.seal import create_seal
from courses.foundation.errors import CentreError
from courses.foundation.files import write_new

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.configuration import Centre


def found(
    folder: Path, settings: Path, administrator: str, machine_account: str, now: datetime
) -> tuple[Centre, Actor]:
    """Make a centre in ``folder`` and its first administrator, who works at this machine.

    Args:
        folder: made if missing; must hold no centre.
        settings: the ``centre.toml`` to use; copied into the folder.
        administrator: the user's name.
        machine_account: whose account of this machine it is.
        now: the server's time.

    Raises:
        CentreError: when there is a centre, or a database, already.
        ContentError: when ``settings`` is wrong.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:  # whoever writes the settings founds the centre; another at the same moment does not
        write_new(folder / SETTINGS, settings.read_bytes(), mode=0o600)
    except FileExistsError:
        raise CentreError("đã có trung tâm ở đây; không tạo đè lên", path=folder) from None
    try:
        centre = read_centre(folder)
        make_database(centre)
        create_seal(centre.keys)
    except BaseException:
        (folder / SETTINGS).unlink()  # nothing was founded: it can be tried again
        raise
    with transaction.atomic():
        user = add_user(
            FOUNDER,
            administrator,
            [Role.ADMINISTRATOR],
            now=now,
            machine_account=machine_account,
        )
    checkpoint(centre)
    return centre, actor_of(user)
