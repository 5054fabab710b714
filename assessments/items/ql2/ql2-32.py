"""Variants of QL2-32: six needs out of a pool, each with the least that serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_RECORD = "Tra một bản ghi tại nguồn"
_ANSWER = "Hỏi nguồn “có” hay “không”"
_TOTALS = "Xin số tổng hợp hoặc dùng dữ liệu mở"
_NOTHING = "Không xin"
_POOL = (
    (
        "In đúng họ tên, ngày sinh, nơi thường trú của người nộp lên giấy phép",
        _RECORD,
        "Cần chính nội dung của đúng một người, vào lúc cấp.",
    ),
    (
        "Điền sẵn thửa đất và diện tích vào đơn của người đang xin phép xây dựng",
        _RECORD,
        "Cần nội dung của đúng thửa đất ấy; tra lúc nộp thì luôn mới.",
    ),
    (
        "Ghi tên, mã số, người đại diện của doanh nghiệp đang nộp hồ sơ",
        _RECORD,
        "Cần nội dung của đúng doanh nghiệp ấy để ghi vào kết quả.",
    ),
    (
        "Chép số và ngày cấp của giấy phép cũ vào giấy phép cấp đổi",
        _RECORD,
        "Cần nội dung của đúng giấy phép ấy.",
    ),
    (
        "Biết người xin miễn học phí thuộc hộ nghèo hay chưa",
        _ANSWER,
        "Quyết định chỉ cần một chữ; lý do nghèo không phải việc của nhà trường.",
    ),
    (
        "Biết người đăng ký thi đã đủ 18 tuổi hay chưa",
        _ANSWER,
        "Không cần ngày sinh, cần câu trả lời đủ hay chưa.",
    ),
    (
        "Biết doanh nghiệp dự thầu còn hoạt động vào ngày mở thầu",
        _ANSWER,
        "Cần trạng thái, không cần hồ sơ đăng ký.",
    ),
    (
        "Biết người xin trợ cấp đã được tỉnh khác chi trả khoản ấy chưa",
        _ANSWER,
        "Cần tránh chi hai lần; số tiền, hồ sơ ở tỉnh khác thì không cần.",
    ),
    (
        "Dự báo số chỗ học lớp 1 của từng phường trong năm năm tới",
        _TOTALS,
        "Cần số trẻ theo năm sinh và phường, không cần tên từng cháu.",
    ),
    (
        "Vẽ bản đồ mật độ doanh nghiệp theo ngành để thu hút đầu tư",
        _TOTALS,
        "Số đếm theo xã và ngành là đủ.",
    ),
    (
        "So tỷ lệ người có bảo hiểm y tế giữa các xã",
        _TOTALS,
        "Tỷ lệ theo xã; danh sách từng người là thừa.",
    ),
    (
        "Chọn nơi đặt trạm y tế theo số người cao tuổi của từng thôn",
        _TOTALS,
        "Số đếm theo thôn là đủ để chọn.",
    ),
    (
        "Lấy sẵn dữ liệu cả xã, phòng khi sau này có thủ tục cần đến",
        _NOTHING,
        "Chưa có mục đích thì chưa có quyền khai thác.",
    ),
    (
        "Xem lịch sử nơi ở của người đăng ký thẻ thư viện",
        _NOTHING,
        "Không điều kiện nào của thẻ cần tới lịch sử nơi ở.",
    ),
    (
        "Lấy nhóm máu của công chức dự thi nâng ngạch",
        _NOTHING,
        "Không liên quan tới việc thi; lại là dữ liệu về sức khoẻ.",
    ),
    (
        "Lấy số điện thoại từ nguồn dân cư khi người nộp vừa tự ghi trong đơn",
        _NOTHING,
        "Đã có số do chính người nộp cho, đúng số họ muốn được gọi.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six needs of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 6)
        if len({way for _, way, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, way, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": way, f"f{place}": why}
    return values
