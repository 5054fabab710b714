"""What stands around every report of a centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.dates import VIETNAM
from grading.reports.model import Letterhead

if TYPE_CHECKING:
    from datetime import datetime

    from centre.configuration import Centre


def letterhead(
    centre: Centre, at: datetime, recipients: tuple[str, ...] = (), *, numbered: bool = True
) -> Letterhead:
    """The centre's letterhead on a day; without ``recipients`` those of its configuration.

    A slip has no number of its own: ``numbered`` leaves it out.
    """
    settings = centre.settings
    return Letterhead(
        issuer_parent=settings.issuer.parent,
        issuer=settings.issuer.name,
        place=settings.issuer.place,
        day=at.astimezone(VIETNAM).date(),
        symbol=settings.issuer.symbol if numbered else "",
        signer_prefix=settings.signatory.prefix,
        signer_title=settings.signatory.title,
        signer_name=settings.signatory.name,
        recipients=recipients or settings.issuer.recipients,
        is_demo=settings.demo,
    )
