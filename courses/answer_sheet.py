"""The answers file beside a notebook: atomic, locked, and never silently overwritten.

A save is merged into what is on disk under a lock, written to a temporary file, flushed to
the disk and moved into place: a killed process or a full disk leaves the last saved state.
Each answer has a revision; a save based on an older one (a second tab) is refused.
"""

from __future__ import annotations

import fcntl
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import AwareDatetime, Field

from courses.foundation.content import Content
from courses.foundation.errors import AnswerError
from courses.foundation.files import read_bounded, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

VERSION = 1
LARGEST = 2_000_000  # bytes; a paper of twelve long essays is well under a tenth of this


class SavedAnswer(Content):
    """One answer: the JSON value as sent, its revision and the server's time of saving."""

    value: Any
    revision: int = Field(ge=1)
    saved_at: AwareDatetime


class Sheet(Content):
    """What an answers file holds: ``subject`` names the form or lesson that is answered.

    ``flags`` are the questions a trainee wants to come back to.
    """

    version: int = Field(ge=VERSION, le=VERSION)
    subject: str
    answers: dict[str, SavedAnswer]
    flags: tuple[str, ...] = ()


class ConflictError(AnswerError):
    """The answer was changed elsewhere since this page last saw it."""

    code = "CIO-301"


def read_sheet(path: Path) -> Sheet:
    """Read an answers file; a missing one is an empty sheet.

    Raises:
        AnswerError: when the file is too large, a link or no file, no JSON, or of another shape.
    """
    try:
        if path.lstat().st_size > LARGEST:
            raise AnswerError("tệp trả lời lớn bất thường, không đọc", path=path)
        return Sheet.model_validate_json(read_bounded(path, LARGEST, AnswerError, links=False))
    except FileNotFoundError:
        return Sheet(version=VERSION, subject="", answers={})
    except (OSError, ValueError) as error:
        reason = "nội dung không đúng định dạng" if isinstance(error, ValueError) else error
        raise AnswerError(f"không đọc được tệp trả lời: {reason}", path=path) from None


class AnswerSheet:
    """The answers file at ``path`` for one form or lesson, named by ``subject``."""

    def __init__(self, path: Path, subject: str, closes_at: datetime | None = None) -> None:
        """Open the sheet; a damaged or foreign file is kept aside under a telling name.

        Raises:
            AnswerError: when such a file cannot be put aside; it stays as it is.
        """
        self.path = path
        self.subject = subject
        self.closes_at = closes_at
        self.set_aside: Path | None = None
        try:
            sheet = read_sheet(path)
            usable = sheet.subject == subject or not sheet.answers
        except AnswerError:
            usable = False
        if not usable:
            self.set_aside = _put_aside(path)

    def get(self, question_id: str) -> SavedAnswer | None:
        """The saved answer to one question, if any."""
        return read_sheet(self.path).answers.get(question_id)

    def save(self, question_id: str, value: Any, based_on: int, now: datetime) -> SavedAnswer:
        """Store one answer durably and return it as read back from the disk.

        Args:
            question_id: the question answered.
            value: a JSON value.
            based_on: the revision the trainee saw when answering; 0 when unanswered.
            now: the server's time.

        Sent once more because its reply was lost, a save is found stored and not refused.

        Raises:
            ConflictError: when the stored answer has another revision.
            AnswerError: when the time is over or nothing could be stored; the old file is
                untouched.
        """
        if self.closes_at is not None and now > self.closes_at:
            raise AnswerError("Đã hết giờ làm bài.", path=self.path)
        with self._changing() as sheet:
            stored = sheet.answers.get(question_id)
            if stored and stored.revision - 1 == based_on and _same(stored.value, value):
                return stored
            if (stored.revision if stored else 0) != based_on:
                raise ConflictError("Câu này vừa được sửa ở cửa sổ khác.", path=self.path)
            answer = SavedAnswer(value=value, revision=based_on + 1, saved_at=now)
            self._write({**sheet.answers, question_id: answer}, sheet.flags)
            return read_sheet(self.path).answers[question_id]

    def flag(self, question_id: str, *, on: bool) -> None:
        """Mark a question to come back to, or no longer; AnswerError as ``save``."""
        with self._changing() as sheet:
            others = tuple(flag for flag in sheet.flags if flag != question_id)
            self._write(sheet.answers, (*others, question_id) if on else others)

    def state(self) -> tuple[dict[str, Any], set[str]]:
        """Every saved value by question, and the questions that are flagged."""
        sheet = read_sheet(self.path)
        return {id_: answer.value for id_, answer in sheet.answers.items()}, set(sheet.flags)

    @contextmanager
    def _changing(self) -> Iterator[Sheet]:
        """Hold the lock over what is on the disk now; AnswerError when it cannot be changed."""
        try:
            with self.path.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield read_sheet(self.path)
        except OSError as error:
            raise AnswerError(
                f"không ghi được tệp trả lời: {error.strerror}", path=self.path
            ) from None

    def _write(self, answers: dict[str, SavedAnswer], flags: tuple[str, ...]) -> None:
        sheet = Sheet(version=VERSION, subject=self.subject, answers=answers, flags=flags)
        write_atomically(self.path, self._encoded(sheet))

    def _encoded(self, sheet: Sheet) -> bytes:
        """The bytes of a file that can be read again; AnswerError when there are none."""
        data = sheet.model_dump(mode="json")
        try:
            content = json.dumps(data, ensure_ascii=False, indent=1).encode()
        except ValueError:
            raise AnswerError("câu trả lời có ký tự không lưu được", path=self.path) from None
        if len(content) > LARGEST:
            raise AnswerError("câu trả lời quá dài, không lưu được", path=self.path)
        return content


def _same(stored: Any, sent: Any) -> bool:
    """Whether two JSON values are the same; for Python alone ``True`` would be 1."""
    return json.dumps(stored, sort_keys=True) == json.dumps(sent, sort_keys=True)


def _put_aside(path: Path) -> Path:
    aside = _free_name(path)
    try:
        path.rename(aside)
    except OSError as error:
        reason = f"tệp trả lời hỏng và không cất riêng được: {error.strerror}"
        raise AnswerError(reason, path=path) from None
    return aside


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.hong-{number}{path.suffix}")).exists():
        number += 1
    return aside
