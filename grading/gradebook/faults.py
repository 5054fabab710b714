"""What goes wrong with a gradebook, said as something to be done about it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from courses.foundation.errors import GradingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KNOWN = (
    ("locked", ("sổ điểm đang bị chương trình khác khoá: đóng formgrader hoặc lệnh khác rồi chạy "
     "lại; bài đã chấm xong không mất")),
    ("no such column", "sổ điểm của phiên bản nbgrader cũ: chạy “nbgrader db upgrade”"),
    ("no such table", "sổ điểm của phiên bản nbgrader cũ: chạy “nbgrader db upgrade”"),
    ("disk is full", "ổ đĩa đã đầy, chưa ghi gì thêm: dọn chỗ rồi chạy lại"),
    ("readonly", "không có quyền ghi sổ điểm"),
    ("unable to open", "không mở được tệp sổ điểm"),
)  # fmt: skip


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn a database's errors into ours.

    Raises:
        GradingError: naming the cure, where there is a known one.
    """
    try:
        yield
    except SQLAlchemyError as error:
        told = str(getattr(error, "orig", error))
        kind = type(error).__name__ if isinstance(error, OperationalError) else "sổ điểm"
        cure = next((words for sign, words in _KNOWN if sign in told), f"{kind} lỗi: {told}")
        raise GradingError(cure, path=folder) from None
