"""Nobody pulls the plug in a test: what is written outlives any process without being flushed.

Waiting for the disk was a minute of ``make test``. That files and folders are flushed in the
right order is a fact of its own (tests/courses/test_files.py).
"""

import os
import sqlite3

from django.db.backends.signals import connection_created
from sqlalchemy import event
from sqlalchemy.engine import Engine

_FAST = "PRAGMA synchronous=OFF"


def wait_for_no_disk():
    """From now on, in this process."""
    os.fsync = os.fstat  # what is no open file is refused as before
    connection_created.connect(_on_django)
    event.listen(Engine, "connect", _on_sqlalchemy)


def _on_django(connection, **_):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_FAST)


def _on_sqlalchemy(connection, _record):
    if isinstance(connection, sqlite3.Connection):
        connection.execute(_FAST)
