"""``autograded/``: a marked submission's folder, put in place in one step."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from grading.gradebook.results import SubmissionResult

STAMP = ".da-cham.json"
# A candidate's file whose name is taken, by a folder or by a notebook, or is none: it is left out.
_NO_PLACE = (errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)


def put_in_place(folder: Path, result: SubmissionResult, stamp: bytes, mode: int) -> None:
    """Write the folder beside its place, then swap it in: it is never there in part.

    Args:
        folder: ``autograded/<student>/<assignment>``.
        result: what to write.
        stamp: says what was marked and how.
        mode: permissions of the files, as nbgrader sets them.
    """
    new, old = (folder.with_name(f".{folder.name}.{word}") for word in ("moi", "cu"))
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir(parents=True)
    for name, data in {**_notebooks(result), STAMP: stamp}.items():
        _write(new / name, data, mode)
    for name, data in result.files.items():
        try:
            _write(new / name, data, mode)
        except OSError as error:
            if error.errno not in _NO_PLACE:
                raise
    if folder.exists():
        os.replace(folder, old)  # noqa: PTH105 - a folder, not a file
    os.replace(new, folder)  # noqa: PTH105 - as above
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
    path.chmod(mode)


def _notebooks(result: SubmissionResult) -> dict[str, bytes]:
    # A candidate's metadata may hold half a character, which no file can.
    return {f"{n.name}.ipynb": n.text.encode("utf-8", "replace") for n in result.notebooks}
