"""Every kind of report by name: what the command and the queue ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.reporting.agencies import agency_editions
from centre.reporting.auditing import technical_edition
from centre.reporting.authors import items_edition
from centre.reporting.candidates import candidate_editions
from centre.reporting.cohort import cohort_edition
from centre.reporting.publishing import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.reporting.publishing import Edition, Published
    from centre.sittings.sitting import Sitting

KINDS = ("cohort", "candidate", "agency", "items", "technical")


def editions(
    actor: Actor, sitting: Sitting, kind: str, about: str = "", *, now: datetime
) -> list[Edition]:
    """The reports of one of ``KINDS`` on a sitting; ``about`` narrows them to one of many.

    Raises:
        SittingError: when there is nothing to report yet, or nothing about ``about``.
        DeniedError: when the actor may not see one of them.
        KeyError: for another kind.
    """
    makers = {
        "cohort": lambda: [_cohort(actor, sitting, now)],
        "candidate": lambda: candidate_editions(actor, sitting, about),
        "agency": lambda: agency_editions(actor, sitting, about),
        "items": lambda: [items_edition(actor, sitting, now)],
        "technical": lambda: [technical_edition(actor, sitting, now)],
    }
    return makers[kind]()


def _cohort(actor: Actor, sitting: Sitting, now: datetime) -> Edition:
    require(actor, "report.write")
    return cohort_edition(sitting, now)


def publish_all(
    actor: Actor, made: list[Edition], folder: Path, *, now: datetime
) -> Iterator[Published]:
    """Hand editions out one by one; what is out already stays, so it can be gone on with."""
    for edition in made:
        yield publish(actor, edition, folder, now=now)


def report(actor: Actor, sitting: Sitting, *, now: datetime) -> tuple[Path, ...]:
    """Hand out the sitting's cohort report at its usual place, and say where it is.

    Raises:
        SittingError: when nothing has been decided yet.
        DeniedError: when the actor may not report.
    """
    edition = _cohort(actor, sitting, now)
    return publish(actor, edition, usual_folder(sitting), now=now).paths


def usual_folder(sitting: Sitting) -> Path:
    """Where a sitting's reports are kept."""
    return sitting.centre.folder / "reports" / sitting.code
