"""Variants of QL4-27: five entries of an annex, by how an NPV treats them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    (
        "Làm sạch sổ tài sản trước khi nạp vào hệ thống mới",
        "Chi tăng thêm vì dự án",
        "Không có dự án thì không phải làm bây giờ.",
    ),
    (
        "Hai người trực hỗ trợ ở năm đầu, tuyển thêm",
        "Chi tăng thêm vì dự án",
        "Có dự án mới phát sinh, dù trả từ chi thường xuyên.",
    ),
    (
        "Thuê thêm dung lượng lưu trữ cho hệ thống mới",
        "Chi tăng thêm vì dự án",
        "Chi hằng năm, trừ vào đúng năm phát sinh.",
    ),
    (
        "Kiểm tra an toàn thông tin trước khi đưa hệ thống vào dùng",
        "Chi tăng thêm vì dự án",
        "Điều kiện để được đưa vào dùng, chi một lần.",
    ),
    (
        "Phí bảo trì phần mềm cũ, hợp đồng sẽ thôi gia hạn",
        "Chi tránh được nhờ dự án",
        "Không có dự án thì vẫn phải trả, nên là lợi ích.",
    ),
    (
        "Tiền in sổ giấy sẽ không in nữa",
        "Chi tránh được nhờ dự án",
        "Khoản tránh được là lợi ích; cần chứng từ in các năm trước.",
    ),
    (
        "Giờ làm thêm dịp quyết toán, có bảng chấm công, sẽ hết",
        "Chi tránh được nhờ dự án",
        "Tiền làm thêm giờ thật sự không phải trả nữa.",
    ),
    (
        "Phí khảo sát đã thanh toán năm ngoái",
        "Chi phí chìm",
        "Làm hay dừng cũng không lấy lại được.",
    ),
    (
        "Tiền phạt đã nộp do hệ thống cũ hỏng năm trước",
        "Chi phí chìm",
        "Đã nộp; không phương án nào đổi được khoản này.",
    ),
    (
        "Thiết kế sơ bộ đã trả tiền, nay không dùng lại được",
        "Chi phí chìm",
        "Chuyện đã qua; giải trình ở quyết toán.",
    ),
    (
        "Lương kế toán trưởng phân bổ theo số giờ dự họp",
        "Không đổi dù có hay không có dự án",
        "Cơ quan trả mức lương ấy dù có dự án hay không.",
    ),
    (
        "Khấu hao toà nhà phân bổ theo diện tích phòng máy",
        "Không đổi dù có hay không có dự án",
        "Toà nhà vẫn khấu hao như cũ khi không có dự án.",
    ),
    (
        "Phí thuê bao mạng của trụ sở, hợp đồng không đổi",
        "Không đổi dù có hay không có dự án",
        "Mức phí giữ nguyên nên không phải của dự án.",
    ),
    (
        "Khấu hao máy chủ của chính dự án, khi vốn mua máy đã ghi",
        "Tính hai lần nếu đưa vào",
        "Khấu hao chia lại số vốn đã tính một lần.",
    ),
    (
        "Giờ công tiết kiệm ghi cả ở tờ trình này và tờ trình kho dữ liệu",
        "Tính hai lần nếu đưa vào",
        "Một giờ chỉ tiết kiệm được một lần.",
    ),
    (
        "Tiền bản quyền năm đầu, đã nằm trong giá mua thiết bị",
        "Tính hai lần nếu đưa vào",
        "Cộng thêm là trả hai lần trên giấy.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five entries of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
