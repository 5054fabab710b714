"""Variants of KM2-25: the next question that brings out the interest behind a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_POOL = (
    (
        "“Sở không giao bản sao cho ai.”",
        "“Nếu tra từng hồ sơ, không chép, thì điều gì còn làm Sở lo?”",
        "Đổi cách làm để xem điều phải tránh có còn không.",
    ),
    (
        "“Phải chờ Bộ có ý kiến đã.”",
        "“Hồ sơ xin ý kiến Bộ còn thiếu tài liệu nào mà bên tôi soạn giúp được?”",
        "Coi điều kiện là có thật và giúp gỡ, thay vì giục.",
    ),
    (
        "“Phần mềm của chúng tôi chạy tốt, không cần nối.”",
        "“Hiện cán bộ lấy số của nơi khác bằng cách nào, mỗi tuần mất mấy giờ?”",
        "Hỏi cái giá của cách đang làm, không chê phần mềm.",
    ),
    (
        "“Mức góp ấy không công bằng.”",
        "“Chia theo số nào thì đơn vị giải thích được với cơ quan tài chính?”",
        "Từ “công bằng” chưa cho biết tiêu chí; phải hỏi tiêu chí.",
    ),
    (
        "“Năm nay không làm thêm được việc gì nữa.”",
        "“Nếu làm việc này thì việc nào trong năm sẽ phải lùi?”",
        "Hỏi nguồn lực đang vướng ở đâu để bàn đúng chỗ.",
    ),
    (
        "“Dữ liệu chưa sạch, đưa ra thêm phiền.”",
        "“Loại sai lệch nào khi lộ ra thì bị khiếu nại nhiều nhất?”",
        "Khoanh đúng loại sai gây hại để gắn cờ hoặc làm sạch trước.",
    ),
    (
        "“Chúng tôi phải là bên chủ trì.”",
        "“Nếu bên khác chủ trì thì đơn vị sợ mất quyền quyết ở điểm nào?”",
        "Quyền chủ trì thường bảo vệ một vài điểm cụ thể; gọi tên chúng ra.",
    ),
    (
        "“Lần trước làm xong thì bên kia bỏ mặc chúng tôi.”",
        "“Sau ngày khai trương lần ấy, việc nào không có ai nhận?”",
        "Nỗi lo nằm ở giai đoạn vận hành; hỏi đúng giai đoạn ấy.",
    ),
)
_BLUNT = (
    "“Nghị định đã buộc chia sẻ, đơn vị có định chấp hành không?”",
    "“Các tỉnh khác làm được cả, sao đơn vị lại không?”",
    "“Nếu tôi xin Chủ tịch ký văn bản thì đơn vị có làm không?”",
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw four refusals with their questions, and a question that closes the talk."""
    values = {"d": rng.choice(_BLUNT)}
    for place, row in enumerate(rng.sample(_POOL, 4), start=1):
        values |= {f"{mark}{place}": text for mark, text in zip("lrf", row, strict=True)}
    return values
