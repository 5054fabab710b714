"""The technical annex: how each figure is made, and why some are not printed."""

from __future__ import annotations

from grading.reports.disclosure import MINIMUM
from grading.reports.model import Paragraph, Section

ANNEX_TITLE = "CÁCH TÍNH VÀ QUY TẮC CÔNG BỐ SỐ LIỆU"


def annex(policy_id: str) -> tuple[Section, ...]:
    """One entry a method or rule."""
    return tuple(Section(head, (Paragraph(text),)) for head, text in _entries(policy_id))


def _entries(policy_id: str) -> list[tuple[str, str]]:
    return [
        (
            "Chính sách xét kết quả",
            (
                f"Mã chính sách: {policy_id}. Điểm cắt, điểm sàn và SEM là các giá trị đã dùng "
                "khi xét từng người; báo cáo không xét lại. Không làm tròn trước khi xét; số in "
                "được làm tròn đến một phần mười, nửa lên."
            ),
        ),
        (
            "Tỷ lệ đạt",
            (
                "p = số người đạt / n. Tỷ lệ của cả kỳ: n = số người đạt + số người chưa đạt; "
                "người chưa có kết luận được đếm riêng. Ở lĩnh vực và năng lực, n là số người có "
                "điểm, kể cả người đang được xem xét lại (chưa tính là đạt), trừ người có kết quả "
                "không hợp lệ; vắng thi không phải là không điểm."
            ),
        ),
        (
            "Khoảng tin cậy 95 % (Wilson)",
            (
                "(p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1,96. Khoảng này nói "
                "về độ bất định do số người ít, không nói về sai sót của quá trình chấm."
            ),
        ),
        (
            "SEM",
            (
                "Sai số chuẩn của phép đo, tính bằng phần trăm của thang điểm, lấy trung vị các "
                "giá trị đã dùng khi xét. Dải ± 1 SEM quanh điểm cắt là vùng mà thêm một lần "
                "đo có thể cho kết luận khác."
            ),
        ),
        (
            "Biểu đồ phễu",
            (
                "Giới hạn: p₀ ± z·√(p₀(1 − p₀)/n), p₀ là tỷ lệ chung của người thi lần đầu, z = "
                "1,96 (95 %) và z = 3,09 (99,8 %), cắt ở 0 và 1. Điểm nằm ngoài giới hạn đúng "
                "khi khoảng Wilson của nó ở cùng mức không chứa p₀."
            ),
        ),
        (
            "Quy tắc không công bố",
            (
                f"(1) Không in tỷ lệ hoặc điểm trung bình của dưới {MINIMUM} người; ghi “chưa đủ "
                "số liệu (n = …)”. (2) Không in con số bằng 0 % hoặc 100 %, vì con số đó nói ra "
                "kết quả của mọi người; ghi “không công bố (n = …)”. (3) Ô không in được gộp "
                f"lại sao cho phần gộp có từ hai ô và từ {MINIMUM} người trở lên, kể cả phải gộp "
                "thêm một ô đủ người (ô bổ sung); việc gộp chỉ dựa vào số người, không dựa vào "
                "kết quả. (4) Nếu một nhóm vẫn rơi vào trường hợp (2) thì chỉ in dòng chung. "
                "Nhờ vậy không thể lấy tổng trừ đi phần đã in để tìm lại số không in. (5) Con số "
                "nào mà ghép với mọi điều trung tâm đã công bố, kể cả số vào sổ gốc, thì suy ra "
                "được kết quả của một người hoặc một nhóm nhỏ cũng ghi “không công bố”."
            ),
        ),
        (
            "Điều báo cáo không tính",
            (
                "Báo cáo không so sánh giữa các đợt, vì chỉ được so sánh trên điểm đã quy chuẩn "
                "giữa các đề; không có thứ hạng của người hoặc của cơ quan; không có số liệu "
                "của từng người."
            ),
        ),
    ]
