"""How a plan lies in a workbook: a sheet a table, a column a field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from courses.foundation import dates
from courses.foundation.numerals import NumeralError
from courses.plans.plan import Basis, Benefit, Content, Cost, Passage, PastProject, Project, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

YES = "có"
_MOST = 10**9


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field it holds, and how a cell is written and read.

    ``read`` raises NumeralError, with what the cell must hold.
    """

    heading: str
    field: str
    write: Callable[[Any], str | int]
    read: Callable[[str], Any]


@dataclass(frozen=True)
class Layout:
    """A sheet: its name, the part of the plan it holds, its columns and what a row becomes."""

    name: str
    part: str
    columns: tuple[Column, ...]
    made: Callable[..., Any]


def whole(cell: str) -> int:
    """The whole number in a cell; NumeralError when there is none."""
    number = dates.read_whole(cell)
    if number is None or number > _MOST:
        raise NumeralError("phải là số nguyên không âm, không có đơn vị")
    return number


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def _said(cell: str) -> bool:
    if cell.casefold() not in ("", YES):
        raise NumeralError(f"ghi “{YES}” hoặc để trống")
    return bool(cell)


def _text(heading: str, field: str) -> Column:
    return Column(heading, field, str, str)


def _whole(heading: str, field: str) -> Column:
    return Column(heading, field, int, whole)


def _list(heading: str, field: str) -> Column:
    return Column(heading, field, ", ".join, _split)


def _yes(heading: str, field: str) -> Column:
    return Column(heading, field, lambda value: YES if value else "", _said)


GOAL_COLUMNS = (
    _text("Mã", "code"),
    _text("Mục tiêu", "measure"),
    _whole("Gốc (%)", "base"),
    _whole("Đích (%)", "target"),
    _whole("Năm đích", "year"),
    _list("Nội dung", "contents"),
    _text("Nguồn đo", "data_source"),
    _text("Người báo số", "owner"),
)
"""Columns of section III; those of section VI, a year each, follow them."""

LAYOUTS = (
    Layout("I", "bases", (_text("Mã", "code"), _text("Số, ký hiệu", "source")), Basis),
    Layout(
        "II",
        "past",
        (
            _text("Mã", "code"),
            _text("Dự án", "name"),
            _text("Mục tiêu", "aim"),
            _text("Tổng mức đầu tư", "investment"),
            _text("Nguồn vốn", "source"),
            _text("Thời gian", "period"),
            _text("Hiệu quả", "result"),
        ),
        PastProject,
    ),
    Layout(
        "IV",
        "contents",
        (
            _text("Mã", "code"),
            _text("Nội dung", "name"),
            _list("Phạm vi", "reaches"),
            _text("Dùng lại", "reuses"),
            _text("Xây mới cơ sở dữ liệu", "builds"),
            _yes("An ninh mạng", "security"),
        ),
        Content,
    ),
    Layout(
        "VII",
        "costs",
        (
            _text("Nội dung", "content"),
            _text("Nguồn", "source"),
            _whole("Năm", "year"),
            _text("Dự án", "project"),
            _whole("Tỷ đồng", "amount"),
        ),
        Cost,
    ),
    Layout(
        "VIII",
        "projects",
        (
            _text("Mã", "code"),
            _text("Dự án", "name"),
            _list("Mục tiêu", "goals"),
            _whole("Từ năm", "start"),
            _whole("Đến năm", "end"),
            _whole("Tỷ đồng", "cost"),
        ),
        Project,
    ),
    Layout(
        "IX",
        "benefits",
        (
            _text("Mã", "code"),
            _text("Mục tiêu", "goal"),
            _text("Lượt gì", "what"),
            _whole("Lượt một năm", "volume"),
            _whole("Giờ đỡ mỗi lượt", "hours"),
            _whole("Giờ đỡ một năm", "stated"),
        ),
        Benefit,
    ),
    Layout(
        "Từ chối",
        "refusals",
        (_text("Mã", "code"), _text("Đề xuất", "proposal"), _text("Lý do", "reason")),
        Refusal,
    ),
    Layout(
        "Đoạn viết",
        "passages",
        (
            _text("Mục", "section"),
            _text("Đoạn", "row"),
            _text("Viết", "text"),
            _whole("Số từ nhiều nhất", "most"),
        ),
        Passage,
    ),
)
"""Every sheet whose rows are rows of the plan."""
