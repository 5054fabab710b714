"""Variants of KT2-37: five changes out of a pool, by who may decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    ("Lịch trực ký hằng ngày của lãnh đạo sở", "Sở sửa được", "Việc điều hành nội bộ."),
    ("Sổ theo dõi hồ sơ do Giám đốc sở đặt ra", "Sở sửa được", "Người đặt ra sửa được."),
    ("Phân công chuyên viên thụ lý theo quy chế của sở", "Sở sửa được", "Quy chế do sở ban hành."),
    ("Ký nháy hồ sơ theo mẫu, nêu trong quy chế của sở", "Sở sửa được", "Sửa quy chế rồi mới bỏ."),
    (
        "Thứ tự kiểm tra giữa hai phòng của sở",
        "Sở sửa được",
        "Không văn bản cấp trên nào quy định.",
    ),
    (
        "Quy trình nội bộ do Chủ tịch tỉnh phê duyệt",
        "Trình cấp tỉnh",
        "Người phê duyệt mới sửa được.",
    ),
    (
        "Mức thu lệ phí do Hội đồng nhân dân tỉnh quy định",
        "Trình cấp tỉnh",
        "Nghị quyết tỉnh quy định.",
    ),
    ("Nơi tiếp nhận do Uỷ ban nhân dân tỉnh quyết định", "Trình cấp tỉnh", "Thẩm quyền của tỉnh."),
    (
        "Thời gian nội bộ chia cho từng sở, do tỉnh ấn định",
        "Trình cấp tỉnh",
        "Tỉnh chia, tỉnh sửa.",
    ),
    ("Quy chế phối hợp giữa ba sở do tỉnh ban hành", "Trình cấp tỉnh", "Văn bản của tỉnh."),
    (
        "Thành phần hồ sơ nêu trong một nghị định",
        "Kiến nghị trung ương",
        "Nghị định của Chính phủ.",
    ),
    (
        "Mẫu đơn ban hành kèm một thông tư",
        "Kiến nghị trung ương",
        "Thông tư do Bộ trưởng ban hành.",
    ),
    (
        "Thời hạn giải quyết nêu trong luật chuyên ngành",
        "Kiến nghị trung ương",
        "Chỉ Quốc hội sửa luật.",
    ),
    (
        "Điều kiện cấp phép nêu trong một nghị định",
        "Kiến nghị trung ương",
        "Điều kiện do Chính phủ quy định.",
    ),
    (
        "Giấy tờ mà thông tư bắt nộp bản chính",
        "Kiến nghị trung ương",
        "Sở, tỉnh không sửa được thông tư.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five changes of all three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) == _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
