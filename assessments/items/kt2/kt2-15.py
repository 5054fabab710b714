"""Variants of KT2-15: five steps out of a pool, each with what to do with it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    ("Chép lại số hồ sơ vào sổ giấy mà không ai tra", "Bỏ", "Không ai dùng kết quả của bước."),
    ("In đơn điện tử ra rồi quét trở lại để lưu", "Bỏ", "Bản điện tử đã là bản gốc để lưu."),
    ("Xin chữ ký nháy của người không đọc nội dung", "Bỏ", "Chữ ký ấy không kiểm soát điều gì."),
    ("Báo cáo tuần chép từ báo cáo tháng, không ai nhận", "Bỏ", "Không có người dùng thì bỏ."),
    (
        "Một chuyên viên kiểm thành phần, chính người ấy lại nhập dữ liệu",
        "Gộp",
        "Cùng một người, cùng lúc làm được.",
    ),
    (
        "Dự thảo kết quả và lập phiếu trình, cùng một chuyên viên làm",
        "Gộp",
        "Hai việc liền nhau của một người.",
    ),
    (
        "Người dân nộp phí ở một quầy rồi sang quầy bên nhận kết quả",
        "Gộp",
        "Gộp quầy bớt một lần xếp hàng.",
    ),
    (
        "Hỏi ý kiến hai sở, sở sau không cần đọc ý kiến sở trước",
        "Làm song song",
        "Hai việc không phụ thuộc nhau.",
    ),
    (
        "Niêm yết công khai trong khi thẩm định hồ sơ, luật không buộc trước sau",
        "Làm song song",
        "Không phải chờ nhau thì chạy cùng lúc.",
    ),
    (
        "Kiểm tra thực địa và tra cứu quy hoạch do hai nhóm khác nhau làm",
        "Làm song song",
        "Hai nhóm, hai nguồn, không cần chờ nhau.",
    ),
    (
        "Đối chiếu số định danh với cơ sở dữ liệu để khỏi cấp nhầm, quy tắc rõ",
        "Tự động hoá",
        "Có quy tắc và có dữ liệu thì máy làm.",
    ),
    (
        "Tính phí theo biểu đã ban hành, hồ sơ nào cũng phải tính",
        "Tự động hoá",
        "Phép tính có quy tắc, máy làm không sai.",
    ),
    (
        "Gọi điện báo từng người rằng hồ sơ đã có kết quả",
        "Tự động hoá",
        "Sự kiện có sẵn trong hệ thống.",
    ),
    (
        "Ý kiến phòng cháy do nghị định buộc, năm nay không có ý kiến khác",
        "Giữ và kiến nghị",
        "Luật định: giữ và đề nghị sửa nghị định.",
    ),
    (
        "Một giấy tờ do thông tư yêu cầu mà địa phương thấy thừa",
        "Giữ và kiến nghị",
        "Tỉnh không sửa được thông tư.",
    ),
    (
        "Thời hạn niêm yết 15 ngày do luật định, muốn rút còn 7 ngày",
        "Giữ và kiến nghị",
        "Thời hạn do luật định thì phải sửa luật.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five steps of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({action for _, action, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, action, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": action, f"f{place}": why}
    return values
