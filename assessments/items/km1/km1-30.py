"""Variants of KM1-30: do it, report a conflict, or ask for a written decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_ROWS = {
    "Làm bình thường": (
        (
            "Cấp trên hỏi vì sao gói thầu chậm và yêu cầu trả lời bằng số",
            "Yêu cầu hợp lệ về tiến độ.",
        ),
        ("Cấp trên giao hoàn thành báo cáo trước hạn hai ngày", "Gấp nhưng không trái gì."),
        (
            "Nhà thầu xin gia hạn vì bão, có xác nhận của xã",
            "Xử lý theo hợp đồng và hồ sơ như mọi trường hợp.",
        ),
        (
            "Một nhà thầu trượt thầu xin được giải thích kết quả chấm",
            "Quyền của nhà thầu; trả lời theo quy định.",
        ),
    ),
    "Báo cáo xung đột lợi ích": (
        (
            "Người chấm thầu do anh/chị cử là em họ của giám đốc một nhà thầu dự thầu",
            "Biết quan hệ có thể tác động thì phải báo cáo và đổi người trước khi chấm.",
        ),
        (
            "Nhà cung cấp đang chờ nghiệm thu mời anh/chị làm giảng viên có thù lao cao",
            "Lợi ích từ bên mình sắp quyết định.",
        ),
        (
            "Anh/chị phát hiện vợ mình mới mua cổ phần của công ty đang bảo trì hệ thống",
            "Lợi ích của người thân thích gắn với việc nghiệm thu.",
        ),
        (
            "Trưởng phòng xin tự thẩm định giá thiết bị do anh trai mình bán",
            "Người thân thích hưởng lợi từ kết quả thẩm định.",
        ),
    ),
    "Xin ý kiến bằng văn bản": (
        (
            "Cấp trên nói miệng: ký nghiệm thu trước, thiết bị tuần sau mới về",
            "Có căn cứ cho là trái quy định: nêu bằng văn bản và xin quyết định bằng văn bản.",
        ),
        (
            "Cấp trên nói miệng: chia gói mua sắm làm ba để khỏi đấu thầu",
            "Chia nhỏ để tránh đấu thầu là trái luật; không làm theo lời miệng.",
        ),
        (
            "Cấp trên gọi điện: cấp tài khoản quản trị cho một người ngoài cơ quan",
            "Trái quy chế an toàn; phải có người quyết và văn bản.",
        ),
        (
            "Cấp trên yêu cầu miệng: sửa ngày trong nhật ký sự cố cho kịp hạn báo cáo",
            "Sửa nhật ký là làm sai sự thật; báo cáo bằng văn bản với người yêu cầu.",
        ),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five situations, at least one for each next step."""
    kinds = [*_ROWS, *rng.choices(list(_ROWS), k=2)]
    drawn = [(*row, kind) for kind in _ROWS for row in rng.sample(_ROWS[kind], kinds.count(kind))]
    rng.shuffle(drawn)
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("tfk", row, strict=True)
    }
