"""A submission's files, examined before anything else is done with them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from courses.errors import GradingError
from grading.engine.marked_tree import STAMP

if TYPE_CHECKING:
    import os
    from datetime import datetime
    from pathlib import Path

    from grading.engine.course import Course

LARGEST_FILE = 20_000_000  # bytes
LARGEST_SUBMISSION = 100_000_000  # bytes
MOST_FILES = 1_000


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
        """When it was submitted, as nbgrader reads it."""
        return self.course.timestamp(self.folder)

    @property
    def stamp(self) -> bytes | None:
        """The stamp it was marked with, if it was."""
        path = self.marked / STAMP
        return path.read_bytes() if path.is_file() else None

    def files(self) -> dict[str, bytes]:
        """Every regular file by relative name.

        Raises:
            GradingError: when there is a link, or something too large or too many to be honest.
        """
        if self.folder.is_symlink() or self.folder.parent.is_symlink():
            raise GradingError("bài nộp là liên kết tới nơi khác, không chấm", path=self.folder)
        found: dict[str, bytes] = {}
        size = 0
        for path in sorted(self.folder.rglob("*")):
            if path.is_symlink():
                raise GradingError("bài nộp chứa liên kết tới nơi khác, không chấm", path=path)
            if not path.is_file():
                continue
            size += path.stat().st_size
            if reason := _suspicion(path.stat(), size):
                raise GradingError(reason, path=path)
            if len(found) >= MOST_FILES:
                raise GradingError("bài nộp có quá nhiều tệp, không chấm", path=self.folder)
            found[str(path.relative_to(self.folder))] = path.read_bytes()
        return found


def _suspicion(status: os.stat_result, size: int) -> str:
    """Why a file is not read, with ``size`` bytes in the submission so far; empty when it is."""
    if status.st_nlink > 1:
        return "tệp còn là của nơi khác (liên kết cứng), không chấm; chép thành tệp riêng rồi chấm"
    large = status.st_size > LARGEST_FILE or size > LARGEST_SUBMISSION
    return "tệp lớn bất thường, không chấm" if large else ""


def make_stamp(files: dict[str, bytes], tier: str, against: str) -> bytes:
    """What was marked, how, and against what: equal stamps mean equal marks."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    stamp = {"tier": tier, "against": against, "files": digests}
    return json.dumps(stamp, sort_keys=True, indent=1).encode()  # names may hold any byte
