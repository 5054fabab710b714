"""Variants of KM2-32: the concession that meets each interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_POOL = (
    (
        "Sợ phải trả lời thay khi nơi nhận dùng sai dữ liệu",
        "Ghi trách nhiệm từng bên, gửi nhật ký khai thác cho bên cho hằng tháng",
        "Điều phải tránh là trách nhiệm không có ranh giới; nhật ký vạch ra ranh giới ấy.",
    ),
    (
        "Không có người đối soát dữ liệu cũ",
        "Cử hai người sang làm cùng trong sáu tuần, theo lịch của bên kia",
        "Thiếu sức làm thì góp sức làm.",
    ),
    (
        "Sợ nơi khác viện lệ để xin theo",
        "Nêu tiêu chí và phạm vi của riêng lần này ngay trong văn bản",
        "Tiêu chí công khai biến ngoại lệ thành quy tắc giữ được.",
    ),
    (
        "Phải có một kết quả nói được trong báo cáo sơ kết tháng 12",
        "Làm trước một thủ tục, đo và công bố số trong tháng 11",
        "Kết quả nhỏ mà kịp ngày đáng giá hơn kết quả lớn đến muộn.",
    ),
    (
        "Đã thuê phần mềm của mình tới năm 2028",
        "Nối từ phần mềm đang thuê, không đòi thay trước hạn hợp đồng",
        "Không bắt bỏ khoản tiền đang ràng buộc theo hợp đồng.",
    ),
    (
        "Sợ mất quyền quyết đối với dữ liệu do mình quản lý",
        "Để bên ấy duyệt từng trường, có thời hạn trả lời ghi sẵn",
        "Giữ quyền của bên ấy, đồng thời không để quyền thành sự im lặng.",
    ),
    (
        "Lo sau khai trương không có tiền vận hành",
        "Đưa phần vận hành vào dự toán hằng năm của chính bên đề nghị",
        "Chi phí về sau có chủ và có nguồn.",
    ),
    (
        "Ngại bị trói lâu dài khi chưa biết hệ thống chạy ra sao",
        "Hẹn kỳ xem lại sau sáu tháng, được rút với điều kiện ghi trước",
        "Có cửa ra thì dễ bước vào hơn.",
    ),
)
_BESIDE = (
    "Đề nghị khen thưởng đơn vị trong tổng kết năm của tỉnh",
    "Mời lãnh đạo đơn vị đi thăm mô hình của tỉnh bạn",
    "Đặt tên đơn vị ở đầu danh sách trong lễ khai trương",
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw four interests with their concessions, and a courtesy that meets none."""
    values = {"d": rng.choice(_BESIDE)}
    for place, row in enumerate(rng.sample(_POOL, 4), start=1):
        values |= {f"{mark}{place}": text for mark, text in zip("lrf", row, strict=True)}
    return values
