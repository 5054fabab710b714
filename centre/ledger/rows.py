"""Rows that the ledger covers: each has a digest of all it says, and changes in an act alone."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

from django.apps import apps
from django.db import models

from centre.ledger.guard import OutsideActError, writing
from courses.foundation.digests import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


RowT = TypeVar("RowT", bound=models.Model)


def _refuse(*_args: Any, **_options: Any) -> NoReturn:
    raise OutsideActError("covered rows are written by centre.ledger.acts alone")


class Rows(models.QuerySet[RowT]):
    """Reads covered rows; writing is the acts' alone."""

    create = update = delete = bulk_create = bulk_update = _refuse
    get_or_create = update_or_create = _refuse


class Row(models.Model):
    """A row that the ledger covers.

    ``logged`` names the fields whose values stand in the ledger beside the digest: never
    personal data. ``uncovered`` names fields that change by themselves and prove nothing.
    """

    logged: ClassVar[tuple[str, ...]] = ()
    uncovered: ClassVar[frozenset[str]] = frozenset()

    objects = Rows.as_manager()

    class Meta:  # noqa: D106 - Django's interface
        abstract = True

    def save(self, *_args: Any, **_options: Any) -> None:
        """Refuse."""
        _refuse()

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        _refuse()

    @property
    def place(self) -> str:
        """Where the row stands, as the ledger names it: table and key."""
        return place(type(self), self.pk)

    def state(self) -> dict[str, Any]:
        """What the ledger keeps of the row: its digest, and the values that may be read."""
        names = covered_fields(type(self))
        values = [getattr(self, name) for name in names]
        shown = {name: plain(getattr(self, name)) for name in self.logged}
        return {"#": digest_of_row(type(self), values), **shown}


def new_salt() -> str:
    """128 random bits, so that nobody can guess a short value from a digest."""
    return secrets.token_hex(16)


class PersonalRow(Row):
    """A covered row that tells of a person: its digest is salted, so that erasing can erase."""

    salt = models.CharField(max_length=32, default=new_salt)

    class Meta:  # noqa: D106 - Django's interface
        abstract = True


def place(model: type[Row], key: Any) -> str:
    """Where a row of ``model`` stands: ``person/P000001``."""
    return f"{model._meta.db_table.removeprefix('centre_')}/{key}"  # noqa: SLF001 - Django's documented name


@cache
def covered_fields(model: type[Row]) -> tuple[str, ...]:
    """The columns of ``model`` that its digest covers."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - as above
    return tuple(f.attname for f in fields if f.name not in model.uncovered)


def covered_models() -> list[type[Row]]:
    """Every covered table, by name."""
    found = [model for model in apps.get_models() if issubclass(model, Row)]
    return sorted(found, key=lambda model: model._meta.db_table)  # noqa: SLF001


@cache
def plain_readers(model: type[Row]) -> tuple[Callable[[Any], Any], ...]:
    """For each covered column, from the value as it is stored to what its digest covers."""
    kinds = {models.DateTimeField: plain_moment, models.BooleanField: _plain_truth}
    fields = [model._meta.get_field(name) for name in covered_fields(model)]  # noqa: SLF001 - as above
    return tuple(kinds.get(type(one), plain) for one in fields)


def plain_moment(stored: Any) -> Any:
    """A time as ``plain`` writes it; SQLite stores it as text in UTC."""
    if not isinstance(stored, str):
        return plain(stored)
    day, _, clock = stored.partition(" ")
    return f"{day}T{clock if '.' in clock else f'{clock}.000000'}+00:00"


def _plain_truth(stored: Any) -> Any:
    """A truth value as ``plain`` writes it; SQLite stores 0 or 1."""
    return bool(stored) if stored in (0, 1) else stored


def digest_of_row(model: type[Row], values: Iterable[Any]) -> str:
    """SHA-256 (hex) over table, columns and values, in the order of ``covered_fields``."""
    return digest_of_plain(model, list(map(plain, values)))


def digest_of_plain(model: type[Row], told: Sequence[Any]) -> str:
    """The same of values that are plain already; empty for what no act could have written."""
    try:
        return digest_of([model._meta.db_table, *covered_fields(model), *told])  # noqa: SLF001
    except (TypeError, ValueError):
        return ""


def plain(value: Any) -> Any:
    """A column's value as JSON: times in UTC to the microsecond, dates as ISO."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def stored_digest(row: Row) -> str:
    """The digest of a row as it stands in the database now; empty when it is not there."""
    model = type(row)
    found = model.objects.filter(pk=row.pk).values_list(*covered_fields(model)).first()
    return digest_of_row(model, found) if found else ""


def insert_rows(rows: Iterable[Row]) -> None:
    """Write new rows, many at a time; for acts alone."""
    by_model: dict[type[Row], list[Row]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    with writing():
        for model, group in by_model.items():
            written: models.QuerySet[Any] = models.QuerySet(model)
            written.bulk_create(group, batch_size=400)


def update_row(row: Row, names: Sequence[str]) -> None:
    """Write some columns of a row that is there; for acts alone."""
    with writing():
        models.Model.save(row, force_update=True, update_fields=list(names))
