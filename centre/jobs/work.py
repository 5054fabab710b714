"""What can be done in the background: generators that come out at each step, and can go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from centre.register.issue import enrol_key, issue_all, the_signer
from centre.reporting.editions import report
from centre.sittings.sitting import open_sitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.configuration import Centre


def certify(actor: Actor, centre: Centre, code: str, now: datetime) -> Iterator[str]:
    """Issue what is due at a sitting, a certificate a step; what was issued stays."""
    signer = the_signer(centre, now)
    with transaction.atomic():
        enrol_key(actor, signer, now=now)
    for one in issue_all(actor, open_sitting(centre, code), signer, now=now):
        yield f"{one.candidate}: {one.serial or one.refused}"


def write_report(actor: Actor, centre: Centre, code: str, now: datetime) -> Iterator[str]:
    """Write a sitting's report."""
    paths = report(actor, open_sitting(centre, code), now=now)
    yield ", ".join(str(path) for path in paths)


WORK: dict[str, Callable[[Actor, Centre, str, datetime], Iterator[str]]] = {
    "certify": certify,
    "report": write_report,
}
ACTIONS = {"certify": "certificate.issue", "report": "report.write"}
"""What a job does, as the table of permissions calls it."""
