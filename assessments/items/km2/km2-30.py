"""Variants of KM2-30: where the minutes put what was said at a meeting of agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = {
    "Điểm thống nhất": (
        (
            "“Sở tôi nhận mở chín trường dữ liệu từ ngày 01/11.”",
            "Một bên nhận một việc có số, có ngày.",
        ),
        (
            "“Được, tuần đầu mỗi quý ta giao ban, Sở tôi cử người dự.”",
            "Nhận một việc định kỳ cụ thể.",
        ),
        (
            "“Đồng chí Lan là đầu mối của chúng tôi, được quyền trả lời về dữ liệu.”",
            "Giao một người có quyền trả lời.",
        ),
        (
            "“Chúng tôi dùng mã định danh thống nhất như dự thảo.”",
            "Nhận nguyên điều ghi trong dự thảo.",
        ),
    ),
    "Điểm bảo lưu": (
        (
            "“Chúng tôi ký và làm, nhưng vẫn cho rằng bên dùng phải chịu khi số sai.”",
            "Làm theo kết luận mà giữ ý kiến riêng.",
        ),
        (
            "“Sở góp đúng mức ấy, song xin ghi rằng Sở thấy mức ấy cao.”",
            "Nhận việc, ý kiến khác được ghi lại.",
        ),
        (
            "“Hạn này chúng tôi theo, đề nghị ghi ý kiến của Sở là quá gấp.”",
            "Không xin đổi hạn; xin ghi ý kiến.",
        ),
        (
            "“Vẫn thực hiện, nhưng Sở không tán thành việc lưu nhật ký năm năm.”",
            "Thực hiện kèm ý kiến không tán thành.",
        ),
    ),
    "Việc phải xin ý kiến": (
        (
            "“Khoản này ngoài quyền của tôi, tôi về báo cáo Giám đốc Sở.”",
            "Người nói không có quyền quyết; ghi ai trả lời, ngày nào.",
        ),
        (
            "“Mở cho địa phương thì ngành dọc cấp trên phải có văn bản.”",
            "Điều kiện nằm ở cấp trên của ngành.",
        ),
        (
            "“Muốn thêm dự toán trong năm thì phải trình UBND tỉnh.”",
            "Quyền quyết ở UBND tỉnh; ghi người trình và hạn trình.",
        ),
        (
            "“Tôi đi họp thay, chưa được giao trả lời về thời hạn.”",
            "Chưa có trả lời của bên ấy; im lặng hay gật đầu đều chưa phải đồng ý.",
        ),
    ),
    "Không đưa vào kết luận": (
        (
            "“Về lâu dài ta nên nghĩ tới một trung tâm dữ liệu vùng.”",
            "Ý tưởng ngoài phạm vi; không giao việc cho ai.",
        ),
        (
            "“Tinh thần là các bên phối hợp thật chặt chẽ, quyết liệt.”",
            "Lời động viên, không có việc để theo dõi.",
        ),
        (
            "“Nghe nói tỉnh bên đã làm xong từ năm ngoái.”",
            "Tin nghe nói, chưa kiểm chứng.",
        ),
        (
            "“Thu phí tra cứu cũng hay, hôm nào anh em bàn.”",
            "Chưa ai đề nghị, chưa ai trả lời.",
        ),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five sentences of at least three sorts."""
    rows = [(text, why, kind) for kind, pool in _POOL.items() for text, why in pool]
    while True:
        drawn = rng.sample(rows, 5)
        if len({kind for *_, kind in drawn}) >= _SORTS:
            break
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("tfk", row, strict=True)
    }
