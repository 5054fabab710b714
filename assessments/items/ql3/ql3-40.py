"""Variants of QL3-40: five pilots out of a pool, by what their conclusion lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    (
        "Thử ở 6 phường trung tâm, đạt; kết luận: cả 30 xã vùng cao cũng sẽ đạt",
        "Thiếu nơi khó trong mẫu",
        "Kết quả ở nơi dễ không nói gì về nơi không có trong mẫu.",
    ),
    (
        "Thử ở nơi có cáp quang, đạt; kết luận: nơi chỉ có sóng di động cũng dùng được",
        "Thiếu nơi khó trong mẫu",
        "Điều kiện đường truyền chưa hề được thử.",
    ),
    (
        "Thử với cán bộ đã thạo máy tính, đạt; kết luận: mọi cán bộ dùng được ngay",
        "Thiếu nơi khó trong mẫu",
        "Người chưa thạo máy tính không có trong mẫu.",
    ),
    (
        "Thử ở xã tình nguyện, đạt; kết luận: xã không muốn tham gia cũng sẽ đạt",
        "Thiếu nơi khó trong mẫu",
        "Xã tự xin làm thường sẵn sàng hơn; loại xã kia chưa được thử.",
    ),
    (
        "Số hồ sơ tăng sau khi thử, đúng mùa tuyển sinh; kết luận: nhờ phần mềm mới",
        "Thiếu nhóm để so",
        "Mùa tuyển sinh năm nào cũng tăng; phải so với nơi không thử.",
    ),
    (
        "Chờ ở quầy giảm sau khi thử, cùng lúc thêm hai cán bộ; kết luận: nhờ lấy số qua mạng",
        "Thiếu nhóm để so",
        "Hai thay đổi cùng lúc; không có nơi chỉ thêm người để so.",
    ),
    (
        "Khiếu nại giảm sau khi thử, cả nước cũng giảm; kết luận: nhờ tổng đài mới của tỉnh",
        "Thiếu nhóm để so",
        "Nơi không có tổng đài cũng giảm; chưa tách được phần của tổng đài.",
    ),
    (
        "Đúng hạn đạt 82 %; sau khi xem số, tổ công tác chọn ngưỡng 80 %: thí điểm đạt",
        "Ngưỡng có sau khi biết kết quả",
        "Ngưỡng chọn sau khi biết kết quả thì lúc nào cũng đạt.",
    ),
    (
        "Ngưỡng ký 90 %, kết quả 84 %; tổ công tác sửa ngưỡng còn 83 %: thí điểm đạt",
        "Ngưỡng có sau khi biết kết quả",
        "Đổi ngưỡng sau khi đo làm mất giá trị của cả đợt.",
    ),
    (
        "Bốn thước đo cùng đo; khi có số mới chọn thước đo tăng nhiều nhất: thí điểm đạt",
        "Ngưỡng có sau khi biết kết quả",
        "Chọn thước đo theo kết quả cũng là đặt ngưỡng sau.",
    ),
    (
        "Nơi thử đúng hạn 5 trên 5 hồ sơ, nơi so 8 trên 10; kết luận: cách mới tốt hơn",
        "Mẫu quá nhỏ",
        "Năm hồ sơ chưa phân biệt được tốt hơn với may mắn.",
    ),
    (
        "Một tuần có 3 người dùng, 2 người hài lòng; kết luận: 67 % người dân hài lòng",
        "Mẫu quá nhỏ",
        "Ba người không đại diện cho ai; phải đợi đủ số lượt.",
    ),
    (
        "Lỗi giảm từ 2 xuống 1 trong 20 hồ sơ; kết luận: phần mềm giảm một nửa số lỗi",
        "Mẫu quá nhỏ",
        "Một lỗi hơn kém trong 20 hồ sơ là chuyện thường.",
    ),
    (
        "400 hồ sơ ở ba loại xã, có xã để so, ngưỡng ký trước đạt cả ba loại: thí điểm đạt",
        "Kết luận được",
        "Đủ mẫu, đủ loại nơi, có nhóm so, ngưỡng có trước.",
    ),
    (
        "Đủ loại xã, 350 hồ sơ, trượt ngưỡng ký trước ở mọi loại: thí điểm không đạt",
        "Kết luận được",
        "Không đạt cũng là kết luận; ngưỡng đặt trước cho phép nói ra.",
    ),
    (
        "Rút thăm 12 xã thử và 12 xã so, 600 hồ sơ, ngưỡng ký trước đạt: thí điểm đạt",
        "Kết luận được",
        "Rút thăm nên hai nhóm như nhau; số hồ sơ đủ lớn.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five pilots of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
