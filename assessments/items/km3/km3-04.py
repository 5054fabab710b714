"""Variants of KM3-04: sentences of a one-page brief by the part they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def _rows(rng: random.Random) -> dict[str, list[str]]:
    n, day = rng.randint(12, 58), rng.randint(10, 28)
    return {
        "Kết luận": [
            "Dữ liệu hộ tịch đã chuyển xong và dùng được từ sáng nay.",
            "Hệ thống báo cáo chưa đủ điều kiện đưa vào dùng trong tháng này.",
            "Sự cố đã khắc phục, không mất hồ sơ nào.",
        ],
        "Số": [
            f"Có {n} trong 60 xã đã hoàn thành, tăng từ {n - rng.randint(3, 9)} xã tháng trước.",
            f"Ngừng {rng.randint(2, 9)} giờ, ảnh hưởng {n * 10} lượt nộp hồ sơ.",
            f"Chi {n},5 tỷ trên dự toán {n + 6} tỷ đồng.",
        ],
        "Đề nghị": [
            f"Đề nghị anh cho {60 - n} xã còn lại lùi hạn tới ngày {day}.",
            f"Xin anh ký công văn gửi các sở trước ngày {day}.",
            "Đề nghị giao Văn phòng làm đầu mối thay Trung tâm từ tuần sau.",
        ],
        "Chỗ chưa biết": [
            f"Chưa rõ vì sao {rng.randint(2, 5)} xã không kết nối được; ngày {day} có kết quả.",
            "Số hồ sơ trùng mới là ước lượng từ mẫu, tuần sau có số đếm đủ.",
            "Chưa xác nhận được hãng có hỗ trợ bản cũ sau tháng 12 hay không.",
        ],
    }


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six sentences, at least one for each part."""
    rows = _rows(rng)
    parts = [*rows, *rng.choices(list(rows), k=2)]
    drawn = [(text, part) for part in rows for text in rng.sample(rows[part], parts.count(part))]
    rng.shuffle(drawn)
    values = {f"t{n}": text for n, (text, _) in enumerate(drawn, start=1)}
    return values | {f"k{n}": part for n, (_, part) in enumerate(drawn, start=1)}
