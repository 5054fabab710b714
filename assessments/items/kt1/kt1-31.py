"""Variants of KT1-31: five statements out of a pool, known, unknown or not for a first report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = {
    "Ghi là điều đã biết": (
        (
            "Trực ban thấy cảnh báo lúc 03 giờ 12, có bản ghi màn hình",
            "Có chứng cứ kèm theo và là gốc để tính mọi hạn.",
        ),
        (
            "Máy chủ tệp đã được tách khỏi mạng lúc 03 giờ 40, còn bật nguồn",
            "Việc đã làm, có giờ và người làm.",
        ),
        (
            "Phần mềm một cửa ngừng, các điểm tiếp dân đã chuyển sang phiếu giấy",
            "Tác động quan sát được, không phải suy đoán.",
        ),
        (
            "Nhật ký cho thấy 2.600 lượt tải tệp từ một địa chỉ lạ trong đêm",
            "Số đọc từ nhật ký; ý nghĩa của nó thì còn phải xác minh.",
        ),
    ),
    "Ghi là điều chưa biết": (
        (
            "Bao nhiêu người bị ảnh hưởng: đang đối chiếu, báo tiếp lúc 12 giờ",
            "Nói rõ chưa biết và giờ báo tiếp thì không phải báo sai.",
        ),
        (
            "Đường vào của kẻ tấn công: có hai giả thuyết, chưa có chứng cứ",
            "Giả thuyết ghi là giả thuyết, không ghi thành nguyên nhân.",
        ),
        (
            "Bản sao lưu tối thứ Sáu có khôi phục được không: đang thử",
            "Chưa thử xong thì chưa được hứa ngày mở lại.",
        ),
        (
            "Dữ liệu đã ra khỏi mạng của tỉnh hay chưa: chờ nhật ký nhà mạng",
            "Nêu việc đang chờ để nơi nhận biết mà hỗ trợ.",
        ),
    ),
    "Không đưa vào báo cáo": (
        (
            "Anh Bình ở Trung tâm bấm nhầm thư, đề nghị kỷ luật",
            "Kết luận trách nhiệm khi chưa có chứng cứ; không giúp ai ứng cứu.",
        ),
        (
            "Dữ liệu của tỉnh an toàn tuyệt đối, nhân dân yên tâm",
            "Khẳng định chưa kiểm chứng; sai một lần là mất lòng tin.",
        ),
        (
            "Danh sách 200 người trong tệp mẫu, kèm số định danh",
            "Gửi thêm một lần là lộ thêm một lần; nơi nhận chỉ cần biết loại và số lượng.",
        ),
        (
            "Mật khẩu quản trị mới để cấp trên vào kiểm tra khi cần",
            "Thông tin bí mật không đi qua báo cáo; người cần vào thì cấp quyền riêng.",
        ),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five statements of all three sorts."""
    pool = [(text, sort, why) for sort, rows in _POOL.items() for text, why in rows]
    while True:
        drawn = rng.sample(pool, 5)
        if len({sort for _, sort, _ in drawn}) == _SORTS:
            break
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("ecf", row, strict=True)
    }
