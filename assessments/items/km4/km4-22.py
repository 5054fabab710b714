"""Variants of KM4-22: five purchases out of a pool, by how the books hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_THING, _RIGHT = "Tài sản cố định hữu hình", "Tài sản cố định vô hình"
_TOOL, _COST = "Công cụ, dụng cụ", "Chi phí của năm"
_POOL = (
    ("Máy chủ giá 480 triệu đồng, dùng sáu năm", _THING, "Hiện vật, dùng lâu, đủ nguyên giá."),
    (
        "Thiết bị chuyển mạch giá 65 triệu đồng, dùng năm năm",
        _THING,
        "Đủ cả thời gian lẫn nguyên giá.",
    ),
    (
        "Máy in công nghiệp giá 38 triệu đồng, dùng bốn năm",
        _THING,
        "Đủ cả thời gian lẫn nguyên giá.",
    ),
    ("Tủ đĩa lưu trữ giá 900 triệu đồng, dùng tám năm", _THING, "Hiện vật, phải có người giữ."),
    (
        "Phần mềm viết riêng, tỉnh giữ mã nguồn, 3 tỷ đồng",
        _RIGHT,
        "Của tỉnh, dùng nhiều năm, không có hình.",
    ),
    (
        "Bản quyền cơ sở dữ liệu vĩnh viễn, 700 triệu đồng",
        _RIGHT,
        "Quyền dùng lâu dài, đủ nguyên giá.",
    ),
    ("Phần mềm họp dùng vĩnh viễn mua đứt, 240 triệu đồng", _RIGHT, "Mua đứt, dùng nhiều năm."),
    (
        "Hai nghìn đầu đọc thẻ, 450 nghìn đồng mỗi chiếc",
        _TOOL,
        "Mỗi chiếc dưới tiêu chuẩn nguyên giá.",
    ),
    ("Năm mươi bàn phím, 600 nghìn đồng mỗi chiếc", _TOOL, "Dùng lâu nhưng giá từng chiếc thấp."),
    (
        "Một trăm ổ cứng rời, 3 triệu đồng mỗi chiếc",
        _TOOL,
        "Theo dõi số lượng, không phải tài sản cố định.",
    ),
    (
        "Tám mươi tai nghe trực tổng đài, 1,2 triệu đồng mỗi chiếc",
        _TOOL,
        "Giá từng chiếc dưới tiêu chuẩn.",
    ),
    ("Bản quyền diệt mã độc 12 tháng, 890 triệu đồng", _COST, "Hết 12 tháng là hết quyền."),
    ("Thuê dịch vụ đám mây một năm, 1,4 tỷ đồng", _COST, "Dịch vụ đi thuê, không phải của mình."),
    ("Thuê đường truyền mười hai tháng, 360 triệu đồng", _COST, "Dùng đến đâu trả đến đó."),
    ("Tập huấn cho 400 cán bộ xã, 520 triệu đồng", _COST, "Dịch vụ đã dùng xong trong năm."),
    ("Thuê trực giám sát an toàn đến 31/12, 600 triệu đồng", _COST, "Dịch vụ của năm."),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five purchases of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
