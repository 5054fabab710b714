"""One consistent file of a centre, and a check that it can be brought back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from centre.configuration import DATABASE, SETTINGS, read_centre
from centre.database import connect, open_centre
from centre.ledger.acts import act, door
from centre.ledger.check import check
from centre.ledger.checkpoint import checkpoint
from centre.ledger.models import LedgerLine
from courses.foundation.errors import CentreError
from courses.foundation.files import flush

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from centre.accounts.actors import Actor
    from centre.configuration import Centre

DUMP = "centre.dump"  # a PostgreSQL database, in pg_dump's own format
_PASSING = ("-wal", "-shm", "-journal", ".part")


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds."""

    files: int
    lines: int


@door("centre.backup")
def _record(actor: Actor, target: str, *, now: datetime) -> None:
    with act(actor, "centre.backed-up", target, now) as done:
        done.tell(lines=LedgerLine.objects.count())


def back_up(actor: Actor, centre: Centre, target: Path, *, now: datetime) -> BackedUp:
    """Write everything the centre keeps, keys too, to ``target``, for its owner alone.

    The database is copied as of one moment. The file is unpacked again and its ledger
    recomputed before it takes its name.

    Raises:
        CentreError: when there is such a file, or what was written does not bear itself out.
    """
    if target.exists():
        raise CentreError("đã có tệp này; không ghi đè bản sao lưu", path=target)
    with transaction.atomic():
        _record(actor, target.name, now=now)
    checkpoint(centre)
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory() as room:
            files = _write(centre, part, Path(room))
            lines = _try(part, Path(room) / "thu")
        part.replace(target)
        flush(target.parent)
    finally:
        part.unlink(missing_ok=True)
        connect(centre)
    return BackedUp(files, lines)


def _write(centre: Centre, part: Path, room: Path) -> int:
    count = 0
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
        archive.add(_database_copy(centre, room), DATABASE if _on_sqlite(centre) else DUMP)
        for path in _kept(centre, part):
            archive.add(path, path.relative_to(centre.folder), recursive=False)
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count + 1


def _on_sqlite(centre: Centre) -> bool:
    return centre.settings.database == "sqlite"


def _kept(centre: Centre, part: Path) -> Iterator[Path]:
    """Every regular file but the database and what is passing; links are nobody's backup."""
    for path in sorted(centre.folder.rglob("*")):
        passing = path.name.startswith(DATABASE) or path.name.endswith(_PASSING)
        if path.is_file() and not path.is_symlink() and not passing and path != part:
            yield path


def _database_copy(centre: Centre, room: Path) -> Path:
    """The database as of one moment, while others go on writing."""
    if _on_sqlite(centre):
        copy = room / DATABASE
        source = sqlite3.connect(f"file:{centre.folder / DATABASE}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        return copy
    copy = room / DUMP
    _run("pg_dump", "--format=custom", f"--file={copy}", f"--dbname={centre.settings.database}")
    return copy


def _run(*command: str) -> None:
    """Run one of PostgreSQL's own programs."""
    program = shutil.which(command[0])
    if program is None:
        raise CentreError(f"máy này không có {command[0]} của PostgreSQL")
    done = subprocess.run([program, *command[1:]], capture_output=True, check=False, text=True)  # noqa: S603 - a fixed program
    if done.returncode:
        raise CentreError(f"{command[0]} không làm được: {done.stderr.strip()}")


def _try(source: Path, folder: Path) -> int:
    """Bring the backup back beside, recompute its ledger, and count its lines.

    A PostgreSQL dump is listed, not restored: that needs a database of its own.
    """
    _unpack(source, folder)
    if not (folder / DATABASE).exists():
        _run("pg_restore", "--list", str(folder / DUMP))
        return LedgerLine.objects.count()
    centre = open_centre(folder)
    if findings := check(centre):
        raise CentreError(f"bản sao lưu không nguyên vẹn: {findings[0]}", path=source)
    return LedgerLine.objects.count()


def restore(source: Path, folder: Path) -> Centre:
    """Bring a backup back into ``folder``.

    A PostgreSQL database is filled from the dump; ``centre.toml`` names it, and it must be
    empty.

    Raises:
        CentreError: when ``folder`` is not empty, or the file is no backup or is damaged.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CentreError("thư mục không trống; khôi phục vào một thư mục mới", path=folder)
    _unpack(source, folder)
    if (folder / DUMP).exists():
        url = read_centre(folder).settings.database
        _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url}", str(folder / DUMP))
        (folder / DUMP).unlink()
    centre = open_centre(folder)
    if findings := check(centre):
        raise CentreError(f"bản sao lưu không nguyên vẹn: {findings[0]}", path=source)
    return centre


def _unpack(source: Path, folder: Path) -> None:
    """Unpack plain files under ``folder`` alone: a backup that names anything else is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(source, "r:") as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        words = f"không đọc được bản sao lưu ({type(error).__name__})"
        raise CentreError(words, path=source) from None
    if not (folder / SETTINGS).is_file():
        raise CentreError("tệp này không phải bản sao lưu của trung tâm", path=source)
    (folder / "keys").chmod(0o700)
