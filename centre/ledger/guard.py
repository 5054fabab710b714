"""The last guard before the database: the centre's tables are written by an act, or not at all."""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# As Django's own queries begin; a related manager's ``add`` passes by every manager of ours.
# The queue of background work and the count of checks prove nothing.
_WRITE = re.compile(
    r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"centre_(?!(job|checkcount)")', re.IGNORECASE
)
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class OutsideActError(RuntimeError):
    """A covered row was to be written outside an act: the program is wrong."""


@contextmanager
def writing() -> Iterator[None]:
    """Let what is written from here on pass; for acts alone."""
    before = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(before)


def _watched(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,  # noqa: FBT001 - Django's interface
    context: dict[str, Any],
) -> Any:
    if _WRITE.match(sql) and not _writing.get():
        raise OutsideActError(f"written outside an act: {sql[:80]}")
    return execute(sql, params, many, context)


def _watch(connection: Any, **_options: Any) -> None:
    if _watched not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watched)


connection_created.connect(_watch)
