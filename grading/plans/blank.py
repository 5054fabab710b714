"""An empty workbook for a plan of one's own: the sheets of the sample, and how to fill them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from courses.plans.families import NATIONAL
from grading.plans.layout import GOAL_COLUMNS, LAYOUTS
from grading.plans.workbook import FRAME, GOALS, SUMS, blank_frame, blank_sums, write_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_YEARS = 5
_SOURCES = ("Ngân sách địa phương", "Trung ương hỗ trợ", "Nguồn khác")
_HELP = (
    ("Trang", "Ghi gì"),
    (
        FRAME,
        "Đơn vị, kỳ, ngày ký; mỗi chỉ tiêu hiện trạng, nguồn vốn, cấp đang có một dòng.",
    ),
    ("", "Thêm, bớt dòng được; tên ở cột “Điều” giữ nguyên."),
    (
        "",
        "Tên mục tiêu ở trang III và VI phải trùng tên ở hiện trạng.",
    ),
    (
        GOALS,
        "Mỗi mục tiêu một dòng, mã M1, M2…; cột “Nội dung” ghi mã ở trang IV, cách dấu phẩy.",
    ),
    (
        "",
        "Các cột năm là mức cuối mỗi năm, tính bằng %.",
    ),
    ("I", "Mỗi căn cứ một dòng, ghi số, ký hiệu đúng như sổ văn bản, ví dụ 224/2026/NĐ-CP."),
    ("II", "Mỗi dự án đã làm một dòng, đủ sáu trường."),
    (
        "IV",
        "Mỗi nội dung một dòng, mã N1, N2…; cột an ninh mạng ghi “có” hoặc để trống.",
    ),
    ("VII", "Mỗi khoản tiền một dòng: nội dung, nguồn, năm, dự án, số tỷ đồng nguyên."),
    ("VIII", "Mỗi dự án một dòng, mã D1, D2…; kinh phí bằng tổng các khoản của dự án ở trang VII."),
    ("IX", "Hiệu quả: (đích − gốc) × lượt một năm × giờ đỡ mỗi lượt."),
    ("Từ chối", "Đề xuất không đưa vào kế hoạch và lý do."),
    ("Đoạn viết", "Đoạn văn ngắn theo mục; số từ nhiều nhất do đơn vị đặt."),
    (
        SUMS,
        "Số cộng mà kế hoạch ghi; thêm mỗi nội dung một dòng “Nội dung”, mã, tỷ đồng.",
    ),
    ("Soát", "Lưu tệp rồi chạy: cio plan check TỆP.xlsx; ô sai được nêu theo trang, dòng, cột."),
)


def write_blank(first: int, now: datetime) -> bytes:
    """A workbook without a plan, for five years from ``first`` on; same input, same bytes."""
    return write_sheets(_sheets(range(first, first + _YEARS)), now)


def _sheets(years: range) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    yield "Hướng dẫn", [*_HELP]
    yield FRAME, [("Điều", "Tên", "Giá trị"), *blank_frame(years, _SOURCES, NATIONAL)]
    yield GOALS, [(*(column.heading for column in GOAL_COLUMNS), *years)]
    for layout in LAYOUTS:
        yield layout.name, [tuple(column.heading for column in layout.columns)]
    yield SUMS, [("Theo", "Dòng", "Tỷ đồng"), *blank_sums(years, _SOURCES)]
