"""Every error a user may meet, as one tree.

CioError                 base: stable code, Vietnamese message, and where it happened
├── ContentError         framework, lesson, item, blueprint, rubric or policy file is wrong
├── RosterError          a roster cannot be read as it stands
├── AnswerError          an answers file cannot be read or written
├── SittingError         a sitting's folder is missing, incomplete or in the wrong state
├── GradingError         a submission or a marker's sheet cannot be graded
├── DecisionError        scores and policy do not fit together
├── CredentialError      a certificate cannot be made, signed, registered or checked
├── CentreError          the centre's folder, database or configuration is not in order
├── DeniedError          the acting user may not do this
├── MeasurementError     a statistic cannot be computed from these data
└── DisclosureError      a publication would tell somebody's result
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path


class CioError(Exception):
    """An error with a stable code and a Vietnamese message that says what to do.

    Args:
        message: what is wrong and what to do about it, in Vietnamese.
        path: the file concerned.
        row: row in a table, counted from 1 as Excel does.
        column: column letter or heading.
        key: dotted key in a TOML or YAML file.
    """

    code: ClassVar[str] = "CIO-000"

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        row: int | None = None,
        column: str | None = None,
        key: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.row = row
        self.column = column
        self.key = key

    def __str__(self) -> str:
        parts = [
            str(self.path) if self.path is not None else "",
            f"dòng {self.row}" if self.row is not None else "",
            f"cột {self.column}" if self.column is not None else "",
            f"khoá “{self.key}”" if self.key is not None else "",
        ]
        where = ", ".join(part for part in parts if part)
        return (
            f"[{self.code}] {where}: {self.message}" if where else f"[{self.code}] {self.message}"
        )


class ContentError(CioError):
    """A content or configuration file is wrong."""

    code = "CIO-100"


class RosterError(CioError):
    """A roster cannot be read as it stands."""

    code = "CIO-200"


class AnswerError(CioError):
    """An answers file cannot be read or written."""

    code = "CIO-300"


class SittingError(CioError):
    """A sitting's folder is missing, incomplete or in the wrong state."""

    code = "CIO-400"


class GradingError(CioError):
    """A submission or a marker's sheet cannot be graded."""

    code = "CIO-500"


class DecisionError(CioError):
    """Scores and policy do not fit together."""

    code = "CIO-600"


class CredentialError(CioError):
    """A certificate cannot be made, signed, registered or checked."""

    code = "CIO-700"


class CentreError(CioError):
    """The centre's folder, database or configuration is missing, damaged or not in order."""

    code = "CIO-800"


class DeniedError(CioError):
    """The acting user may not do this."""

    code = "CIO-810"


class MeasurementError(CioError):
    """A statistic cannot be computed from these data."""

    code = "CIO-900"


class DisclosureError(CioError):
    """A publication would tell somebody's result."""

    code = "CIO-910"
