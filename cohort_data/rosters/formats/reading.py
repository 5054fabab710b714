"""Any file that an office may send as a roster, by what it is and not by its name alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cohort_data.rosters.formats.csv_text import read_csv
from cohort_data.rosters.formats.limits import LARGEST_FILE, Budget
from cohort_data.rosters.formats.ods import read_ods
from cohort_data.rosters.formats.package import DamagedError, open_package
from cohort_data.rosters.formats.xls import read_xls
from cohort_data.rosters.formats.xlsx import read_xlsx
from courses.foundation.errors import RosterError
from courses.foundation.files import read_bounded

if TYPE_CHECKING:
    from pathlib import Path

    from cohort_data.rosters.sheet import Sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PACKAGES = {
    ".xlsx": (read_xlsx, "Excel .xlsx"),
    ".xlsm": (read_xlsx, "Excel .xlsx"),
    ".ods": (read_ods, "OpenDocument .ods"),
}


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read the worksheets of an .xlsx, .xlsm, .xls or .ods, or a .csv once a delimiter.

    Whatever the file is, this ends within seconds and a bounded memory.

    Raises:
        RosterError: naming ``path``, when it is no file, missing, empty, of another kind,
            damaged, encrypted, or larger than any roster.
    """
    content = read_bounded(path, LARGEST_FILE, RosterError)
    if not content.strip():
        raise RosterError("tệp rỗng", path=path)
    kind = path.suffix.lower()
    if kind in _PACKAGES:
        return _read_package(content, path)
    if kind == ".csv":
        return read_csv(content, path)
    if kind != ".xls":
        raise RosterError(
            "chỉ đọc được .xlsx, .xls, .ods và .csv; lưu lại dưới một dạng đó", path=path
        )
    if not content.startswith(_OLE):
        raise RosterError("tệp không phải Excel .xls; mở bằng Excel và lưu lại", path=path)
    return read_xls(content, path, Budget(path))


def _read_package(content: bytes, path: Path) -> tuple[Sheet, ...]:
    reader, kind = _PACKAGES[path.suffix.lower()]
    if content.startswith(_OLE):
        raise RosterError(
            "tệp đặt mật khẩu; bỏ mật khẩu rồi lưu lại"
            if _ENCRYPTED in content
            else "tệp là Excel 97–2003 (.xls) đổi đuôi; mở bằng Excel và lưu lại dưới dạng .xlsx",
            path=path,
        )
    try:
        package = open_package(content, path)
    except DamagedError:
        raise RosterError(f"tệp không phải {kind}, hoặc đã hỏng", path=path) from None
    try:
        return reader(package, Budget(path))
    except DamagedError:
        raise RosterError(
            f"tệp hỏng hoặc không phải {kind}; mở bằng chương trình bảng tính rồi lưu lại",
            path=path,
        ) from None
