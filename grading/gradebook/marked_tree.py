"""``autograded/``: a marked submission's folder, put in place in one step."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from grading.gradebook.results import SubmissionResult

STAMP = ".da-cham.json"
# A candidate's file whose name is taken, by a folder or by a notebook, or is none: it is left out.
_NO_PLACE = (errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)


@dataclass(frozen=True)
class Staged:
    """A marked submission's folder, written whole beside its place."""

    folder: Path

    @classmethod
    def of(cls, folder: Path, result: SubmissionResult, stamp: bytes, mode: int) -> Staged:
        """Write it; raises OSError when there is no room, and nothing has changed then.

        Args:
            folder: ``autograded/<student>/<assignment>``.
            result: what to write.
            stamp: says what was marked and how.
            mode: permissions of the files, as nbgrader sets them.
        """
        staged = cls(folder)
        try:
            staged._fill(result, stamp, mode)
        except OSError:
            staged.drop()
            raise
        return staged

    def _fill(self, result: SubmissionResult, stamp: bytes, mode: int) -> None:
        for left in (self._new, self._old):
            shutil.rmtree(left, ignore_errors=True)
        self._new.mkdir(parents=True)
        stamped = {} if result.in_part else {STAMP: stamp}  # a whole run has still to come
        for name, data in {**_notebooks(result), **stamped}.items():
            _write(self._new / name, data, mode)
        for path in self.folder.glob("*.ipynb") if result.in_part else ():
            if not (self._new / path.name).exists():
                _write(self._new / path.name, path.read_bytes(), mode)
        for name, data in result.files.items():
            try:
                _write(self._new / name, data, mode)
            except OSError as error:
                if error.errno not in _NO_PLACE:
                    raise

    def put_in_place(self) -> None:
        """Swap it in: the folder is never there in part."""
        if self.folder.exists():
            os.replace(self.folder, self._old)  # noqa: PTH105 - a folder, not a file
        os.replace(self._new, self.folder)  # noqa: PTH105 - as above
        shutil.rmtree(self._old, ignore_errors=True)

    def drop(self) -> None:
        """Leave what is in place as it is."""
        shutil.rmtree(self._new, ignore_errors=True)

    @property
    def _new(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.moi")

    @property
    def _old(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.cu")


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
    path.chmod(mode)


def _notebooks(result: SubmissionResult) -> dict[str, bytes]:
    # A candidate's metadata may hold half a character, which no file can.
    return {f"{n.name}.ipynb": n.text.encode("utf-8", "replace") for n in result.notebooks}
