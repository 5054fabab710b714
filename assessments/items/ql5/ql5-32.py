"""Variants of QL5-32: five lines of a muddled register out of a pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_RISK = "Rủi ro, ghi sổ rủi ro"
_ISSUE = "Vấn đề, xử lý ngay"
_GIVEN = "Ràng buộc đã biết, đưa vào kế hoạch"
_SORTS = 3
_POOL = (
    (
        "Hãng có thể dồn đơn, giao máy chủ sau tháng 11",
        _RISK,
        "Chưa xảy ra, có xác suất: cần chủ rủi ro và ngưỡng kích hoạt.",
    ),
    (
        "Kỹ sư trưởng của nhà thầu có thể nghỉ việc giữa chừng",
        _RISK,
        "Sự kiện tương lai, ảnh hưởng tới việc găng.",
    ),
    (
        "Bộ chủ quản có thể đổi mẫu dữ liệu trao đổi trong quý",
        _RISK,
        "Chưa có quyết định nào; theo dõi dấu hiệu và chuẩn bị phương án.",
    ),
    (
        "Dữ liệu cũ của hai xã có khả năng thiếu số định danh",
        _RISK,
        "Chưa kiểm tra thì mới là khả năng; việc giảm rủi ro là lấy mẫu sớm.",
    ),
    (
        "Bên cho thuê đường truyền có thể không kịp tăng băng thông",
        _RISK,
        "Còn là khả năng; ghi xác suất, tác động, phương án dự phòng.",
    ),
    (
        "Máy chủ giao hôm 28/9 sai cấu hình, đang nằm ở kho",
        _ISSUE,
        "Đã xảy ra: lập biên bản, yêu cầu đổi, tính lại ngày xong.",
    ),
    (
        "Nhà thầu đã rút ba trong bảy lập trình viên từ tuần trước",
        _ISSUE,
        "Không còn xác suất; đối chiếu nhân sự cam kết trong hợp đồng.",
    ),
    (
        "Kiểm tra hôm 30/9 cho thấy 12 % hồ sơ số hoá sai họ tên",
        _ISSUE,
        "Số đo đã có: dừng đợt nhập, sửa nguyên nhân rồi mới làm tiếp.",
    ),
    (
        "Hệ thống thử nghiệm ngừng từ sáng 29/9, chưa chạy lại",
        _ISSUE,
        "Đang xảy ra: giao người khắc phục và thời hạn.",
    ),
    (
        "Tuần 39 không ai nghiệm thu được mốc 2 do thiếu tiêu chí",
        _ISSUE,
        "Mốc đã trượt; bổ sung tiêu chí và trình duyệt ngay.",
    ),
    (
        "Bảy ngày nghỉ Tết nằm giữa đợt kiểm thử",
        _GIVEN,
        "Chắc chắn xảy ra: trừ thẳng vào lịch, không cần xác suất.",
    ),
    (
        "Kho bạc khoá sổ thanh toán năm vào ngày đã thông báo",
        _GIVEN,
        "Ngày đã biết; lùi mốc nghiệm thu về trước ngày ấy.",
    ),
    (
        "Trung tâm dữ liệu cho vào phòng máy từ 19 giờ đến 22 giờ",
        _GIVEN,
        "Giới hạn cố định; lịch lắp đặt phải xếp theo.",
    ),
    (
        "Hợp đồng khung giới hạn 3.000 giờ công tư vấn cho cả dự án",
        _GIVEN,
        "Con số đã chốt, là điều kiện của kế hoạch.",
    ),
    (
        "Quy định mới về biểu mẫu có hiệu lực từ 01/12, đã ban hành",
        _GIVEN,
        "Đã ban hành và có ngày; đưa vào phạm vi qua thủ tục thay đổi.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five lines of all three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) == _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
