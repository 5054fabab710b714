"""Checkpoints: the ledger's head, signed and kept outside the database, so that a cut shows."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, Field

from centre.database import the_centre
from centre.ledger.models import LedgerLine
from centre.ledger.seal import holds, sign
from courses.foundation.content import Content, read_text, validate_json
from courses.foundation.digests import canonical
from courses.foundation.errors import CioError
from courses.foundation.files import alone, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from centre.configuration import Centre

log = logging.getLogger(__name__)


class Checkpoint(Content):
    """That the ledger's line ``number`` had ``digest`` when it was signed.

    ``previous`` is the signature of the checkpoint before, so that none can be taken out.
    """

    centre: str
    number: int = Field(ge=1)
    digest: str
    signed_at: AwareDatetime
    previous: str
    public_key: str
    signature: str

    def message(self) -> bytes:
        """What is signed: everything but the signature."""
        return canonical(self.model_dump(mode="json", exclude={"signature"})).encode()

    @property
    def holds(self) -> bool:
        """Whether the signature is this key's on this checkpoint."""
        return holds(self.message(), self.signature, self.public_key)


def folder_of(centre: Centre) -> Path:
    """Where checkpoints are kept."""
    return centre.folder / "checkpoints"


def read_checkpoints(centre: Centre) -> list[Checkpoint]:
    """Every checkpoint, oldest first; ContentError names a damaged file."""
    return [_read(path) for path in sorted(folder_of(centre).glob("*.json"))]


def checkpoint_if_due() -> None:
    """Sign the head when enough lines have been written since the last checkpoint."""
    centre = the_centre()
    head = LedgerLine.objects.order_by("-number").values_list("number", flat=True).first() or 0
    newest = max(map(_number, folder_of(centre).glob("*.json")), default=0)
    if head - newest >= centre.settings.checkpoint_every:
        checkpoint(centre)


def checkpoint(centre: Centre) -> Checkpoint | None:
    """Sign the ledger's head as it is now; None when the ledger is empty.

    The head of a ledger that has not grown is signed again: it was still so today. One signs at
    a time, so that each signs after, and upon, the one before.
    """
    folder = folder_of(centre)
    folder.mkdir(exist_ok=True)
    with alone(folder):
        line = LedgerLine.objects.order_by("-number").first()
        return None if line is None else _sign(centre, folder, line)


def _sign(centre: Centre, folder: Path, line: LedgerLine) -> Checkpoint:
    before = [path for path in sorted(folder.glob("*.json")) if _number(path) < line.number]
    unsigned = Checkpoint(
        centre=centre.settings.name,
        number=line.number,
        digest=line.digest,
        signed_at=datetime.now(UTC),
        previous=_read(before[-1]).signature if before else "",
        public_key=sign(centre.keys, b"")[1],
        signature="",
    )
    signed = unsigned.model_copy(update={"signature": sign(centre.keys, unsigned.message())[0]})
    path = folder / f"{line.number:012}.json"
    write_atomically(path, signed.model_dump_json(indent=1).encode())
    return signed


def checkpoint_now() -> None:
    """Sign the head after something weighty; what hinders it is logged, for the act is done."""
    try:
        checkpoint(the_centre())
    except (CioError, OSError) as error:
        log.warning("không ghi được mốc sổ nhật ký: %s", error)


def _read(path: Path) -> Checkpoint:
    return validate_json(Checkpoint, read_text(path), path)


def _number(path: Path) -> int:
    return int(path.stem) if path.stem.isdigit() else 0
