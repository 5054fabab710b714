"""Variants of KM3-11: replies to an angry caller by what they do to the anger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_ROWS = {
    "Làm dịu": (
        (
            "“Ba lần trả lại là phòng chị mất ba buổi. Lần này em ngồi xem cùng chị từ đầu.”",
            "Gọi tên điều người kia mất và đưa ra một việc làm chung.",
        ),
        (
            "“Chị bực là phải. Cho em hỏi lần thứ ba sai ở cột nào để em sửa ngay bên em.”",
            "Công nhận cảm xúc rồi hỏi một điều cụ thể.",
        ),
        (
            "“Lỗi đặt mẫu là của bên em. 14 giờ em gửi mẫu mới kèm một dòng điền sẵn.”",
            "Nhận phần mình, có việc và có giờ.",
        ),
        (
            "“Em dừng việc trả lại cho tới khi hai bên thống nhất cách kiểm, chiều em gọi chị.”",
            "Chặn ngay cái đang làm người kia đau và hẹn giờ nói lại.",
        ),
    ),
    "Không đổi gì": (
        (
            "“Chúng tôi ghi nhận ý kiến và sẽ chuyển bộ phận chuyên môn xem xét.”",
            "Không việc, không giờ; người nghe biết đây là câu mẫu.",
        ),
        (
            "“Quy trình kiểm tra gồm bốn bước và áp dụng chung cho mọi đơn vị.”",
            "Thông tin đúng nhưng không trả lời điều đang bực.",
        ),
        (
            "“Rất mong chị thông cảm cho anh em, ai cũng đang cố gắng.”",
            "Xin thông cảm là đặt thêm việc lên vai người đang mệt.",
        ),
        (
            "“Vâng, vâng, em nghe đây ạ.”",
            "Nghe là tốt, nhưng chưa cho người kia biết mình đã hiểu điều gì.",
        ),
    ),
    "Làm nóng thêm": (
        (
            "“Chị cứ bình tĩnh đã thì mới giải quyết được.”",
            "Bảo người giận bình tĩnh là nói cơn giận ấy vô lý.",
        ),
        (
            "“Các sở khác có ai bị trả lại đâu, chắc do cách nhập của phòng chị.”",
            "So sánh và quy lỗi; dù đúng cũng không phải lúc này.",
        ),
        (
            "“Hướng dẫn gửi từ tháng trước rồi, chị chưa đọc ạ?”",
            "Câu hỏi mà câu trả lời nào cũng làm người kia xấu hổ.",
        ),
        (
            "“Nếu chị không đồng ý thì chị làm văn bản gửi lãnh đạo.”",
            "Đẩy lên thành đối đầu bằng giấy khi mới chỉ là một cuộc gọi.",
        ),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five replies, at least one of each effect."""
    kinds = [*_ROWS, *rng.choices(list(_ROWS), k=2)]
    drawn = [(*row, k) for k in _ROWS for row in rng.sample(_ROWS[k], kinds.count(k))]
    rng.shuffle(drawn)
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("tfk", row, strict=True)
    }
