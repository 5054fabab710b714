"""Variants of QL4-34: five reasons out of a pool, by what sort of must they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    (
        "Kết luận kiểm tra buộc có bản sao lưu đặt nơi khác trước 30/9 năm tới",
        "Nghĩa vụ có thời hạn",
        "Người kiểm tra có thẩm quyền, việc rõ, ngày rõ: phải bố trí vốn.",
    ),
    (
        "Quyết định xử lý vi phạm buộc tách vùng mạng trong 90 ngày",
        "Nghĩa vụ có thời hạn",
        "Thời hạn chạy từ ngày quyết định; chậm là vi phạm tiếp.",
    ),
    (
        "Nghị định buộc dùng mẫu dữ liệu mới từ 01/7 năm tới",
        "Nghĩa vụ có thời hạn",
        "Quy phạm có ngày áp dụng; sau ngày ấy mẫu cũ trái quy định.",
    ),
    (
        "Kết luận kiểm toán buộc thu hồi tài khoản thừa trước 31/12 năm nay",
        "Nghĩa vụ có thời hạn",
        "Có căn cứ và có hạn; việc nhỏ nên làm ngay.",
    ),
    (
        "Nghị định buộc kiểm kê dữ liệu, giao tỉnh tự định ngày xong",
        "Nghĩa vụ chưa định thời hạn",
        "Phải làm, nhưng tỉnh chọn được năm: đưa vào phép so theo năm.",
    ),
    (
        "Kết luận thanh tra yêu cầu lập sổ tài sản số, không nêu ngày",
        "Nghĩa vụ chưa định thời hạn",
        "Nghĩa vụ có thật; phải tự đặt hạn và báo lại cơ quan kết luận.",
    ),
    (
        "Thông tư buộc chuyển lưu trữ sang bản số theo lộ trình do tỉnh lập",
        "Nghĩa vụ chưa định thời hạn",
        "Lộ trình do tỉnh lập nên thời điểm là lựa chọn.",
    ),
    (
        "Luật buộc công khai dữ liệu, ngày của từng loại do Uỷ ban nhân dân tỉnh định",
        "Nghĩa vụ chưa định thời hạn",
        "Còn quyền chọn thời điểm của từng loại dữ liệu.",
    ),
    (
        "Phó Chủ tịch nói trong hội nghị sẽ có cổng mới trước Tết",
        "Lời hứa, không phải nghĩa vụ pháp lý",
        "Lời hứa phải được báo cáo lại nếu không làm; không phải nghĩa vụ pháp lý.",
    ),
    (
        "Giám đốc sở trả lời báo rằng năm nay sẽ có ứng dụng",
        "Lời hứa, không phải nghĩa vụ pháp lý",
        "Có giá trị uy tín, không tạo ra nghĩa vụ phải bố trí vốn.",
    ),
    (
        "Bản ghi nhớ với doanh nghiệp, trong đó ghi rõ là không ràng buộc",
        "Lời hứa, không phải nghĩa vụ pháp lý",
        "Chính văn bản nói không ràng buộc.",
    ),
    (
        "Đã hẹn đoàn tỉnh bạn sang thăm trung tâm điều hành mới",
        "Lời hứa, không phải nghĩa vụ pháp lý",
        "Lời hẹn đổi được; không thể là lý do để khỏi so sánh.",
    ),
    (
        "Hãng phần mềm khuyên lên phiên bản mới, bản đang dùng còn được hỗ trợ bốn năm",
        "Đề nghị, nên cân nhắc",
        "Người bán đề nghị; còn hỗ trợ nên so được với việc khác.",
    ),
    (
        "Tư vấn đề nghị mua thêm màn hình theo dõi cho phòng trực",
        "Đề nghị, nên cân nhắc",
        "Không ai buộc; phải tự chứng minh bằng lợi ích.",
    ),
    (
        "Khảo sát cho thấy 62 % người dân muốn đặt lịch qua mạng",
        "Đề nghị, nên cân nhắc",
        "Nhu cầu thật là lợi ích để tính, chưa phải nghĩa vụ.",
    ),
    (
        "Thứ hạng của tỉnh sẽ tăng nếu có thêm kho dữ liệu mở",
        "Đề nghị, nên cân nhắc",
        "Thứ hạng là hệ quả mong muốn, không phải lý do bắt buộc.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five reasons of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
