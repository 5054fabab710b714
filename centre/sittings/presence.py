"""Who is at their page now: told by the pages themselves, kept beside the papers.

It proves nothing and is no record: an invigilator looks at it while the paper is under way.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from centre.sittings.sitting import Sitting

STALE = 20  # seconds after which a page that says nothing counts as left
WAITING = ""  # the page of the waiting room, of which there is none too many


@dataclass(frozen=True)
class Presence:
    """What a page last told: which page it is, and how many answers it could not send yet.

    ``oldest`` is how many seconds the oldest of them has waited; ``answered`` questions.
    """

    page: str
    paper: str
    seen_at: datetime
    unsent: int = 0
    oldest: int = 0
    answered: int = 0


def note(sitting: Sitting, candidate: str, told: Presence) -> bool:
    """Keep what a page tells; whether another page of the same candidate is open too."""
    path = _folder(sitting) / f"{candidate}.json"
    before = _read(path)
    with suppress(OSError):  # on a full disk answers are what matters, and they say so
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{candidate}.")
        with os.fdopen(handle, "w") as file:
            json.dump({**asdict(told), "seen_at": told.seen_at.isoformat()}, file)
        Path(part).replace(path)  # not flushed: after a crash the page tells it again
    return _elsewhere(before, told)


def _elsewhere(before: Presence | None, told: Presence) -> bool:
    if before is None or before.page in (told.page, WAITING) or before.paper != told.paper:
        return False
    return (told.seen_at - before.seen_at).total_seconds() < STALE


def present(sitting: Sitting) -> dict[str, Presence]:
    """What each candidate's page last told, by candidate."""
    paths = _folder(sitting).glob("[!.]*.json")
    return {path.stem: told for path in paths if (told := _read(path)) is not None}


def _read(path: Path) -> Presence | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        data: dict[str, Any] = json.loads(path.read_bytes())
        return Presence(**{**data, "seen_at": datetime.fromisoformat(data["seen_at"])})
    return None


def _folder(sitting: Sitting) -> Path:
    return sitting.folder / "presence"
