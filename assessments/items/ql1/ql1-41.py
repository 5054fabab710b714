"""Variants of QL1-41: six sentences out of a draft conclusion, each of one of four sorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_FACT = "Sự việc có bằng chứng"
_PLEA = "Lời giải trình chưa xác minh"
_GUESS = "Suy đoán của người viết"
_ADVICE = "Kiến nghị"
_POOL = (
    (
        "Trong 40 tài khoản đối chiếu, 9 tài khoản là của người đã nghỉ việc",
        _FACT,
        "Có mẫu, có số đếm, ai đối chiếu lại cũng ra.",
    ),
    (
        "Nhật ký ngày 12/5 ghi tài khoản kế toán đăng nhập từ hai tỉnh cách nhau 10 phút",
        _FACT,
        "Bản ghi có ngày, giờ, tài khoản; còn vì sao thì là việc khác.",
    ),
    (
        "Sở chưa xuất trình được quyết định giao người quản trị hệ thống",
        _FACT,
        "Việc không có tài liệu tại buổi kiểm tra được ghi trong biên bản.",
    ),
    (
        "Biên bản ngày 14/5 có chữ ký của Phó Giám đốc sở, kèm 12 ảnh màn hình",
        _FACT,
        "Tài liệu có thật, kiểm lại được.",
    ),
    (
        "Sở cho biết phần mềm tự mở lại các tài khoản đã khoá sau lần nâng cấp",
        _PLEA,
        "Phải ghi, và phải hỏi nhà thầu, xem nhật ký nâng cấp trước khi dùng.",
    ),
    (
        "Theo Chánh Văn phòng, việc thu hồi tài khoản đã giao miệng cho văn thư",
        _PLEA,
        "Lời kể của một người; cần văn bản hoặc người được giao xác nhận.",
    ),
    (
        "Sở nói đã khoá tài khoản từ tháng 3, song không còn bản ghi của tháng ấy",
        _PLEA,
        "Có thể đúng, nhưng chưa có gì để đối chiếu.",
    ),
    (
        "Trưởng phòng giải thích hai người dùng chung mật khẩu do đi công tác đột xuất",
        _PLEA,
        "Ghi là lời giải trình; xem lịch công tác mới biết có đúng không.",
    ),
    (
        "Lãnh đạo sở có lẽ không coi trọng việc quản lý tài khoản",
        _GUESS,
        "Đoán thái độ, không có bằng chứng; bỏ khỏi kết luận.",
    ),
    (
        "Nhiều khả năng còn hàng trăm tài khoản khác cũng như vậy",
        _GUESS,
        "Suy rộng ngoài mẫu mà không nói cách ước; chọn mẫu rộng hơn hoặc bỏ.",
    ),
    (
        "Việc dùng chung mật khẩu chắc là để che việc chấm công hộ",
        _GUESS,
        "Gán động cơ; nếu nghi thì chuyển cơ quan có thẩm quyền xem xét.",
    ),
    (
        "Tình trạng này hẳn đã kéo dài từ nhiều năm trước",
        _GUESS,
        "Chưa ai xem số liệu các năm trước.",
    ),
    (
        "Trước 30/6, sở khoá các tài khoản không còn người dùng và gửi danh sách",
        _ADVICE,
        "Việc, hạn và sản phẩm để kiểm tra lại.",
    ),
    (
        "Sở ban hành quy định bàn giao tài khoản khi cán bộ nghỉ, chuyển việc",
        _ADVICE,
        "Việc phải làm để không lặp lại.",
    ),
    (
        "Đơn vị vận hành gửi sở danh sách đăng nhập bất thường vào ngày 5 hằng tháng",
        _ADVICE,
        "Giao việc cho một nơi, có kỳ hạn.",
    ),
    (
        "Giao Phòng Tổ chức báo biến động nhân sự cho người quản trị trong ngày",
        _ADVICE,
        "Giao việc cho một nơi, có thời hạn.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six sentences of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 6)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
