"""Variants of QL3-25: five targets out of a pool, by what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_POOL = (
    (
        "Mức độ hiện đại của cơ quan từ 40 % lên 70 % vào 31/12/2029, theo phần mềm điều hành",
        "Không rõ đo gì",
        "“Mức độ hiện đại” chưa có tử số, mẫu số nên phần mềm không đếm được.",
    ),
    (
        "Chất lượng dữ liệu đạt từ 60 % lên 90 % vào 31/12/2029, theo kho dữ liệu của tỉnh",
        "Không rõ đo gì",
        "Chất lượng là đủ, đúng hay kịp thời? Chưa chọn phép đo thì chưa có số.",
    ),
    (
        "Mức trưởng thành số tăng từ 2,1 lên 3,5 vào 31/12/2029, theo bảng của Văn phòng",
        "Không rõ đo gì",
        "Thang và câu hỏi chưa nêu; hai người chấm cho hai kết quả.",
    ),
    (
        "Hồ sơ trả trước hạn đạt 85 % vào 31/12/2028, theo phần mềm một cửa",
        "Thiếu số gốc hoặc số đích",
        "Không có số gốc thì không lập được mốc năm và không biết đã đi bao xa.",
    ),
    (
        "Cuộc gọi được trả lời trong 30 giây tăng dần từ 48 % (2025), theo nhật ký tổng đài",
        "Thiếu số gốc hoặc số đích",
        "Có chiều đi nhưng không có số đích; tăng một điểm cũng là đạt.",
    ),
    (
        "Giấy tờ được cấp bản điện tử tăng gấp đôi vào 31/12/2028, theo kho dữ liệu",
        "Thiếu số gốc hoặc số đích",
        "Gấp đôi của bao nhiêu thì câu chưa nói.",
    ),
    (
        "Hồ sơ đúng hạn từ 78 % lên 95 % vào 2028, số do từng đơn vị tự báo",
        "Nguồn tự khai",
        "Người bị đo vừa làm vừa chấm; nên lấy nhật ký hệ thống hoặc kiểm tra mẫu.",
    ),
    (
        "Cán bộ làm được việc trên nền tảng từ 35 % lên 90 % vào 2028, theo phiếu tự đánh giá",
        "Nguồn tự khai",
        "Tự đánh giá thường cao hơn bài kiểm tra; kỳ sau không ai đối chiếu được.",
    ),
    (
        "Hồ sơ phải bổ sung giảm từ 26 % xuống 8 % vào 2028, do phòng xử lý tự thống kê",
        "Nguồn tự khai",
        "Phòng được khen khi số giảm; phải lấy từ phần mềm ghi từng lần trả hồ sơ.",
    ),
    (
        "Mở 24 lớp tập huấn cho 900 cán bộ xã, từ 0 lên 24 lớp vào 2027, theo sổ lớp học",
        "Đo việc làm, không đo kết quả",
        "Mở đủ lớp không bảo đảm ai làm được việc; đo số người đạt bài kiểm tra.",
    ),
    (
        "Số màn hình điều hành lắp xong từ 2 lên 20 vào 2027, theo biên bản nghiệm thu",
        "Đo việc làm, không đo kết quả",
        "Lắp xong thiết bị là đầu ra của dự án, chưa phải thay đổi người dùng nhận được.",
    ),
    (
        "Văn bản chỉ đạo đã ban hành từ 5 lên 30 văn bản vào 2028, theo sổ văn thư",
        "Đo việc làm, không đo kết quả",
        "Ban hành nhiều văn bản chưa làm dịch vụ nhanh hay đúng hơn.",
    ),
    (
        "Thời gian chờ ở quầy giảm từ 22 xuống 8 phút vào 31/12/2028, theo máy lấy số",
        "Dùng được",
        "Đủ phép đo, số gốc, số đích, ngày và nguồn do máy ghi.",
    ),
    (
        "Hồ sơ đất đai nộp trực tuyến từ 31 % lên 70 % tổng hồ sơ vào 2029, theo nhật ký",
        "Dùng được",
        "Mẫu số rõ, nguồn rõ, kỳ sau hai người tính ra một số.",
    ),
    (
        "Bản ghi hộ tịch khớp dữ liệu dân cư từ 82 % lên 99 % vào 2028, theo máy đối soát",
        "Dùng được",
        "Đo đúng điều cần và do hệ thống đối soát cho số.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five targets of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({sort for _, sort, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, sort, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": sort, f"f{place}": why}
    return values
