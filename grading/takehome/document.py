"""A sheet to take home as an administrative document, to be printed or written on in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.takehome.sheet import shown
from grading.documents.administrative import Document, Signer, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from courses.takehome.sheet import Sheet
    from grading.documents.administrative import Block

_BLANK_LINES = 6
_LEAST = {"date": 18, "moment": 18}  # a date is not broken


def takehome_document(sheet: Sheet, day: date, *, filled: bool) -> Document:
    """The sheet as a document across the page, without a date of its own when it is blank."""
    told = sheet if filled else sheet.blank
    return Document(
        issuer_parent="CƠ QUAN CHỦ QUẢN",
        issuer="TÊN CƠ QUAN",
        symbol="…/…",
        place="…",
        day=day,
        undated=not filled,
        kind=sheet.title.upper(),
        subject="",
        blocks=tuple(_blocks(told, filled=filled)),
        signers=(Signer(("NGƯỜI LẬP",), ""), Signer(("NGƯỜI DUYỆT",), "")),
        is_demo=filled,
        wide=True,
    )


def _blocks(sheet: Sheet, *, filled: bool) -> Iterator[Block]:
    yield Text(sheet.use, lead="Cách ghi.")
    if sheet.fields:
        rows = tuple(
            (field.label, field.value or ("" if filled else f"({field.hint})"))
            for field in sheet.fields
        )
        yield Table(("Mục", "Nội dung"), rows, (1, 3))
    for one in sheet.parameters:
        yield Text(shown(one.value, one.format) or "…………", lead=f"{one.label}:")
    lines = sheet.lines if filled else sheet.lines[:_BLANK_LINES]
    yield Table(
        tuple(column.heading for column in sheet.columns),
        tuple(
            tuple(shown(line.get(column.key), column.format) for column in sheet.columns)
            for line in lines
        ),
        tuple(float(max(column.width, _LEAST.get(column.format, 0))) for column in sheet.columns),
    )
    if sheet.summaries:
        sums = tuple((one.label, shown(one.value, one.format)) for one in sheet.summaries)
        yield Table(("Chỉ tiêu", "Kết quả"), sums, (3, 1))
