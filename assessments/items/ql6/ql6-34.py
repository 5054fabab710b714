"""Variants of QL6-34: five sentences of a draft decision out of a pool, good or not and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_GOOD, _AGAINST = "Đưa vào được", "Trái văn bản cấp trên hoặc trái thẩm quyền"
_NOBODY = "Không có ai thực hiện"
_SORTS = 3
_POOL = (
    (
        "Chủ tịch UBND xã phân công một công chức làm đầu mối, gửi một bản tới sở chuyên ngành",
        _GOOD,
        "Có chủ thể đang tồn tại, có việc, có nơi nhận.",
    ),
    (
        "Giám đốc sở phân công đầu mối trong 15 ngày từ ngày Quyết định có hiệu lực",
        _GOOD,
        "Có người làm, có hạn đếm được.",
    ),
    (
        "Sở Khoa học và Công nghệ tổng hợp báo cáo sáu tháng, trình UBND tỉnh",
        _GOOD,
        "Giao việc cho cơ quan tham mưu đang tồn tại.",
    ),
    (
        "Người trực được thủ trưởng uỷ quyền bằng văn bản ký báo cáo sự cố gửi Sở",
        _GOOD,
        "Lấp đúng chỗ hở khi thủ trưởng vắng; đường nội bộ của tỉnh.",
    ),
    (
        "Bãi bỏ Quyết định năm 2014 của UBND tỉnh về cùng nội dung",
        _GOOD,
        "UBND tỉnh bãi bỏ được văn bản của chính mình.",
    ),
    (
        "Sự cố nghiêm trọng được báo ban đầu tới cơ quan công an trong 48 giờ",
        _AGAINST,
        "Nghị định đặt 24 giờ; quy định tỉnh đặt sớm hơn được, không nới ra được.",
    ),
    (
        "Đầu mối CNTT phải có bằng đại học hệ chính quy",
        _AGAINST,
        "Văn bằng các hình thức đào tạo có giá trị pháp lý như nhau.",
    ),
    (
        "Sở Khoa học và Công nghệ xử lý kỷ luật đầu mối CNTT của UBND xã",
        _AGAINST,
        "Kỷ luật thuộc cơ quan quản lý người ấy; sở chỉ nhận xét chuyên môn.",
    ),
    (
        "Quyết định này có hiệu lực từ ngày ký ban hành",
        _AGAINST,
        "Trình tự thông thường: không có hiệu lực sớm hơn 10 ngày kể từ ngày ký.",
    ),
    (
        "Vi phạm dữ liệu cá nhân có nguy cơ gây hại được thông báo trong 10 ngày",
        _AGAINST,
        "Luật đặt 72 giờ; quy định tỉnh không nới được.",
    ),
    (
        "Phòng Văn hoá và Thông tin huyện hỗ trợ các xã khi có sự cố",
        _NOBODY,
        "Cấp huyện đã kết thúc từ 01/7/2025.",
    ),
    (
        "Sở Thông tin và Truyền thông tập huấn cho đầu mối hằng năm",
        _NOBODY,
        "Sở ấy đã hợp nhất; phải ghi sở đang nhận nhiệm vụ.",
    ),
    (
        "Chủ tịch UBND huyện tổng hợp danh sách đầu mối của các xã",
        _NOBODY,
        "Không còn chức danh này; việc tổng hợp phải giao cho sở.",
    ),
    (
        "Việc bảo đảm nguồn lực cho đầu mối được chủ động thực hiện",
        _NOBODY,
        "Câu không có chủ thể nên không ai có nghĩa vụ.",
    ),
    (
        "Khi có sự cố, thông tin được chuyển kịp thời tới các bên liên quan",
        _NOBODY,
        "Không nói ai chuyển, chuyển cho ai.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five sentences of all three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) == _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
