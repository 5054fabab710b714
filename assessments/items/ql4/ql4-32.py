"""Variants of QL4-32: five pairs of proposals, by how they bear on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    (
        "Kho dữ liệu đất đai; máy chấm công cho khối văn phòng",
        "Độc lập",
        "Không dùng chung gì; làm bên này không đổi bên kia.",
    ),
    (
        "Tổng đài giải đáp thủ tục; thay đường truyền của trường học",
        "Độc lập",
        "Người dùng và lợi ích khác nhau.",
    ),
    (
        "Chữ ký số cho lãnh đạo xã; phần mềm quản lý kho vật tư y tế",
        "Độc lập",
        "Hai việc không cần nhau và không bớt lợi ích của nhau.",
    ),
    (
        "Bản đồ giao thông; số hoá hồ sơ lưu trữ thời kỳ trước",
        "Độc lập",
        "Không chung dữ liệu, không chung người dùng.",
    ),
    (
        "Tự xây hệ thống họp trực tuyến; thuê dịch vụ họp trực tuyến",
        "Loại trừ nhau",
        "Hai cách làm một việc; chọn cả hai là trả hai lần.",
    ),
    (
        "Nâng cấp phần mềm văn bản cũ; thay bằng phần mềm văn bản mới",
        "Loại trừ nhau",
        "Thay rồi thì phần nâng cấp bỏ đi.",
    ),
    (
        "Trung tâm dữ liệu riêng; đặt toàn bộ máy chủ ở nơi thuê",
        "Loại trừ nhau",
        "Thuê toàn bộ thì không cần trung tâm riêng.",
    ),
    (
        "Tự xây nền tảng định danh; dùng lại nền tảng định danh quốc gia",
        "Loại trừ nhau",
        "Dùng lại rồi thì tự xây là thừa.",
    ),
    (
        "Nền tảng tích hợp; dịch vụ liên thông chạy trên nền tảng ấy",
        "Phụ thuộc",
        "Không có nền tảng thì dịch vụ không chạy.",
    ),
    (
        "Kho hồ sơ số; ứng dụng tra cứu đọc từ kho ấy",
        "Phụ thuộc",
        "Ứng dụng không có dữ liệu để đọc khi thiếu kho.",
    ),
    (
        "Đường truyền tới xã; họp trực tuyến tới xã chưa có đường truyền",
        "Phụ thuộc",
        "Chưa có đường truyền thì chưa họp được.",
    ),
    (
        "Danh mục mã dùng chung; báo cáo tự cộng theo mã dùng chung",
        "Phụ thuộc",
        "Chưa thống nhất mã thì báo cáo không cộng được.",
    ),
    (
        "Hai đề xuất cùng ghi 3 tỷ tiền in giấy của một phòng sẽ hết",
        "Ghi trùng lợi ích",
        "Tiền in chỉ hết một lần.",
    ),
    (
        "Hai đề xuất cùng ghi giờ đi lại của cùng một nhóm người dân",
        "Ghi trùng lợi ích",
        "Mỗi giờ đi lại chỉ bớt được một lần; phải chia hoặc ghi một bên.",
    ),
    (
        "Hai đề xuất khác việc, cùng tính việc bớt hai người trực ca đêm ấy",
        "Ghi trùng lợi ích",
        "Hai người ấy chỉ bớt được một lần.",
    ),
    (
        "Hai đề xuất khác việc, cùng ghi khoản thôi thuê kho hồ sơ số 5",
        "Ghi trùng lợi ích",
        "Kho ấy trả lại một lần, lợi ích ghi một lần.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five pairs of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
