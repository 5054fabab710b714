"""Variants of KT1-21: five decisions out of a pool, by the way they treat a risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = {
    "Giảm thiểu": (
        ("Khoá tự động tài khoản không dùng 30 ngày", "Bớt chỗ để khai thác; rủi ro còn một phần."),
        ("Tách máy tiếp dân khỏi vùng máy chủ dữ liệu", "Sự cố khó lan hơn, chưa mất hẳn."),
        ("Diễn tập thư lừa đảo mỗi quý cho văn thư", "Khả năng bị lừa giảm, không về 0."),
        ("Thêm nút dự phòng cho nền tảng tích hợp", "Tác động khi hỏng một nút nhỏ đi."),
    ),
    "Tránh": (
        ("Gỡ chức năng tải cả danh sách, vì không ai cần", "Hết chức năng thì hết rủi ro ấy."),
        ("Thôi nhận bản chụp hộ chiếu qua thư điện tử", "Bỏ hẳn hoạt động sinh ra rủi ro."),
        ("Tắt và thu hồi máy chủ thử đã xong việc", "Tài sản không còn thì không còn gì để chiếm."),
        ("Không mở kho bản vẽ nội bộ ra Internet như đề nghị", "Từ chối hoạt động mang rủi ro."),
    ),
    "Chia sẻ": (
        ("Mua bảo hiểm rủi ro mạng cho phần chi phí khắc phục", "Một phần tiền do bên khác chịu."),
        ("Hợp đồng thuê ghi mức bồi thường mỗi giờ ngừng", "Nhà cung cấp gánh một phần thiệt hại."),
        ("Hai tỉnh góp máy chủ, cùng chi khi phải dựng lại", "Chi phí hậu quả chia cho hai bên."),
        (
            "Nhà thầu bảo lãnh ngân hàng cho nghĩa vụ khôi phục",
            "Bên thứ ba trả một phần khi xảy ra.",
        ),
    ),
    "Chấp nhận": (
        ("Chủ rủi ro ký để nguyên đến 31/3, hằng tháng xem lại", "Quyết định có người, có hạn."),
        ("Giám đốc ký: 2 điểm dưới mức cho phép, không làm thêm", "Biết, ký và theo dõi."),
        (
            "Hội đồng ghi biên bản giữ máy in cũ tới hết khấu hao",
            "Để nguyên và có hồ sơ quyết định.",
        ),
        ("Thủ trưởng ký không thay thiết bị, chờ dự án năm sau", "Mang rủi ro có ý thức, có hạn."),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five decisions of at least three sorts."""
    pool = [(text, sort, why) for sort, rows in _POOL.items() for text, why in rows]
    while True:
        drawn = rng.sample(pool, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("ecf", row, strict=True)
    }
