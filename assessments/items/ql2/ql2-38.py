"""Variants of QL2-38: which of six conditions a dossier has not met yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_TOPICS = (
    (
        ("Đã mua hai máy chủ dự phòng loại mới nhất", "Sẽ chuyển thử khi có điều kiện"),
        ("Chuyển thử ngày 12/9, mất 22 phút, biên bản kèm theo", "Đã tắt thử máy chính, 18 phút"),
        ("Có máy chưa phải có năng lực; chưa chuyển thử.", "Đã chuyển thử, có số phút."),
    ),
    (
        ("Nối thẳng với ba sở để nhanh hơn", "Mã xã do nhà cung cấp đặt, đồng bộ sau"),
        (
            "Qua nền tảng tích hợp, mã xã sau sắp xếp",
            "Qua nền tảng của tỉnh, danh mục có phiên bản",
        ),
        ("Nối riêng hoặc tự đặt mã thì phải làm lại.", "Đã theo nền tảng và mã chung."),
    ),
    (
        ("Dữ liệu được giữ an toàn suốt hợp đồng", "Hai bên trao đổi khi thanh lý"),
        ("Trả dữ liệu dạng mở trong 30 ngày, đã thử", "Trả đủ dữ liệu, mô tả bảng, có mẫu thử"),
        ("Không nói trả gì, lúc nào.", "Có nghĩa vụ, thời hạn và đã thử."),
    ),
    (
        ("Lập hồ sơ đề xuất cấp độ sau nghiệm thu", "Nhà cung cấp cam kết rất an toàn"),
        ("Cấp độ 2 phê duyệt ngày 05/8, kèm phương án", "Đã có quyết định phê duyệt cấp độ 3"),
        ("Cấp độ phải có trước khi vận hành.", "Đã được phê duyệt."),
    ),
    (
        ("Thu đủ thông tin người dân để dùng về sau", "Lấy các trường như phần mềm cũ"),
        ("Bảy trường, mỗi trường một thủ tục; đã đánh giá", "Bảng trường và mục đích; đã đánh giá"),
        ("Chưa nói từng trường để làm gì.", "Đã nêu mục đích và đánh giá tác động."),
    ),
    (
        ("99,99 % đo tại máy chủ, bình quân năm", "99,9 %; không đạt thì rút kinh nghiệm"),
        ("99,5 % giờ làm việc, đo tại quầy, trừ 10–25 %", "99 % mỗi tháng tại quầy, có giảm trừ"),
        ("Sai chỗ đo, chu kỳ dài hoặc không có giảm trừ.", "Đo tại quầy, có giảm trừ."),
    ),
)
_FEWEST, _MOST = 2, 4  # conditions still to be met


def variant(rng: random.Random) -> dict[str, str]:
    """Draw what the dossier says on six topics, two to four of them lacking."""
    while True:
        lacking = [rng.random() < 1 / 2 for _ in _TOPICS]
        if _FEWEST <= sum(lacking) <= _MOST:
            break
    values: dict[str, str] = {}
    for place, (topic, lacks) in enumerate(zip(_TOPICS, lacking, strict=True), start=1):
        short, met, why = topic
        values[f"t{place}"] = rng.choice(short if lacks else met)
        values[f"ok{place}"] = str(lacks).lower()
        values[f"why{place}"] = why[0] if lacks else why[1]
    return values
