"""The markers' Excel sheet: essays to the left, one column a criterion, a level in each cell.

A sheet says whose it is, and is read by what it says: marker, item, code and criterion by
their names, never by where they stand. Each row has its code at both ends, its script's text
between, and each column its criterion twice, so that what was moved without the rest shows.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.bank.rubric import TOP_LEVEL
from courses.foundation.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from assessments.bank.rubric import Rubric
    from grading.marking.script import Script

IDS_ROW = 2  # beside the guidance
HEADINGS_ROW = 3
FIRST_ROW = 4  # below title, guidance and headings
FIRST_LEVEL = 3  # columns A and B hold code and text
CODE, TEXT, CODE_AGAIN = "Mã bài", "Bài làm", "Mã bài (đối chiếu)"
LONG = "Bài dài"  # the worksheet that goes on where a cell's 32,767 characters end
_ROOM = 32_000  # UTF-16 units of a text that stand in its own cell
_FONT = "Times New Roman"
_SMALL = Font(name=_FONT, size=8, color="808080")
_FORMULA = ("=", "+", "-", "@")


def write_sheet(path: Path, marker: str, waiting: Sequence[Script]) -> None:
    """Write the sheet of one marker, a worksheet an essay item. Codes only, no names."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for item_id in dict.fromkeys(script.item.id for script in waiting):
        sheet = book.create_sheet(item_id)
        _fill(sheet, marker, [s for s in waiting if s.item.id == item_id])
    _continue(book, waiting)
    _save(book, path)


def title_of(rubric: Rubric, marker: str) -> str:
    """The first line of a worksheet: whose it is, of which item, by which version of its rubric."""
    return f"PHIẾU CHẤM CÂU {rubric.item} – {marker} – thang chấm {rubric.version}"


def _fill(sheet: Worksheet, marker: str, waiting: Sequence[Script]) -> None:
    rubric = waiting[0].rubric
    sheet["A1"] = title_of(rubric, marker)
    sheet["A1"].font = Font(name=_FONT, size=14, bold=True)
    sheet["A2"] = (
        f"Ghi mức 0–{TOP_LEVEL} cho từng tiêu chí; mô tả các mức ở ghi chú của ô tiêu đề. "
        "Không sửa mã bài, tiêu đề cột và hai dòng đầu; sắp xếp thì chọn cả bảng."
    )
    _headings(sheet, rubric)
    check = FIRST_LEVEL + len(rubric.criteria)
    for row, script in enumerate(waiting, start=FIRST_ROW):
        sheet.cell(row, 1, script.code)
        _as_text(sheet.cell(row, 2), shown(script.text))
        sheet.cell(row, check, script.code).font = _SMALL
    last = get_column_letter(check - 1)
    allowed = DataValidation("whole", operator="between", formula1="0", formula2=str(TOP_LEVEL))
    allowed.add(f"C{FIRST_ROW}:{last}{FIRST_ROW + len(waiting)}")
    sheet.add_data_validation(allowed)
    sheet.freeze_panes = f"{get_column_letter(FIRST_LEVEL)}{FIRST_ROW}"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 90


def shown(text: str) -> str:
    """What stands of a script's text in its own row."""
    parts = _parts(text)
    more = f"\n[… còn tiếp ở trang “{LONG}”]" if len(parts) > 1 else ""
    return parts[0] + more or "(bỏ trống)"


def _parts(text: str) -> list[str]:
    """A text in parts that a cell holds, none of its characters lost.

    Excel counts UTF-16 units, of which one character may have two. Word pastes vertical tabs
    and the like, which a sheet cannot hold.
    """
    clean = ILLEGAL_CHARACTERS_RE.sub("\n", text).encode("utf-16-le", "replace")
    parts, start = [], 0
    while start < len(clean):
        end = start + 2 * _ROOM
        if clean[end - 1 : end] and 0xD8 <= clean[end - 1] < 0xDC:  # noqa: PLR2004 - half a pair
            end -= 2
        parts.append(clean[start:end].decode("utf-16-le"))
        start = end
    return parts or [""]


def _as_text(cell: Cell | MergedCell, text: str) -> None:
    """Write what stays a text whatever it begins with, when it is edited too."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _continue(book: Workbook, waiting: Iterable[Script]) -> None:
    """Give what no cell holds a worksheet of its own, part after part."""
    long = [(script, parts) for script in waiting if len(parts := _parts(script.text)) > 1]
    if not long:
        return
    sheet = book.create_sheet(LONG)
    sheet.append([CODE, "Câu", "Phần", TEXT])
    row = 1
    for script, parts in long:
        for part, text in enumerate(parts[1:], start=2):
            row += 1
            for column, value in enumerate((script.code, script.item.id, part), start=1):
                sheet.cell(row, column, value)
            _as_text(sheet.cell(row, 4), text)
    sheet.column_dimensions["D"].width = 90


def _headings(sheet: Worksheet, rubric: Rubric) -> None:
    names = [criterion.name for criterion in rubric.criteria]
    for column, heading in enumerate([CODE, TEXT, *names, CODE_AGAIN], start=1):
        title = sheet.cell(HEADINGS_ROW, column, heading)
        title.font = Font(name=_FONT, bold=True)
        title.fill = PatternFill("solid", start_color="D9E2F3")
        title.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = 18
    for column, criterion in enumerate(rubric.criteria, start=FIRST_LEVEL):
        levels = "\n".join(f"{n}: {level.descriptor}" for n, level in enumerate(criterion.levels))
        sheet.cell(HEADINGS_ROW, column).comment = Comment(levels, "Thang chấm", 320, 420)
        sheet.cell(IDS_ROW, column, criterion.id).font = _SMALL


def fill_sheet(
    path: Path, waiting: Iterable[Script], judge: Callable[[Script], dict[str, int]]
) -> None:
    """Fill a sheet as a marker would, with the levels ``judge`` gives each script."""
    book = load_workbook(path)
    by_code = {(s.item.id, s.code): s for s in waiting}
    for sheet in book.worksheets:
        if sheet.title == LONG:
            continue
        for row in range(FIRST_ROW, sheet.max_row + 1):
            script = by_code[sheet.title, str(sheet.cell(row, 1).value)]
            levels = judge(script)
            for column, criterion in enumerate(script.rubric.criteria, start=FIRST_LEVEL):
                sheet.cell(row, column, levels[criterion.id])
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, buffer.getvalue())
