"""The markers' Excel sheet: essays to the left, one column a criterion, a level in each cell."""

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
from courses.foundation.errors import GradingError
from courses.foundation.files import write_atomically
from grading.marking.scripts import MarkedScript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from assessments.bank.rubric import Rubric
    from grading.marking.scripts import Script

FIRST_ROW = 4  # below title, guidance and headings
FIRST_LEVEL = 3  # columns A and B hold code and text
_FONT = "Times New Roman"


def write_sheet(path: Path, marker: str, waiting: Sequence[Script]) -> None:
    """Write the sheet of one marker, a worksheet an essay item. Codes only, no names."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for item_id in dict.fromkeys(script.item.id for script in waiting):
        sheet = book.create_sheet(item_id)
        _fill(sheet, marker, [s for s in waiting if s.item.id == item_id])
    _save(book, path)


def _fill(sheet: Worksheet, marker: str, waiting: Sequence[Script]) -> None:
    rubric = waiting[0].rubric
    sheet["A1"] = f"PHIẾU CHẤM CÂU {rubric.item} – {marker}"
    sheet["A1"].font = Font(name=_FONT, size=14, bold=True)
    sheet["A2"] = (
        f"Ghi mức 0–{TOP_LEVEL} cho từng tiêu chí; mô tả các mức nằm trong ghi chú của ô tiêu đề. "
        "Không sửa mã bài."
    )
    _headings(sheet, rubric)
    for row, script in enumerate(waiting, start=FIRST_ROW):
        sheet.cell(row, 1, script.code)
        # Word pastes vertical tabs and the like, which a sheet cannot hold.
        text = ILLEGAL_CHARACTERS_RE.sub("\n", script.text)
        cell = sheet.cell(row, 2, text or "(bỏ trống)")
        # A text that begins with "=" must stay a text.
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    last = get_column_letter(FIRST_LEVEL + len(rubric.criteria) - 1)
    allowed = DataValidation("whole", operator="between", formula1="0", formula2=str(TOP_LEVEL))
    allowed.add(f"C{FIRST_ROW}:{last}{FIRST_ROW + len(waiting)}")
    sheet.add_data_validation(allowed)
    sheet.freeze_panes = f"{get_column_letter(FIRST_LEVEL)}{FIRST_ROW}"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 12, 90


def _headings(sheet: Worksheet, rubric: Rubric) -> None:
    headings = ["Mã bài", "Bài làm", *(criterion.name for criterion in rubric.criteria)]
    for column, heading in enumerate(headings, start=1):
        title = sheet.cell(FIRST_ROW - 1, column, heading)
        title.font = Font(name=_FONT, bold=True)
        title.fill = PatternFill("solid", start_color="D9E2F3")
        title.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = 18
    for column, criterion in enumerate(rubric.criteria, start=FIRST_LEVEL):
        levels = "\n".join(f"{n}: {level.descriptor}" for n, level in enumerate(criterion.levels))
        sheet.cell(FIRST_ROW - 1, column).comment = Comment(levels, "Thang chấm", 320, 420)


def read_sheet(path: Path, waiting: Iterable[Script]) -> list[MarkedScript]:
    """Read a filled sheet; rows without any level are left for later.

    Raises:
        GradingError: naming file, worksheet, row and column of the first wrong cell: an
            unknown or repeated code, a level that is no whole number from 0 to 3, or a row half
            filled.
    """
    try:
        book = load_workbook(path, data_only=True)
    except Exception as error:  # noqa: BLE001 - openpyxl raises many kinds on damaged files
        reason = f"không mở được phiếu chấm ({type(error).__name__}); cần tệp .xlsx"
        raise GradingError(reason, path=path) from None
    by_item: dict[str, dict[str, Script]] = {}
    for script in waiting:
        by_item.setdefault(script.item.id, {})[script.code] = script
    marked: list[MarkedScript] = []
    seen: set[tuple[str, str]] = set()
    for sheet in book.worksheets:
        if sheet.title not in by_item:
            raise GradingError(f"không có câu tự luận nào mang mã {sheet.title}", path=path)
        for row in range(FIRST_ROW, sheet.max_row + 1):
            mark = _read_row(sheet, row, by_item[sheet.title], path)
            if mark is None:
                continue
            if (mark.item_id, mark.code) in seen:
                where = f"{sheet.title}!A"
                words = f"mã bài “{mark.code}” có hai lần"
                raise GradingError(words, path=path, row=row, column=where)
            seen.add((mark.item_id, mark.code))
            marked.append(mark)
    return marked


def _read_row(
    sheet: Worksheet, row: int, known: dict[str, Script], path: Path
) -> MarkedScript | None:
    code = str(sheet.cell(row, 1).value or "").strip()
    criteria = next(iter(known.values())).rubric.criteria
    columns = range(FIRST_LEVEL, FIRST_LEVEL + len(criteria))
    values = [sheet.cell(row, column).value for column in columns]
    if all(value is None for value in values):
        return None
    where = f"{sheet.title}!"
    if code not in known:
        raise GradingError(f"không có mã bài “{code}”", path=path, row=row, column=f"{where}A")
    levels = {}
    for column, criterion, value in zip(columns, criteria, values, strict=True):
        level = _level(value)
        if level is None:
            raise GradingError(
                f"“{criterion.name}” phải là số nguyên từ 0 đến {TOP_LEVEL}"
                + (" (còn bỏ trống)" if value is None else f", không phải “{value}”"),
                path=path,
                row=row,
                column=f"{where}{get_column_letter(column)}",
            )
        levels[criterion.id] = level
    return MarkedScript(code, sheet.title, levels)


def _level(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value in range(TOP_LEVEL + 1) else None


def fill_sheet(
    path: Path, waiting: Iterable[Script], judge: Callable[[Script], dict[str, int]]
) -> None:
    """Fill a sheet as a marker would, with the levels ``judge`` gives each script."""
    book = load_workbook(path)
    by_code = {(s.item.id, s.code): s for s in waiting}
    for sheet in book.worksheets:
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
