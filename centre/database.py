"""The centre's one database: opened, made, brought up to date; a process works for one centre."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

import centre.ready  # noqa: F401 - before any table
from centre.configuration import DATABASE, Centre, database_settings, read_centre
from courses.foundation.errors import CentreError

if TYPE_CHECKING:
    from collections.abc import Iterator

_open: list[Centre] = []
_READING = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


def connect(centre: Centre) -> None:
    """Make ``centre`` the one this process works for; nothing is read yet."""
    _use(database_settings(centre))
    _open.append(centre)


def disconnect() -> None:
    """Close the database of the centre this process worked for."""
    connections.close_all()
    _open.clear()


def _use(settings: dict[str, Any]) -> None:
    """Let this process's connections from now on go to the database of ``settings``."""
    connections.close_all()
    handler: Any = connections
    handler.settings = handler.configure_settings({DEFAULT_DB_ALIAS: settings})
    if connections.all(initialized_only=True):
        del connections[DEFAULT_DB_ALIAS]


def the_centre() -> Centre:
    """The centre this process works for; CentreError when none is open."""
    if not _open:
        raise CentreError("chưa mở trung tâm nào")
    return _open[-1]


def open_centre(folder: Path) -> Centre:
    """Open the centre in ``folder``.

    Raises:
        CentreError: when it is none, its database is missing (it is never made anew here),
            damaged, or of another version.
    """
    centre = read_centre(folder)
    _require_database(centre)
    connect(centre)
    try:
        behind = _behind()
    except DatabaseError as error:
        why = type(error).__name__
        raise CentreError(f"không mở được cơ sở dữ liệu ({why})", path=folder) from None
    if behind:
        raise CentreError(
            "cơ sở dữ liệu thuộc phiên bản trước; sao lưu rồi chạy “cio centre upgrade”",
            path=folder,
        )
    return centre


@contextmanager
def open_read_only(centre: Centre) -> Iterator[Centre]:
    """Open a centre's database so that nothing in its folder is made or changed.

    Raises:
        CentreError: when there is no database.
    """
    _require_database(centre)
    connect(centre)
    try:
        if centre.settings.database != "sqlite":
            with one_moment():
                yield centre
            return
        with _readable(centre.folder / DATABASE) as name:
            options = {"uri": True, "timeout": 60}
            _use({**database_settings(centre), "NAME": name, "OPTIONS": options})
            with one_moment():
                yield centre
            connections.close_all()
    finally:
        disconnect()


@contextmanager
def _readable(path: Path) -> Iterator[str]:
    """The name by which SQLite reads a file of its own and makes nothing beside it."""
    log, shared = (path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
    if not log.exists():  # the file is the whole database, and needs no locks
        yield f"file:{quote(str(path))}?mode=ro&immutable=1"
    elif shared.exists():
        if not (log.is_file() and shared.is_file()):
            raise CentreError("tệp cạnh cơ sở dữ liệu không phải tệp thường", path=path)
        yield f"file:{quote(str(path))}?mode=ro"
    else:  # whoever wrote was broken off: what the log holds can be read in a copy alone
        with TemporaryDirectory(prefix="cio-") as spare:
            for one in (path, log):
                shutil.copyfile(one, Path(spare, one.name))  # refuses a pipe
            yield f"file:{quote(str(Path(spare, path.name)))}?mode=rw"


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as of one moment, while others go on writing; nothing can be written.

    Text that is no UTF-8 is read too, as what nobody could have written.
    """
    with connection.cursor() as cursor, _any_text():
        if connection.in_atomic_block:
            yield
            return
        cursor.execute(_READING[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _any_text() -> Iterator[None]:
    raw: Any = connection.connection
    if connection.vendor == "sqlite":
        raw.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = str


def make_database(centre: Centre) -> None:
    """Make the database of a new centre.

    Raises:
        CentreError: when there is one already.
    """
    if centre.settings.database == "sqlite":
        path = centre.folder / DATABASE
        if path.exists():
            raise CentreError("đã có cơ sở dữ liệu; không tạo đè lên", path=path)
        path.touch(mode=0o600)
    connect(centre)
    if connection.introspection.table_names():
        raise CentreError("cơ sở dữ liệu đã có bảng; không tạo đè lên", path=centre.folder)
    upgrade()


def upgrade() -> None:
    """Bring the open database to this version of the house."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _require_database(centre: Centre) -> None:
    path = centre.folder / DATABASE
    if centre.settings.database != "sqlite":
        return
    if not path.is_file():
        raise CentreError(
            "không có cơ sở dữ liệu của trung tâm; khôi phục từ bản sao lưu", path=path
        )
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise CentreError("tệp không phải cơ sở dữ liệu SQLite hoặc đã hỏng", path=path)


def integrity() -> str:
    """What SQLite itself says of its file: "ok", or what is damaged."""
    if connection.vendor != "sqlite":
        return "ok"
    try:
        with connection.cursor() as cursor:
            return str(cursor.execute("PRAGMA integrity_check").fetchone()[0])
    except (DatabaseError, sqlite3.DatabaseError) as error:
        return str(error)
