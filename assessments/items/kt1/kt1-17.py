"""Variants of KT1-17: five details of a diagram out of a pool, each approved or with its fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = {
    "Duyệt được": (
        (
            "Sở gọi giao diện bằng chứng thư số riêng, chỉ nhận bốn trường đã đăng ký",
            "Danh tính riêng, phạm vi hẹp: truy vết được và lộ ít.",
        ),
        (
            "Quản trị viên vào qua máy trung gian, xác thực hai lớp, có ghi phiên",
            "Quyền cao nhưng có kiểm soát ở đúng chỗ đi qua ranh giới.",
        ),
        (
            "Hai nút của nền tảng tích hợp đặt ở hai toà nhà, hai nguồn điện",
            "Không có nguyên nhân chung nào làm hỏng cả hai.",
        ),
        (
            "Bản sao lưu tuần chép ra thiết bị tháo khỏi mạng, cất ở trụ sở khác",
            "Kẻ chiếm được mạng không chạm tới bản này.",
        ),
    ),
    "Ranh giới bỏ ngỏ": (
        (
            "Máy tính của khách trong phòng họp nhận cùng dải mạng với máy chủ hồ sơ",
            "Người ngoài đi thẳng vào vùng dữ liệu, không qua lớp kiểm soát nào.",
        ),
        (
            "Xã gửi tệp hồ sơ về tỉnh qua Internet, không mã hoá, không xác thực nơi gửi",
            "Dữ liệu rời vùng này sang vùng khác mà không có kiểm soát.",
        ),
        (
            "Giao diện chia sẻ dữ liệu mở ra Internet, ai biết địa chỉ đều gọi được",
            "Không xác thực ở ranh giới thì phân quyền phía sau không còn nghĩa.",
        ),
        (
            "Camera của nhà cung cấp nối về máy chủ ở nước ngoài ngay từ mạng nội bộ",
            "Một đường ra ngoài không ai duyệt, không ai ghi nhật ký.",
        ),
    ),
    "Dư quyền": (
        (
            "Phần mềm thống kê chạy hằng tháng bằng tài khoản được xoá, sửa mọi bảng",
            "Thống kê cần đọc vài bảng; quyền sửa, xoá là thừa.",
        ),
        (
            "Cán bộ tiếp nhận xem được hồ sơ của mọi xã trong khi chỉ làm cho một xã",
            "Phạm vi xem rộng hơn việc được giao.",
        ),
        (
            "Người chuyển sang phòng khác từ tháng 2 vẫn giữ vai trò duyệt hồ sơ",
            "Hết việc mà còn quyền; phải thu hồi khi đổi vị trí.",
        ),
        (
            "Đơn vị bảo trì tường lửa được cấp luôn quyền quản trị cơ sở dữ liệu",
            "Việc bảo trì tường lửa không cần tới dữ liệu.",
        ),
    ),
    "Điểm hỏng đơn": (
        (
            "Bốn máy chủ ứng dụng cùng đi ra qua một thiết bị chuyển mạch",
            "Hỏng một thiết bị là cả bốn máy chủ ngừng phục vụ.",
        ),
        (
            "Khoá mở bản sao lưu do một chuyên viên giữ, không ai khác có",
            "Người cũng là thành phần: vắng người ấy thì không khôi phục được.",
        ),
        (
            "Hai đường truyền thuê của hai hãng nhưng đi chung một cột, một ống cáp",
            "Đứt một chỗ là mất cả hai; hai hợp đồng không phải hai đường.",
        ),
        (
            "Dịch vụ xác thực của toàn tỉnh chạy trên đúng một máy chủ",
            "Máy ấy ngừng thì không ai đăng nhập được vào hệ thống nào.",
        ),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five details of at least three sorts."""
    pool = [(text, sort, why) for sort, rows in _POOL.items() for text, why in rows]
    while True:
        drawn = rng.sample(pool, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("ecf", row, strict=True)
    }
