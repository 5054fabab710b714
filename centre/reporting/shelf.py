"""The cohort report of a sitting that is out: found by what the ledger says of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.reporting.editions import usual_folder
from centre.reporting.publishing import recorded
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting


def report_names(actor: Actor, sitting: Sitting) -> list[str]:
    """Names of the files as the report was handed out last; none when it never was.

    Raises:
        DeniedError: when the actor may not report.
    """
    require(actor, "report.write")
    return sorted(name for name in recorded(f"{sitting.code}/cohort") if "." in name)


def report_file(actor: Actor, sitting: Sitting, name: str) -> bytes:
    """One of these files, byte for byte as it was handed out.

    Raises:
        SittingError: when none of that name is out, or it is not what was handed out.
    """
    if name not in report_names(actor, sitting):
        raise SittingError(f"kỳ {sitting.code} không có báo cáo {name}")
    path = usual_folder(sitting) / name
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != recorded(f"{sitting.code}/cohort")[name]:
        raise SittingError(f"{name} không còn như lúc lập; lập lại báo cáo")
    return content
