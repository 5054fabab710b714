"""Why a submission is not graded: stable codes, in words of two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.errors import GradingError

if TYPE_CHECKING:
    from pathlib import Path

    from grading.gradebook.remarks import Language

# code: Vietnamese, English. ``{detail}`` is the refusal's own.
_WORDS: dict[str, tuple[str, str]] = {
    "link": (
        "bài nộp chứa liên kết tới nơi khác, không chấm",
        "the submission has a link to another place: not graded",
    ),
    "folder-is-link": (
        "bài nộp là liên kết tới nơi khác, không chấm",
        "the submission is a link to another place: not graded",
    ),
    "no-plain-file": ("không phải tệp thường, không chấm", "no plain file: not graded"),
    "hard-link": (
        "tệp còn là của nơi khác (liên kết cứng), không chấm; chép thành tệp riêng rồi chấm",
        "the file also lies elsewhere (hard link): copy it, then grade",
    ),
    "too-large": ("tệp lớn bất thường, không chấm", "the file is unusually large: not graded"),
    "too-many-files": (
        "bài nộp có quá nhiều tệp hoặc thư mục lồng nhau, không chấm",
        "the submission has too many files, or folders within folders: not graded",
    ),
    "timestamp": (
        "không đọc được thời điểm nộp, không chấm; sửa tệp này rồi chấm lại",
        "the time of submission cannot be read: mend this file, then grade again",
    ),
    "damaged": (
        "tệp bài làm bị hỏng, không đọc được ({detail}); đề nghị thí sinh nộp lại, hoặc chấm tay",
        "the notebook is damaged ({detail}): ask for it again, or grade it by hand",
    ),
    "no-notebook": (
        "bài nộp không có tệp bài làm nào của bài này",
        "the submission has none of the assignment's notebooks",
    ),
    "unknown-student": (
        "sổ điểm không có học viên này, và khoá học không cho thêm mới",
        "the gradebook does not know this student, and the course allows no new ones",
    ),
    "worker-lost": (
        "tiến trình chấm bị mất nhiều lần với bài này ({detail})",
        "the worker was lost again and again with this submission ({detail})",
    ),
    "system": ("hệ thống báo lỗi: {detail}", "the system reported: {detail}"),
    "unexpected": (
        "không chấm được, cần chấm tay ({detail})",
        "not graded, to be graded by hand ({detail})",
    ),
}
CODES = frozenset(_WORDS)


class RefusedError(GradingError):
    """A submission that is not graded; ``refusal`` is the stable code of the reason."""

    code = "CIO-510"

    def __init__(self, refusal: str, detail: str = "", *, path: Path | None = None) -> None:
        super().__init__(_WORDS[refusal][0].format(detail=detail), path=path)
        self.args = (refusal, detail)  # with which it is made again in another process
        self.refusal, self.detail = refusal, detail

    @classmethod
    def of(cls, error: Exception) -> GradingError:
        """The reason that an error is, whatever it was."""
        if isinstance(error, GradingError):
            return error
        if isinstance(error, OSError):
            return cls("system", str(error))
        return cls("unexpected", f"{type(error).__name__}: {error}")

    def words(self, language: Language) -> str:
        """The reason, without the folder, which whoever tells of it names already."""
        text = _WORDS[self.refusal][language == "en"].format(detail=self.detail)
        return text if self.path is None else f"{getattr(self.path, 'name', self.path)}: {text}"
