"""A roster laid out as offices do it: quốc hiệu, sections by agency, "x" columns, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

from cohort_data.names import split
from courses.foundation.dates import padded_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cohort_data.rosters.schema import Sex, Trainee

_TITLE = "DANH SÁCH HỌC VIÊN DỰ SÁT HẠCH GIÁM ĐỐC CÔNG NGHỆ THÔNG TIN"
_SUBTITLE = "(Kỳ sát hạch ngày 01/12/2026 – DỮ LIỆU MÔ PHỎNG, không có người thật)"
_WIDTHS = (5, 13, 20, 9, 13, 6, 6, 17, 48, 8)  # characters, columns A to J
_LAST = len(_WIDTHS) - 1
_HEADER_ROW = 6  # counted from 0, as XlsxWriter does
_FIRST_ROW = _HEADER_ROW + 3
_MM = 1 / 25.4  # margins are given in inches


@dataclass(frozen=True)
class SampleRow:
    """A simulated person as the roster writes one: the trainee, a number, the date's form."""

    trainee: Trainee
    sex: Sex
    identity: str
    date_as_text: bool


def write_roster(rows: Sequence[SampleRow], path: Path) -> None:
    """Write ``rows``, consecutive by agency, as an office's roster; same rows, same cells.

    XlsxWriter stamps the parts of the package with a fixed date, and the moment of creation is
    set here, so that no time of writing gets in.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        created = datetime(2026, 11, 20, tzinfo=UTC).replace(tzinfo=None)
        book.set_properties({"title": f"{_TITLE} {_SUBTITLE}", "created": created})
        _Layout(book).write(rows)


class _Layout:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.sheet = book.add_worksheet("Danh sách")
        self.row = _FIRST_ROW
        self.written = 0

    def write(self, rows: Sequence[SampleRow]) -> None:
        self._set_page()
        self._top()
        self._header()
        for agency, members in groupby(rows, key=lambda row: row.trainee.agency):
            self._section(agency)
            for member in members:
                self._person(member)
        self._foot(rows)

    def _style(self, size: int = 12, **properties: Any) -> Any:
        base = {"font_name": "Times New Roman", "font_size": size, "valign": "vcenter"}
        return self.book.add_format({**base, **properties})

    def _boxed(self, align: str = "center", **properties: Any) -> Any:
        return self._style(border=1, align=align, text_wrap=True, **properties)

    def _set_page(self) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=20 * _MM, right=15 * _MM, top=20 * _MM, bottom=20 * _MM)
        self.sheet.repeat_rows(_HEADER_ROW, _HEADER_ROW + 1)
        self.sheet.set_footer('&C&"Times New Roman"&12Trang &P/&N')
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width)

    def _top(self) -> None:
        plain, bold = self._style(align="center"), self._style(bold=True, align="center")
        motto = self._style(13, bold=True, align="center", underline=1)
        title = self._style(14, bold=True, align="center")
        note = self._style(13, italic=True, align="center")
        self.sheet.merge_range(0, 0, 0, 4, "CƠ QUAN CHỦ QUẢN (GIẢ ĐỊNH)", plain)
        self.sheet.merge_range(1, 0, 1, 4, "CƠ SỞ ĐÀO TẠO (GIẢ ĐỊNH)", bold)
        self.sheet.merge_range(0, 5, 0, _LAST, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
        self.sheet.merge_range(1, 5, 1, _LAST, "Độc lập - Tự do - Hạnh phúc", motto)
        self.sheet.merge_range(3, 0, 3, _LAST, _TITLE, title)
        self.sheet.merge_range(4, 0, 4, _LAST, _SUBTITLE, note)

    def _header(self) -> None:
        head, top, below = self._boxed(bold=True), _HEADER_ROW, _HEADER_ROW + 1
        whole = {0: "STT", 1: "Mã học viên", 4: "Ngày, tháng, năm sinh"}
        whole |= {7: "Số CCCD", 8: "Chức vụ", 9: "Lần dự thi"}
        for column, text in whole.items():
            self.sheet.merge_range(top, column, below, column, text, head)
        # The two halves of "Họ và tên" share a box without an inner line, as is the custom.
        left = self._style(bold=True, align="right", top=1, bottom=1, left=1)
        right = self._style(bold=True, align="left", top=1, bottom=1, right=1)
        self.sheet.merge_range(top, 2, below, 2, "Họ và", left)
        self.sheet.merge_range(top, 3, below, 3, "tên", right)
        self.sheet.merge_range(top, 5, top, 6, "Giới tính", head)
        self.sheet.write_row(below, 5, ["Nam", "Nữ"], head)
        numbers = [f"({number})" for number in range(1, _LAST + 2)]
        self.sheet.write_row(below + 1, 0, numbers, self._boxed(italic=True))

    def _section(self, agency: str) -> None:
        style = self._boxed("left", bold=True, bg_color="#EDEDED")
        self.sheet.merge_range(self.row, 0, self.row, _LAST, agency, style)
        self.row += 1

    def _person(self, row: SampleRow) -> None:
        trainee, parts = row.trainee, split(row.trainee.full_name)
        centred, left = self._boxed(), self._boxed("left")
        surname = self._style(align="left", top=1, bottom=1, left=1)
        given = self._style(align="left", top=1, bottom=1, right=1)
        self.written += 1
        self.sheet.write_number(self.row, 0, self.written, centred)
        self.sheet.write_string(self.row, 1, trainee.id, centred)
        self.sheet.write_string(self.row, 2, f"{parts.surname} {parts.middle}".strip(), surname)
        self.sheet.write_string(self.row, 3, parts.given, given)
        self._birth_date(row)
        for column, sex in ((5, "nam"), (6, "nữ")):
            self.sheet.write(self.row, column, "x" if row.sex == sex else None, centred)
        self.sheet.write_string(self.row, 7, row.identity, self._boxed(num_format="@"))
        self.sheet.write_string(self.row, 8, trainee.position, left)
        self.sheet.write_number(self.row, 9, trainee.attempt or 1, centred)
        self.row += 1

    def _birth_date(self, row: SampleRow) -> None:
        day = row.trainee.birth_date
        if row.date_as_text:
            self.sheet.write_string(self.row, 4, padded_date(day), self._boxed(num_format="@"))
        else:
            style = self._boxed(num_format="dd/mm/yyyy")
            self.sheet.write_datetime(self.row, 4, day, style)

    def _foot(self, rows: Sequence[SampleRow]) -> None:
        women = sum(row.sex == "nữ" for row in rows)
        again = sum((row.trainee.attempt or 1) > 1 for row in rows)
        total = (
            f"Tổng số: {len(rows)} học viên; nam: {len(rows) - women}; nữ: {women}; "
            f"dự thi lại: {again}."
        )
        self.sheet.merge_range(self.row, 0, self.row, _LAST, total, self._boxed("left", bold=True))
        italic = self._style(13, italic=True, align="center")
        bold, plain = self._style(13, bold=True, align="center"), self._style(align="center")
        place, titles, hints = self.row + 2, self.row + 3, self.row + 4
        self.sheet.merge_range(place, 7, place, _LAST, "Hà Nội, ngày 20 tháng 11 năm 2026", italic)
        self.sheet.merge_range(titles, 0, titles, 4, "NGƯỜI LẬP DANH SÁCH", bold)
        self.sheet.merge_range(titles, 7, titles, _LAST, "THỦ TRƯỞNG ĐƠN VỊ", bold)
        self.sheet.merge_range(hints, 0, hints, 4, "(Ký, ghi rõ họ và tên)", plain)
        self.sheet.merge_range(hints, 7, hints, _LAST, "(Chữ ký, dấu, họ và tên)", plain)
