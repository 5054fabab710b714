"""What a file holds that nobody sees who opens it: told, and never read as a person in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from cohort_data.rosters.layout import find_header, read_body
from cohort_data.rosters.schema import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cohort_data.rosters.layout import Body, Header
    from cohort_data.rosters.sheet import Sheet

_PERSON = (
    "dòng đang ẩn (hoặc bị lọc) có ghi học viên nên không được đọc: bỏ ẩn nếu học viên dự thi, "
    "xoá dòng nếu không"
)


def unread_parts(
    sheets: Sequence[Sheet], read: Sheet, header: Header, path: Path
) -> Iterator[Problem]:
    """Tell of other worksheets, hidden or not, and of hidden columns of the one that was read."""
    for sheet in sheets:
        if sheet.hidden and sheet.cells:
            yield Problem(path, None, None, _sheet_words(sheet), "cảnh báo")
        elif sheet is not read and sheet.cells:
            words = f"trang tính “{sheet.name}” không có dòng tiêu đề nên không được đọc"
            yield Problem(path, None, None, words, "cảnh báo")
    known = {column for columns in header.columns.values() for column in columns}
    filled = {column for _, column in read.cells}
    for column in sorted(read.hidden_columns & filled):
        letter = get_column_letter(column)
        what = "vẫn được đọc" if column in known else "không được đọc"
        yield Problem(
            path, header.top, letter, f"cột đang ẩn, {what}; bỏ ẩn để kiểm tra", "cảnh báo", letter
        )


def hidden_rows(sheet: Sheet, header: Header, body: Body, path: Path) -> Iterator[Problem]:
    """Tell of hidden rows with content: an error each for people, a warning a range for others."""
    people = {person.row for person in body.hidden}
    for row in sorted(people):
        yield Problem(path, row, header.label("id"), _PERSON, "lỗi", header.letter("id"))
    filled = {row for row, _ in sheet.cells}
    for first, last in _ranges(sorted((sheet.hidden_rows & filled) - people)):
        rows = f"các dòng {first}–{last}" if last > first else f"dòng {first}"
        words = f"trang tính “{sheet.name}”: {rows} đang ẩn, không có học viên, không được đọc"
        yield Problem(path, first, None, words, "cảnh báo")


def _sheet_words(sheet: Sheet) -> str:
    header = find_header(sheet)
    body = read_body(sheet, header) if header else None
    count = len(body.people) + len(body.hidden) if body else 0
    listed = f", có ghi {count} người" if count else ""
    return f"trang tính “{sheet.name}” đang ẩn{listed}, không được đọc"


def _ranges(rows: Iterable[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges
