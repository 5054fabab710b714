"""Variants of KM4-06: five sentences out of a pool, each about one of four figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    ("“Năm nay tỉnh giao cho ta 8 tỷ đồng.”", "Dự toán", "Mức được phép chi trong năm."),
    (
        "“Quyết định phân bổ ghi 1.200 triệu đồng cho đào tạo.”",
        "Dự toán",
        "Phân bổ là giới hạn, chưa chi.",
    ),
    ("“Hội đồng nhân dân cắt của ta 500 triệu đồng.”", "Dự toán", "Giảm mức được phép chi."),
    (
        "“Xin điều chỉnh 300 triệu đồng từ thiết bị sang dữ liệu.”",
        "Dự toán",
        "Chuyển giữa các mức được giao.",
    ),
    ("“Hôm qua ta ký phụ lục thêm 400 triệu đồng.”", "Cam kết", "Hứa trả thêm, chưa trả."),
    (
        "“Nhà thầu trúng với giá 3.900 triệu đồng và đã ký.”",
        "Cam kết",
        "Giá trị đã hứa theo hợp đồng.",
    ),
    ("“Ba gói đã có người làm, giá chốt cả năm.”", "Cam kết", "Nghĩa vụ phải trả nếu việc xong."),
    (
        "“Hợp đồng thuê đường truyền ba năm đã có hiệu lực.”",
        "Cam kết",
        "Ràng buộc chi cả các năm sau.",
    ),
    ("“Mười hai xã đã ký biên bản bàn giao.”", "Nghiệm thu", "Bằng chứng về việc đã xong."),
    (
        "“Hội đồng kiểm tra xác nhận 60 % khối lượng.”",
        "Nghiệm thu",
        "Xác nhận việc, chưa phải tiền.",
    ),
    (
        "“Hai phân hệ chạy đạt, còn một phân hệ trả về.”",
        "Nghiệm thu",
        "Kết quả kiểm tra khối lượng.",
    ),
    (
        "“Dữ liệu 40.000 hồ sơ đã được kiểm mẫu và nhận.”",
        "Nghiệm thu",
        "Khối lượng được chấp nhận.",
    ),
    ("“Kho bạc chuyển 2.700 triệu đồng sáng nay.”", "Thanh toán", "Tiền đã ra, có thể là tạm ứng."),
    ("“Nhà thầu báo tài khoản đã nhận đủ đợt hai.”", "Thanh toán", "Tiền tới người nhận."),
    (
        "“Chứng từ chi đợt này trừ 400 triệu tạm ứng.”",
        "Thanh toán",
        "Tiền ra sau khi thu hồi tạm ứng.",
    ),
    ("“Tạm ứng 30 % đã về tài khoản nhà thầu.”", "Thanh toán", "Tiền ra khi chưa có việc."),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five sentences about at least three figures."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
