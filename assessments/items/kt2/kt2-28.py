"""Variants of KT2-28: five fields of a form out of a pool, each to ask, to fetch or to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    ("Phần nào của nhà sẽ sửa, vật liệu gì", "Hỏi người dân", "Chỉ người xin phép biết."),
    ("Ngày dự kiến khởi công", "Hỏi người dân", "Ý định tương lai không có ở dữ liệu nào."),
    ("Bản vẽ phần sửa chữa", "Hỏi người dân", "Cơ sở để xét chính nội dung xin phép."),
    ("Đơn vị thi công dự kiến thuê", "Hỏi người dân", "Người dân tự chọn, chưa nơi nào có."),
    ("Số điện thoại muốn nhận tin báo kết quả", "Hỏi người dân", "Người dân chọn nơi nhận tin."),
    ("Ngày sinh của người xin phép", "Kéo về, cho xác nhận", "Dân cư đã có; xác định đúng người."),
    ("Họ, chữ đệm và tên", "Kéo về, cho xác nhận", "Dân cư đã có; gõ lại dễ lệch dấu."),
    ("Nơi thường trú", "Kéo về, cho xác nhận", "Dân cư đã có, dùng để gửi kết quả."),
    (
        "Số tờ bản đồ, số thửa",
        "Kéo về, cho xác nhận",
        "Dữ liệu đất đai đã có; quyết định thửa nào.",
    ),
    ("Diện tích thửa đất", "Kéo về, cho xác nhận", "Dữ liệu đất đai đã có theo thửa."),
    (
        "Dân tộc, tôn giáo của chủ nhà",
        "Bỏ khỏi tờ khai",
        "Không liên quan, lại là dữ liệu nhạy cảm.",
    ),
    ("Nghề nghiệp của vợ hoặc chồng", "Bỏ khỏi tờ khai", "Không dùng cho quyết định nào."),
    ("Trình độ học vấn", "Bỏ khỏi tờ khai", "Không ảnh hưởng việc sửa nhà."),
    ("Thu nhập bình quân của hộ", "Bỏ khỏi tờ khai", "Không phải điều kiện cấp phép."),
    ("Quá trình công tác từ năm 18 tuổi", "Bỏ khỏi tờ khai", "Chép từ mẫu khác, không ai dùng."),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five fields of all three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) == _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
