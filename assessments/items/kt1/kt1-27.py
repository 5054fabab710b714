"""Variants of KT1-27: five systems out of a pool, each with its level of protection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = {
    "Cấp độ 1": (
        (
            "Bảng tin nội bộ, chép lại thông báo đã đăng công khai",
            "Nội bộ và chỉ có thông tin công khai.",
        ),
        (
            "Thư viện nội bộ chứa sách, giáo trình đã xuất bản, không có tài khoản cá nhân",
            "Không có thông tin riêng, không có dữ liệu cá nhân.",
        ),
        (
            "Màn hình ở sảnh cơ quan chiếu lịch tiếp công dân đã công bố",
            "Chỉ hiển thị điều đã công khai.",
        ),
    ),
    "Cấp độ 2": (
        (
            "Phần mềm chấm công bằng thẻ của một sở, lưu họ tên, đơn vị của {few} người",
            "Dữ liệu cá nhân cơ bản, còn xa ngưỡng của cấp độ 3.",
        ),
        (
            "Trang đăng ký tham quan bảo tàng, lưu tên và điện thoại của {many} người mỗi năm",
            "Dữ liệu cơ bản, dưới ngưỡng 100.000 người; không giải quyết thủ tục.",
        ),
        (
            "Phần mềm quản lý dự thảo văn bản nội bộ chưa công bố của một sở",
            "Nội bộ nhưng có thông tin riêng của cơ quan.",
        ),
        (
            "Sổ theo dõi tiêm chủng của một phường, có bệnh sử của {some} người",
            "Dữ liệu sức khoẻ là nhạy cảm nhưng dưới ngưỡng 10.000 người.",
        ),
    ),
    "Cấp độ 3": (
        (
            "Phần mềm tiếp nhận và trả kết quả thủ tục của một xã {commune} dân",
            "Giải quyết thủ tục hành chính thì không cần đếm người.",
        ),
        (
            "Kho ảnh khuôn mặt phục vụ ra vào các trụ sở, {biometric} người",
            "Sinh trắc là dữ liệu nhạy cảm, từ 10.000 người trở lên.",
        ),
        (
            "Mạng truyền dẫn dùng chung cho mọi sở, xã của một tỉnh",
            "Hạ tầng dùng chung trong phạm vi một tỉnh.",
        ),
        (
            "Ứng dụng phản ánh hiện trường, giữ tên, điện thoại của {crowd} người",
            "Dữ liệu cơ bản nhưng đã vượt ngưỡng 100.000 người.",
        ),
    ),
    "Cấp độ 4": (
        (
            "Trục kết nối dữ liệu toàn quốc, không chấp nhận ngừng ngoài kế hoạch phút nào",
            "Quy mô quốc gia, hoạt động 24/7.",
        ),
        (
            "Hệ thống định danh phục vụ cả nước suốt ngày đêm, ngừng đột xuất là không được",
            "Quy mô quốc gia và không chấp nhận ngừng ngoài kế hoạch.",
        ),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five systems of at least three levels, with numbers of people."""
    people = {
        "few": rng.randrange(400, 5000, 50),
        "commune": rng.randrange(6000, 40_000, 500),
        "some": rng.randrange(1200, 8000, 100),
        "many": rng.randrange(20_000, 80_000, 1000),
        "biometric": rng.randrange(12_000, 45_000, 500),
        "crowd": rng.randrange(120_000, 480_000, 5000),
    }
    shown = {name: vietnamese(number, 0) for name, number in people.items()}
    pool = [(text, sort, why) for sort, rows in _POOL.items() for text, why in rows]
    while True:
        drawn = rng.sample(pool, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    return {
        f"{mark}{place}": text.format(**shown)
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("ecf", row, strict=True)
    }
