"""Variants of KM1-25: which of six situations are conflicts of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_CONFLICTS = (
    (
        "Vợ anh/chị là kế toán trưởng của nhà thầu đang chờ anh/chị ký nghiệm thu",
        "Lợi ích của người thân thích có thể tác động tới chữ ký nghiệm thu.",
    ),
    (
        "Anh/chị góp vốn vào công ty đang bán phần mềm cho một đơn vị anh/chị thẩm định",
        "Lợi ích của chính mình ở bên được thẩm định.",
    ),
    (
        "Nhà thầu dự gói của anh/chị mời cả nhà anh/chị đi nghỉ do họ trả tiền",
        "Lợi ích từ đối tượng mình đang quyết định; từ chối và báo cáo.",
    ),
    (
        "Con trai anh/chị dự tuyển vào đơn vị mà anh/chị chủ trì hội đồng tuyển dụng",
        "Người thân thích là đối tượng của quyết định do mình chủ trì.",
    ),
    (
        "Anh/chị làm cố vấn có thù lao cho doanh nghiệp đang xin kết nối vào hệ thống",
        "Nhận lợi ích thường xuyên từ bên đang xin điều mình quyết.",
    ),
    (
        "Em ruột anh/chị đứng tên công ty cho thuê máy chủ mà anh/chị đề xuất thuê",
        "Người thân thích hưởng lợi trực tiếp từ đề xuất của mình.",
    ),
    (
        "Anh/chị định mở công ty cùng người đang là nhà cung cấp của cơ quan mình",
        "Lợi ích sắp có cũng là xung đột; luật nói “tác động hoặc sẽ tác động”.",
    ),
)
_PLAIN = (
    (
        "Anh/chị từng học cùng khoá với giám đốc nhà thầu, nay không còn qua lại",
        "Quen biết cũ, không có lợi ích nào đang gắn với quyết định.",
    ),
    (
        "Anh/chị không thích cách làm việc của một nhà thầu và đã nhiều lần góp ý",
        "Thiện cảm hay ác cảm cần tự kiểm soát, nhưng chưa phải lợi ích theo luật.",
    ),
    (
        "Anh/chị chấm một hồ sơ của đơn vị mình từng công tác mười năm trước",
        "Đã hết quan hệ công tác; ghi rõ để minh bạch là đủ.",
    ),
    (
        "Cấp trên yêu cầu anh/chị báo cáo tiến độ gói thầu bằng số, mỗi tuần một lần",
        "Đôn đốc là quyền của cấp trên, không phải lợi ích riêng của anh/chị.",
    ),
    (
        "Con anh/chị dùng dịch vụ công trực tuyến do cơ quan anh/chị vận hành",
        "Dùng dịch vụ như mọi người dân, không có quyết định riêng nào.",
    ),
    (
        "Anh/chị quyết mua thiết bị cùng loại với thiết bị nhà anh/chị đang dùng",
        "Trùng loại thiết bị không tạo lợi ích cho anh/chị hay người thân.",
    ),
    (
        "Một nhà thầu gửi anh/chị bản tin kỹ thuật miễn phí gửi chung cho mọi khách hàng",
        "Tài liệu gửi chung, không có giá trị như quà tặng.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw two to four conflicts among six situations."""
    number = rng.randint(2, 4)
    drawn = [(*row, "true") for row in rng.sample(_CONFLICTS, number)]
    drawn += [(*row, "false") for row in rng.sample(_PLAIN, 6 - number)]
    rng.shuffle(drawn)
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("tfk", row, strict=True)
    }
