"""Variants of QL5-37: five requests of a sprint out of a pool, by who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_TEAM, _OWNER, _AUTHORITY = "Đội dự án tự quyết", "Chủ sản phẩm quyết", "Trình người có thẩm quyền"
_SORTS = 3
_POOL = (
    (
        "Viết lại đoạn xử lý danh sách cho dễ bảo trì",
        _TEAM,
        "Bên trong, người dùng không thấy khác.",
    ),
    ("Thay thư viện đọc tệp cũ bằng thư viện cùng chức năng", _TEAM, "Cách làm kỹ thuật."),
    ("Chia một việc 8 điểm thành hai việc 4 điểm để làm song song", _TEAM, "Tổng không đổi."),
    ("Viết thêm kiểm thử tự động cho phần đã chạy", _TEAM, "Cách giữ chất lượng của đội."),
    ("Đổi tên bảng trong mã nguồn cho thống nhất", _TEAM, "Không đổi điều người dùng nhận."),
    (
        "Làm màn hình tra cứu trước màn hình thống kê, cả hai đã duyệt",
        _OWNER,
        "Đổi thứ tự, tổng khối lượng giữ nguyên.",
    ),
    (
        "Đổi thứ tự các cột trong danh sách hồ sơ của tính năng đã duyệt",
        _OWNER,
        "Chi tiết trong cùng tính năng.",
    ),
    (
        "Bỏ bộ lọc theo tháng, thêm bộ lọc theo tuần, cùng số điểm",
        _OWNER,
        "Chi tiết thay chi tiết, khối lượng không đổi.",
    ),
    (
        "Đổi lời nhắc khi người dân nộp thiếu giấy tờ",
        _OWNER,
        "Câu chữ trong tính năng đã duyệt.",
    ),
    (
        "Đẩy việc in phiếu hẹn từ vòng 5 sang vòng 7",
        _OWNER,
        "Sắp lại ưu tiên trong hạn hợp đồng.",
    ),
    (
        "Thêm ô ghi số tài khoản ngân hàng của người nộp",
        _AUTHORITY,
        "Thu thêm dữ liệu cá nhân; phải trình dù chỉ 1 điểm.",
    ),
    (
        "Nới thời gian phản hồi được chấp nhận từ 3 lên 6 giây",
        _AUTHORITY,
        "Sửa tiêu chí nghiệm thu đã duyệt.",
    ),
    (
        "Thêm hai vòng lặp sau ngày kết thúc hợp đồng",
        _AUTHORITY,
        "Đổi hạn và phát sinh tiền.",
    ),
    (
        "Bỏ tính năng ký số trên điện thoại đã duyệt",
        _AUTHORITY,
        "Giảm tính năng cũng là thay đổi phạm vi.",
    ),
    (
        "Nối thêm với hệ thống của ngành thuế theo đề nghị của một phòng",
        _AUTHORITY,
        "Tính năng mới, thêm bên phụ thuộc và rủi ro an toàn.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five requests that all three deciders share."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) == _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
