"""A submission's files, examined before anything else is done with them."""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from grading.code.sandbox.box import DEEPEST, entries
from grading.gradebook.marked_tree import STAMP
from grading.gradebook.refusals import RefusedError

if TYPE_CHECKING:
    import os
    from collections.abc import Container
    from datetime import datetime

    from grading.gradebook.course import Course

LARGEST_SUBMISSION = 200_000_000  # bytes
MOST_FILES = 5_000
TIMESTAMP = "timestamp.txt"  # nbgrader reads the time of submission from this file


@dataclass(frozen=True)
class Submission:
    """One student's folder of one assignment."""

    course: Course
    assignment: str
    student: str

    @property
    def folder(self) -> Path:
        """Where it was submitted."""
        return self.course.path("submitted", self.student, self.assignment)

    @property
    def marked(self) -> Path:
        """Where it goes when it is marked."""
        return self.course.path("autograded", self.student, self.assignment)

    @property
    def timestamp(self) -> datetime | None:
        """When it was submitted, as nbgrader reads it; RefusedError when that cannot be read."""
        try:
            return self.course.timestamp(self.folder)
        except (ValueError, OverflowError, AttributeError):  # the last is nbgrader's own slip
            raise RefusedError("timestamp", path=self.folder / TIMESTAMP) from None

    @property
    def stamp(self) -> bytes | None:
        """The stamp it was marked with, if it was."""
        path = self.marked / STAMP
        return path.read_bytes() if path.is_file() else None

    def files(self, replaced: Container[str] = ()) -> dict[str, bytes]:
        """Every regular file by relative name, without those that the examiner's ``replaced``.

        Raises:
            RefusedError: when there is a link, or something too large or too many to be honest.
        """
        if self.folder.is_symlink() or self.folder.parent.is_symlink():
            raise RefusedError("folder-is-link", path=self.folder)
        found: dict[str, bytes] = {}
        size, largest = 0, self.course.largest_file
        for entry in sorted(entries(str(self.folder)), key=attrgetter("path")):
            if entry.is_dir(follow_symlinks=False):
                continue
            status, path = entry.stat(follow_symlinks=False), Path(entry.path)
            size += status.st_size
            name = str(path.relative_to(self.folder))
            if name in replaced and stat.S_ISREG(status.st_mode):
                size -= status.st_size
                continue
            if reason := _suspicion(name, status, size, len(found), largest):
                raise RefusedError(reason, path=path)
            found[name] = path.read_bytes()
        return found


def _suspicion(name: str, status: os.stat_result, size: int, count: int, largest: int) -> str:
    """Why a file, one of ``count`` of ``size`` bytes, is refused; empty when it is not."""
    if stat.S_ISLNK(status.st_mode):
        return "link"
    if not stat.S_ISREG(status.st_mode):
        return "no-plain-file"
    if status.st_nlink > 1:
        return "hard-link"
    if status.st_size > largest or size > LARGEST_SUBMISSION:
        return "too-large"
    deep = count >= MOST_FILES or name.count("/") > DEEPEST
    return "too-many-files" if deep else ""


def make_stamp(files: dict[str, bytes], tier: str, against: str) -> bytes:
    """What was marked, how, and against what: equal stamps mean equal marks."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    stamp = {"tier": tier, "against": against, "files": digests}
    return json.dumps(stamp, sort_keys=True, indent=1).encode()  # names may hold any byte
