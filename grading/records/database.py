"""Opening the records: embedded SQLite by default, PostgreSQL by one setting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection

MIGRATIONS = Path(__file__).parent / "migrations"


def open_records(url: str) -> sessionmaker[Session]:
    """Open the records at ``url`` and bring their tables up to date.

    Raises:
        SittingError: when the file is no database of ours or cannot be opened.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        _harden_sqlite(engine)
    try:
        with engine.begin() as connection:
            _migrate(connection)
    except DatabaseError as error:
        raise SittingError(f"không mở được cơ sở dữ liệu hồ sơ: {error.orig}", path=url) from None
    return sessionmaker(engine)


def _harden_sqlite(engine: Engine) -> None:
    """Make SQLite serialise writers and keep foreign keys.

    BEGIN IMMEDIATE takes the write lock before anything is read, so that a number allocated
    from what was read cannot be allocated twice by another process.
    """

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA busy_timeout = 60000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    head = ScriptDirectory.from_config(config).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != head:
        command.upgrade(config, "head")
