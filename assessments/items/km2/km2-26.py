"""Variants of KM2-26: which interests a letter gives evidence of, and which one only guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_POOL = (
    (
        "Phòng Nghiệp vụ có ba người và đang còn 1.200 hồ sơ tồn.",
        "Không thêm việc cho bộ phận đang quá tải",
    ),
    (
        "Đề nghị làm rõ ai trả lời công dân khi hai nơi ghi khác nhau.",
        "Biết trước ai trả lời người dân khi số liệu lệch nhau",
    ),
    (
        "Phần mềm đang thuê theo hợp đồng đến tháng 6/2028, dừng sớm phải bồi thường.",
        "Không mất tiền do bỏ dở một hợp đồng đang chạy",
    ),
    (
        "Từ đầu năm đã có bốn đơn vị gửi đề nghị tương tự, Sở chưa trả lời đơn vị nào.",
        "Không tạo tiền lệ buộc phải chiều nhiều nơi khác",
    ),
    (
        "Theo quy chế của ngành, việc này phải có ý kiến của cơ quan cấp trên.",
        "Không vượt quyền mà ngành đã giao",
    ),
    (
        "Tháng 12 Sở sơ kết chỉ số của ngành, thay đổi cách ghi trước đó thì khó so sánh.",
        "Giữ chuỗi số liệu so sánh được tới kỳ sơ kết",
    ),
    (
        "Một phần số liệu do cơ sở tư nhân gửi, Sở đã hứa không chuyển cho bên thứ ba.",
        "Giữ lời với những nơi đã gửi số liệu cho mình",
    ),
    (
        "Kết nối năm 2023 không có dự toán vận hành, hai năm nay Sở tự thu xếp.",
        "Không phải gánh chi phí vận hành về sau",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six interests, two to four of them with a sentence in the letter."""
    drawn = rng.sample(_POOL, 6)
    told = rng.sample(drawn, rng.randint(2, 4))
    values = {"letter": " ".join(sentence for sentence, _ in told)}
    for place, row in enumerate(drawn, start=1):
        sentence, interest = row
        why = (
            f"Có căn cứ: “{sentence}”"
            if row in told
            else "Công văn không có câu nào nói tới điều này; muốn biết thì phải hỏi."
        )
        values |= {f"t{place}": interest, f"f{place}": why}
        values[f"k{place}"] = "true" if row in told else "false"
    return values
