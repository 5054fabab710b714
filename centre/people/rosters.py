"""A roster on its way into a sitting: kept for who brought it until it is entered or replaced."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.people.enrol import Comparison, compare, enrol
from cohort_data.rosters.mending import Place, cells_at, mend
from cohort_data.rosters.review import write_review
from cohort_data.rosters.roster import Roster, read_roster
from courses.foundation.errors import RosterError
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.sittings.sitting import Sitting

KINDS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
LARGEST = 10 * 1024 * 1024  # bytes
KEPT = timedelta(days=1)
_COPY = "danh-sach.xlsx"


@dataclass(frozen=True)
class Draft:
    """A roster that was brought: what was read, and what entering it would come to.

    ``path`` is the copy with the problems in its cells; ``cells`` what stands at each error now.
    """

    path: Path
    roster: Roster
    found: Comparison
    cells: dict[Place, str]


def bring(actor: Actor, sitting: Sitting, name: str, content: bytes, *, now: datetime) -> None:
    """Keep a roster to be looked at; nothing is entered yet.

    Raises:
        RosterError: when it is no roster, naming why.
    """
    require(actor, "enrol")
    suffix = next((kind for kind in KINDS if name.lower().endswith(kind)), None)
    if suffix is None or len(content) > LARGEST:
        raise RosterError(f"nhận tệp {', '.join(KINDS)}, không quá 10 MB")
    _forget_old(sitting, now)
    target = _place(actor, sitting)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    given = target.with_name(f"nhan-duoc{suffix}")
    write_atomically(given, content, mode=0o600)
    try:
        write_review(given, _read(given), target)
    finally:
        given.unlink()


def draft(actor: Actor, sitting: Sitting, same: Mapping[str, str]) -> Draft:
    """What was brought, as it stands.

    Raises:
        RosterError: when nothing was, or it was entered since.
    """
    require(actor, "enrol")
    path = _place(actor, sitting)
    if not path.exists():
        raise RosterError("chưa có danh sách nào chờ nhập; tải tệp lên")
    roster = _read(path)
    places = [
        (one.row, one.letter)
        for one in roster.problems
        if one.severity == "lỗi" and one.row and one.letter
    ]
    cells = cells_at(path, roster.sheet, list(dict.fromkeys(places)))
    return Draft(path, roster, compare(sitting, roster.trainees, same), cells)


def correct(actor: Actor, sitting: Sitting, cells: Mapping[Place, str]) -> None:
    """Put texts into cells that had errors, and look at the whole again."""
    found = draft(actor, sitting, {})
    asked = {place: text for place, text in cells.items() if place in found.cells}
    mend(found.path, found.roster.sheet, asked)
    fresh = found.path.with_name("moi.xlsx")
    try:
        write_review(found.path, _read(found.path), fresh)
        fresh.replace(found.path)
    finally:
        fresh.unlink(missing_ok=True)


def _read(path: Path) -> Roster:
    """Read a roster; where the server keeps it is nobody's affair."""
    try:
        return read_roster(path)
    except RosterError as error:
        error.path = None
        raise


def enter(actor: Actor, sitting: Sitting, same: Mapping[str, str], *, now: datetime) -> Comparison:
    """Enter what was brought, whole.

    Raises:
        RosterError: while a row has an error.
        CentreError: while somebody's identity is undecided.
    """
    found = draft(actor, sitting, same)
    if found.roster.has_errors:
        raise RosterError("danh sách còn lỗi; sửa các ô nêu tên rồi nhập")
    return enrol(actor, sitting, found.roster.trainees, now=now, same=same)


def forget(actor: Actor, sitting: Sitting) -> None:
    """Throw away what was brought."""
    _place(actor, sitting).unlink(missing_ok=True)


def _place(actor: Actor, sitting: Sitting) -> Path:
    owner = hashlib.sha256(actor.id.encode()).hexdigest()  # a name is no path
    return _folder(sitting) / owner / sitting.code / _COPY


def _folder(sitting: Sitting) -> Path:
    return sitting.centre.folder / "uploads"


def _forget_old(sitting: Sitting, now: datetime) -> None:
    """Personal data that nobody came back for does not stay."""
    for path in _folder(sitting).glob("*/*/*"):
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)
