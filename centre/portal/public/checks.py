"""Checking for the public: never too often, counted, and against a ledger read a moment ago."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import structlog
from allauth.core import ratelimit
from django.db import DatabaseError

from centre.database import the_centre
from centre.register.book import Book
from centre.register.checks import count
from grading.credentials.verification import Verdict, Verification, verify_bytes, verify_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from centre.ledger.check import Replay

log = structlog.get_logger()

LARGEST: Final = 1_000_000  # bytes; an original has under 0.2 million
_FRESH: Final = 60.0  # seconds for which the ledger need not be read again

_UNCHECKED = (
    "Sổ cấp chưa trả lời được. Kết quả này không nói chứng chỉ đúng hay sai. Thử lại sau, hoặc hỏi "
    "cơ quan cấp."
)

_read: dict[str, tuple[float, Replay]] = {}


def too_often(request: HttpRequest) -> bool:
    """Whether this address has asked as often as it may; asking counts."""
    return not ratelimit.consume(request, action="verify")


def check_code(serial: str, code: str, name: str, way: str) -> Verification:
    """Check a print by what stands on it."""
    return _counted(way, lambda book, now: verify_code(serial, code, book, now, name))


def check_file(content: bytes, way: str) -> Verification:
    """Check a file by its bytes."""
    return _counted(way, lambda book, now: verify_bytes(content, book, now))


def _counted(way: str, ask: Callable[[Book, datetime], Verification]) -> Verification:
    found = _asked(ask)
    if found.verdict is Verdict.UNCHECKED:
        log.error("check impossible", reason=found.explanation)
        found = replace(found, explanation=_UNCHECKED)
    try:
        count(way, found.verdict.name, found.checked_at)
    except DatabaseError as error:  # a count that is lost hinders nobody
        log.warning("check not counted", error=type(error).__name__)
    return found


def _asked(ask: Callable[[Book, datetime], Verification]) -> Verification:
    """Ask a book that knows the ledger; one that does not know it any more reads it anew."""
    now, centre = datetime.now(UTC), the_centre()
    place = str(centre.folder)
    at, known = _read.get(place, (0.0, None))
    if known is not None and time.monotonic() - at < _FRESH:
        found = ask(Book(centre, now, known), now)
        if found.verdict is not Verdict.UNCHECKED:
            return found
    book = Book(centre, now)
    found = ask(book, now)
    if found.verdict is not Verdict.UNCHECKED:
        _read[place] = (time.monotonic(), book.replay)
    return found
