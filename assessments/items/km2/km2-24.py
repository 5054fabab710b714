"""Variants of KM2-24: positions, interests, walk-away options and wishes about procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = {
    "Lập trường": (
        (
            "“Chúng tôi không cho đơn vị nào truy cập thẳng vào hệ thống này.”",
            "Điều họ từ chối; chưa biết họ phải tránh điều gì.",
        ),
        (
            "“Yêu cầu đưa tên Sở ra khỏi kế hoạch kết nối năm nay.”",
            "Điều họ đòi; câu hỏi tiếp theo là vì sao năm nay thì không.",
        ),
        (
            "“Chúng tôi chỉ nhận kết nối theo mẫu của chúng tôi.”",
            "Một cách làm đã chọn sẵn; nhiều cách khác có thể giữ được cùng điều họ cần.",
        ),
        (
            "“Phải giao Sở tôi chủ trì thì Sở mới tham gia.”",
            "Điều kiện họ đặt ra; phải hỏi chủ trì để giữ điều gì.",
        ),
    ),
    "Lợi ích": (
        (
            "“Mỗi lần số lệch, phòng tôi mất hai ngày giải trình với Bộ.”",
            "Điều phải tránh: gánh giải trình khi số lệch.",
        ),
        (
            "“Cán bộ của tôi đang phải gõ một hồ sơ vào ba phần mềm.”",
            "Điều phải tránh: thêm công nhập liệu.",
        ),
        (
            "“Bệnh án mà lộ ra thì người dân không còn tin bệnh viện.”",
            "Điều phải giữ: lòng tin của người bệnh.",
        ),
        (
            "“Tháng 12 sơ kết, tôi cần một chuỗi số không đứt quãng.”",
            "Điều phải giữ: số liệu liền mạch tới kỳ sơ kết.",
        ),
    ),
    "Phương án tự đi": (
        (
            "“Không thống nhất được thì chúng tôi vẫn gửi bảng tính mỗi quý.”",
            "Điều họ sẽ làm khi không có thoả thuận.",
        ),
        (
            "“Không chung được thì Sở dùng tiếp phần mềm cũ, hợp đồng còn tới 2028.”",
            "Lối đi riêng, đã có sẵn hợp đồng.",
        ),
        (
            "“Không có kết nối này thì chúng tôi thuê người nhập, đã có dự toán.”",
            "Lối đi riêng kèm nguồn tiền: phải biết nó tốn bao nhiêu.",
        ),
        (
            "“Tỉnh không làm thì chúng tôi chờ hệ thống của ngành sang năm.”",
            "Chờ cũng là một lối đi riêng; cái giá của nó là một năm.",
        ),
    ),
    "Đề nghị về trình tự": (
        (
            "“Đề nghị lập tổ công tác rồi mới bàn nội dung.”",
            "Nói về cách làm việc, chưa nói điều họ cần.",
        ),
        (
            "“Đề nghị lấy ý kiến bằng văn bản, không họp.”",
            "Nói về cách làm việc; có thể hỏi vì sao họ ngại họp.",
        ),
        (
            "“Đề nghị lãnh đạo hai bên gặp nhau trước, chuyên viên bàn sau.”",
            "Thứ tự người gặp, không phải nội dung.",
        ),
        (
            "“Đề nghị họp lại sau khi có báo cáo khảo sát.”",
            "Thứ tự thời gian, không phải nội dung.",
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
