"""An act: one change by one person at one time, and the line that the ledger keeps of it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django.db import connection, transaction

from centre.accounts.permissions import ask
from centre.database import the_centre
from centre.ledger.checkpoint import checkpoint_if_due
from centre.ledger.guard import writing
from centre.ledger.models import LedgerLine
from centre.ledger.rows import insert_rows, plain, stored_digest, update_row
from centre.ledger.seal import mac_key, mac_of
from courses.foundation.digests import canonical, digest_of
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.ledger.rows import Row

GENESIS = "0" * 64
_LOCK = 0x63696F  # the ledger's own number among PostgreSQL's advisory locks

P = ParamSpec("P")
T = TypeVar("T")

DOORS: dict[str, Callable[..., Any]] = {}
"""Every door by the action that it is in the table of permissions."""


def door(
    action: str, owner: Callable[..., str | None] = lambda *_args, **_options: None
) -> Callable[[Callable[Concatenate[Actor, P], T]], Callable[Concatenate[Actor, P], T]]:
    """Make a function one of the doors: it asks for permission before it does anything.

    Args:
        action: its row in the table of permissions.
        owner: from the function's other arguments, the user or the person whose own affair it
            is; None when it is nobody's own.
    """

    def guard(verb: Callable[Concatenate[Actor, P], T]) -> Callable[Concatenate[Actor, P], T]:
        @wraps(verb)
        def guarded(actor: Actor, /, *args: P.args, **options: P.kwargs) -> T:
            ask(actor, action, lambda: owner(*args, **options))
            lock()
            return verb(actor, *args, **options)

        if DOORS.setdefault(action, guarded) is not guarded:
            raise RuntimeError(f"two doors for one row of the table: {action}")
        return guarded

    return guard


def lock() -> None:
    """Let no other act read or write until this transaction ends.

    Whoever opened the transaction ends it. SQLite's IMMEDIATE transaction holds the lock
    already; PostgreSQL is asked for it before anything is read.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a door needs a transaction, which whoever calls it opens")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


class Act:
    """What one act has changed so far."""

    def __init__(self) -> None:
        self.before: dict[str, Any] = {}
        self.after: dict[str, Any] = {}
        self.detail: dict[str, Any] = {}

    def insert(self, *rows: Row) -> None:
        """Write new rows."""
        insert_rows(rows)
        self.after |= {row.place: row.state() for row in rows}

    def change(self, row: Row, **values: Any) -> bool:
        """Give a row other values; tell whether any was another.

        Raises:
            CentreError: when the row is not any more as whoever decided on this has read it.
        """
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return False
        before = row.state()
        if stored_digest(row) != before["#"]:
            raise CentreError(f"{row.place} vừa được người khác thay đổi; xem lại rồi làm lại")
        self.before.setdefault(row.place, before)
        for name, value in changed.items():
            setattr(row, name, value)
        update_row(row, list(changed))
        self.after[row.place] = row.state()
        return True

    def tell(self, **detail: Any) -> None:
        """Say more of the act: grounds, numbers of documents; never personal data."""
        self.detail |= {name: plain(value) for name, value in detail.items()}


@contextmanager
def act(actor: Actor, kind: str, subject: str, now: datetime) -> Iterator[Act]:
    """Gather one act's changes and append its line; an act that changes and tells nothing has none.

    Args:
        actor: who acts.
        kind: what is done, such as ``paper.taken``.
        subject: id of what it is done to; never a name.
        now: the server's time.
    """
    under_way = Act()
    yield under_way
    if under_way.after or under_way.detail:
        _append(actor, kind, [(subject, under_way)], now)


def record_many(actor: Actor, kind: str, rows: Mapping[str, Sequence[Row]], now: datetime) -> None:
    """Write new rows by subject, many at a time, with a line for each subject."""
    insert_rows(row for group in rows.values() for row in group)
    acts = []
    for subject, group in rows.items():
        done = Act()
        done.after = {row.place: row.state() for row in group}
        acts.append((subject, done))
    _append(actor, kind, acts, now)


def _append(actor: Actor, kind: str, acts: Iterable[tuple[str, Act]], now: datetime) -> None:
    """Append a line for each act, in order."""
    last = LedgerLine.objects.order_by("-number").values_list("number", "digest", "at").first()
    number, previous, at = last or (0, GENESIS, now)
    # A clock that went back does not make a line earlier than the line before it.
    at, lines, key = max(at, now), [], _key()
    for number, (subject, done) in enumerate(acts, number + 1):  # noqa: B020 - read once, before
        more = {"detail": done.detail} if done.detail else {}
        before, after = canonical({"rows": done.before}), canonical({"rows": done.after, **more})
        line = LedgerLine(number, at, actor.id, kind, subject, before, after, previous)
        told = (number, plain(at), actor.id, kind, subject, before, after, previous)
        line.digest = previous = digest_of_line(told)
        line.mac = mac_of(key, line.digest)
        lines.append(line)
    with writing():
        LedgerLine.objects.bulk_create(lines, batch_size=400)
    _seal_when_due()


def _key() -> bytes:
    """The secret of the centre at work; CentreError where its seal is missing."""
    centre = the_centre()
    key = mac_key(centre.keys)
    if key is None:
        raise CentreError("thiếu khoá sổ nhật ký; khôi phục từ bản sao lưu", path=centre.keys)
    return key


def _seal_when_due() -> None:
    """Look once a transaction, when it is over, whether a head is to be signed."""
    waiting = [one[1] for one in connection.run_on_commit]
    if checkpoint_if_due not in waiting:
        transaction.on_commit(checkpoint_if_due, robust=True)


def digest_of_line(told: Sequence[Any]) -> str:
    """SHA-256 (hex) over all that a line says, in the order of its columns.

    Empty for what no act could have written.
    """
    try:
        return digest_of(list(told))
    except (TypeError, ValueError):
        return ""
