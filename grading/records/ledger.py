"""The audit ledger: append-only, each line's SHA-256 covering the line before it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from grading.records.schema import LedgerEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_GENESIS = "0" * 64


def digest_of(data: Any) -> str:
    """SHA-256 (hex) of ``data`` as canonical JSON: sorted keys, no blanks, UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append_ledger(
    session: Session, kind: str, subject: str, detail: dict[str, Any], now: datetime
) -> LedgerEntry:
    """Append one line within the session's transaction. ``subject`` is an id, never a name."""
    last = session.scalars(select(LedgerEntry).order_by(LedgerEntry.number.desc()).limit(1)).first()
    number = last.number + 1 if last else 1
    previous = last.digest if last else _GENESIS
    entry = LedgerEntry(
        number=number,
        at=now,
        kind=kind,
        subject=subject,
        detail=detail,
        previous=previous,
        digest=_line_digest(number, kind, subject, detail, previous),
    )
    session.add(entry)
    session.flush()
    return entry


def broken_lines(session: Session) -> list[int]:
    """Numbers of the lines that do not follow from the line before: empty when untouched."""
    broken, previous = [], _GENESIS
    for number, line in enumerate(
        session.scalars(select(LedgerEntry).order_by(LedgerEntry.number)), start=1
    ):
        expected = _line_digest(number, line.kind, line.subject, line.detail, previous)
        if (line.number, line.previous, line.digest) != (number, previous, expected):
            broken.append(line.number)
        previous = line.digest
    return broken


def _line_digest(
    number: int, kind: str, subject: str, detail: dict[str, Any], previous: str
) -> str:
    return digest_of([number, kind, subject, detail, previous])
