"""A notebook's folder on an ordinary disk, read back and removed whatever was done in it."""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grading.code.sandbox.limits import Limits

MOST_ENTRIES = 20_000  # files and folders of one notebook
DEEPEST = 50  # folders in one another, for a file to be kept
_LARGEST_LEFT = 16 << 20  # bytes of files taken back from a notebook
_MOST_LEFT = 1_000  # of them


def entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """Everything beneath ``folder``, following no link and passing over what cannot be read.

    Folders nested too deep for a path are passed over too.
    """
    waiting = [folder]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as found:
            for entry in found:
                yield entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)


def overfull(folder: str, allowed: Limits) -> bool:
    """Whether there is more beneath ``folder`` than a notebook may leave."""
    size = 0
    for number, entry in enumerate(entries(folder)):
        with contextlib.suppress(OSError):
            size += entry.stat(follow_symlinks=False).st_blocks * 512
        if size > allowed.box or number > MOST_ENTRIES:
            return True
    return False


def left_in(folder: str, allowed: Limits) -> dict[str, str]:
    """Regular files beneath ``folder``, as base64 by relative name, up to what is reasonable."""
    left: dict[str, str] = {}
    size = 0
    for entry in entries(folder):
        name = os.path.relpath(entry.path, folder)
        kept = not name.startswith(".") and name.count("/") < DEEPEST
        if not (kept and entry.is_file(follow_symlinks=False)):
            continue
        with contextlib.suppress(OSError):
            length = entry.stat(follow_symlinks=False).st_size
            size += length
            if length > allowed.file or size > _LARGEST_LEFT or len(left) >= _MOST_LEFT:
                return left
            left[name] = base64.b64encode(Path(entry.path).read_bytes()).decode()
    return left


def remove(folder: str) -> None:
    """Remove ``folder``, also when it is nested without end or what is in it was closed off."""
    try:
        shutil.rmtree(folder)
    except (OSError, RecursionError):
        for command in (("chmod", "-R", "u+rwX"), ("rm", "-rf")):
            subprocess.run([*command, "--", folder], stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - two commands of the system
