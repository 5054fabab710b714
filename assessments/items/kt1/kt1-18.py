"""Variants of KT1-18: five uses of an outside AI assistant out of a pool, judged by the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    (
        "Tóm tắt một nghị định đã đăng Công báo để chuẩn bị tập huấn",
        "Làm được, có người duyệt",
        "Thông tin đã công khai; người soạn vẫn phải đối chiếu bản gốc.",
    ),
    (
        "Gợi ý bố cục bài nói về chuyển đổi số từ tài liệu trên cổng của tỉnh",
        "Làm được, có người duyệt",
        "Nguồn công khai, kết quả là bản nháp.",
    ),
    (
        "Dịch trang giới thiệu du lịch của tỉnh sang tiếng Anh",
        "Làm được, có người duyệt",
        "Nội dung công khai; người duyệt chịu trách nhiệm về bản dịch.",
    ),
    (
        "Đặt tên và viết lời cho tờ rơi hướng dẫn nộp hồ sơ trực tuyến",
        "Làm được, có người duyệt",
        "Không có dữ liệu của ai, cán bộ duyệt trước khi in.",
    ),
    (
        "Phân nhóm 300 ý kiến góp ý, mỗi ý kiến kèm tên và số điện thoại",
        "Che dữ liệu rồi mới làm",
        "Phân nhóm không cần biết ai góp ý: bỏ tên, số điện thoại trước.",
    ),
    (
        "Sửa lời một công văn trả lời đơn, trong đó có họ tên, địa chỉ người gửi",
        "Che dữ liệu rồi mới làm",
        "Sửa lời văn không cần họ tên, địa chỉ; thay bằng dấu ba chấm.",
    ),
    (
        "Viết công thức bảng tính từ một tệp mẫu có số định danh của công chức",
        "Che dữ liệu rồi mới làm",
        "Công thức chỉ cần tên cột và vài dòng số liệu tự đặt.",
    ),
    (
        "Rút bài học từ mười biên bản họp dân có ghi tên người phát biểu",
        "Che dữ liệu rồi mới làm",
        "Bài học nằm ở nội dung; bỏ tên người phát biểu là dùng được.",
    ),
    (
        "Dán sơ đồ mạng của tỉnh để hỏi cách tối ưu đường truyền",
        "Không được làm",
        "Sơ đồ mạng nằm trong danh mục cấm; che rồi thì không còn gì để hỏi.",
    ),
    (
        "Để máy tự trả hồ sơ không đạt cho người dân, cán bộ xem lại cuối tuần",
        "Không được làm",
        "Máy đã quyết định thay người; xem lại sau một tuần không phải duyệt trước.",
    ),
    (
        "Dán nhật ký tường lửa đêm qua để hỏi đó có phải tấn công không",
        "Không được làm",
        "Nhật ký an toàn lộ địa chỉ và cách phòng thủ; chuyển cho đội ứng cứu.",
    ),
    (
        "Dán đoạn mã có mật khẩu cơ sở dữ liệu, che xong thì lỗi không còn tái hiện",
        "Không được làm",
        "Mật khẩu, khoá không đưa ra ngoài; việc không làm được khi che thì thôi.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five uses of all three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) == _SORTS:
            break
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("ecf", row, strict=True)
    }
