"""A judge's Excel sheet: a row an item, what the last round said beside it, one cell to fill."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from cohort_data.rosters.formats.reading import read_sheets
from courses.foundation.errors import DecisionError
from courses.foundation.files import write_atomically
from courses.foundation.numerals import NumeralError, read_number, vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from assessments.forms.form import Form
    from cohort_data.rosters.sheet import Sheet
    from grading.statistics.standard_setting import AngoffRound

ITEM, MOST, YOURS = "Mã câu", "Điểm tối đa", "Điểm dự kiến"
_QUESTION, _BEFORE, _MEAN, _SPREAD = "Câu hỏi", "Vòng trước của ông/bà", "Trung bình", "Độ lệch"
_HEADINGS = (ITEM, _QUESTION, MOST, _BEFORE, _MEAN, _SPREAD, YOURS)
_HEADINGS_ROW = 3
_GUIDE = (
    "Với mỗi câu, ghi số điểm mà một người VỪA ĐỦ năng lực dự kiến đạt được (từ 0 đến điểm tối "
    "đa). Không sửa mã câu, tiêu đề và dòng trên cùng."
)


def write_rating_sheet(
    path: Path,
    form: Form,
    judge: str,
    before: AngoffRound | None,
    own: Mapping[str, str],
) -> None:
    """Write one judge's sheet.

    Args:
        path: of the .xlsx.
        form: what is rated; its first variants stand for all.
        judge: whose sheet it is.
        before: the round before, as feedback; None in the first.
        own: the judge's own ratings in that round, by item.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Điểm chuẩn"
    sheet.append([_title(form, judge)])
    sheet.append([_GUIDE])
    sheet.append(list(_HEADINGS))
    for item in form.scored:
        told = (before.items[item.id], before.spread[item.id]) if before else ()
        figures = [vietnamese(one, 2) for one in told] or ["", ""]
        prompt = item.variants[0].question.prompt
        sheet.append([item.id, "", float(item.points), own.get(item.id, ""), *figures])
        shown = sheet.cell(sheet.max_row, 2, prompt[:32_000])
        shown.data_type = "s"  # a question that begins with "=" is no formula
        shown.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in (*sheet[1], *sheet[_HEADINGS_ROW]):
        cell.font = Font(name="Times New Roman", bold=True)
    for heading in sheet[_HEADINGS_ROW]:
        heading.fill = PatternFill("solid", start_color="D9E2F3")
    allowed = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
    allowed.add(f"G{_HEADINGS_ROW + 1}:G{_HEADINGS_ROW + len(form.scored)}")
    sheet.add_data_validation(allowed)
    sheet.freeze_panes = "C4"
    for column, width in zip("ABCDEFG", (12, 90, 12, 14, 12, 12, 14), strict=True):
        sheet.column_dimensions[column].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    write_atomically(path, buffer.getvalue())


def read_rating_sheet(path: Path, form: Form, judge: str) -> dict[str, Decimal]:
    """Read a judge's sheet by what it says: form, judge, items and headings by their names.

    Returns:
        Points by item, for every row that is filled.

    Raises:
        DecisionError: when it is another judge's or form's, lacks a column, or names file, row
            and column of a cell that is no number.
        RosterError: when the file is too large, damaged or no worksheet.
    """
    sheet = _sheet(path, _title(form, judge))
    head = {
        str(cell.value).strip(): (row, column)
        for (row, column), cell in sheet.cells.items()
        if str(cell.value).strip() in {ITEM, YOURS}
    }
    if set(head) != {ITEM, YOURS}:
        raise DecisionError(f"thiếu cột “{ITEM}” hoặc “{YOURS}”", path=path)
    return dict(_rows(sheet, head, path))


def _sheet(path: Path, title: str) -> Sheet:
    titles = set()
    for sheet in read_sheets(path):
        titles |= {str(cell.value) for (row, _), cell in sheet.cells.items() if row < _HEADINGS_ROW}
        if title in titles:
            return sheet
    found = next((one for one in titles if one.startswith("PHIẾU")), "không có dòng tên phiếu")
    raise DecisionError(f"không phải “{title}”: {found}", path=path)


def _rows(
    sheet: Sheet, head: Mapping[str, tuple[int, int]], path: Path
) -> Iterator[tuple[str, Decimal]]:
    (top, named), (_, filled) = head[ITEM], head[YOURS]
    seen = set()
    for row in sorted({row for row, _ in sheet.cells if row > top}):
        item, value = sheet.cells.get((row, named)), sheet.cells.get((row, filled))
        if item is None or value is None or str(value.value).strip() == "":
            continue
        code = str(item.value).strip()
        if code in seen:
            raise DecisionError(f"câu {code} có hai dòng", path=path, row=row)
        seen.add(code)
        yield code, _points(value.value, path, row)


def _points(value: object, path: Path, row: int) -> Decimal:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(repr(value))
        return read_number(str(value))
    except NumeralError as error:
        raise DecisionError(str(error), path=path, row=row, column=YOURS) from None


def _title(form: Form, judge: str) -> str:
    return f"PHIẾU XÁC ĐỊNH ĐIỂM CHUẨN – đề {form.code} ({form.digest[:12]}) – {judge}"
