"""Files whole: read within a bound from what is truly a file, written all or not at all."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from courses.foundation.errors import CioError


def read_bounded(path: Path, most: int, error: type[CioError], *, links: bool = True) -> bytes:
    """Return the content of an ordinary file of at most ``most`` bytes.

    A pipe, a device, a folder or a loop of links is refused at once: nothing is waited for.
    Without ``links`` a link is refused too: where somebody else writes, it may lead anywhere.

    Raises:
        CioError: of the class ``error``, naming ``path``.
    """
    try:
        follow = 0 if links else os.O_NOFOLLOW
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | follow)
    except (OSError, ValueError):  # a name with a NUL is a ValueError
        raise error("không mở được tệp; kiểm tra tên và quyền đọc", path=path) from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise error("không phải tệp thường (là thư mục, ống dẫn hoặc thiết bị)", path=path)
        with open(handle, "rb", closefd=False) as file:
            content = file.read(most + 1)
    except OSError:
        raise error("không đọc được tệp; kiểm tra ổ đĩa và quyền đọc", path=path) from None
    finally:
        os.close(handle)
    if len(content) > most:
        raise error(f"tệp lớn quá {most // 1_000_000} MB; kiểm tra có đúng tệp không", path=path)
    return content


def write_new(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write ``content`` whole where nothing is; FileExistsError when something is, unchanged."""
    handle, name = _beside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        path.hardlink_to(name)
    finally:
        Path(name).unlink()
    flush(path.parent)


@contextmanager
def alone(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Keep other processes that ask for the same folder out; it ends with the process too.

    Raises:
        BlockingIOError: when another is in it, unless one is to ``wait``.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(handle)


def _beside(path: Path) -> tuple[int, str]:
    """A new file beside ``path``; an OSError names the folder, not a file nobody knows of."""
    try:
        return tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        error.filename = str(path.parent)
        raise


def write_atomically(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write ``content`` so that ``path`` holds either all of it or what it held before."""
    handle, name = _beside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    flush(path.parent)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` by name into a folder of one's own; all of it is on the disk afterwards.

    Flushed together they cost a fraction of what each would by itself.
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for name in files:
        flush(folder / name)
    flush(folder)


def flush(path: Path) -> None:
    """Have what a file holds, or what names a folder holds, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
