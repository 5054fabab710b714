"""Variants of KM2-28: commitments that can be checked, and those that lack one part."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_TASKS = (
    ("Sở Xây dựng", "mở", "12 trường dữ liệu", "các trường dữ liệu cần thiết"),
    ("Sở Y tế", "làm sạch", "1.800 hồ sơ cơ sở hành nghề", "những hồ sơ còn sai lệch"),
    ("Sở Nội vụ", "tập huấn", "45 cán bộ nhập liệu", "lực lượng cán bộ liên quan"),
    ("Thuế tỉnh", "gửi", "số nộp thuế của 3 quý", "số liệu thuế theo yêu cầu"),
    ("Sở Tư pháp", "đối soát", "2.400 bản ghi hộ tịch", "phần hộ tịch có nghi vấn"),
    ("Sở Công Thương", "chuyển", "6 danh mục mã dùng chung", "các danh mục còn thiếu"),
    ("Sở Giáo dục và Đào tạo", "nối", "38 trường phổ thông", "các trường đủ điều kiện"),
    ("Trung tâm CNTT", "cài", "4 cổng tra cứu", "hạ tầng tra cứu phù hợp"),
)
_VAGUE = {
    "who": "Thiếu **ai**: “các đơn vị liên quan” là không ai.",
    "much": "Thiếu **bao nhiêu**: đến hạn không biết thế nào là xong.",
    "when": "Thiếu **khi nào**: không có ngày thì không bao giờ trễ.",
}


def _sentence(task: tuple[str, str, str, str], day: str, missing: str) -> str:
    who, verb, much, vague = task
    return " ".join(
        (
            "Các đơn vị liên quan" if missing == "who" else who,
            verb,
            vague if missing == "much" else much,
            "trong thời gian sớm nhất" if missing == "when" else f"trước ngày {day}",
        )
    )


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six commitments; two to four have person, quantity and date."""
    whole = rng.randint(2, 4)
    gaps = [""] * whole + rng.choices(list(_VAGUE), k=6 - whole)
    rng.shuffle(gaps)
    values: dict[str, str] = {}
    for place, (task, gap) in enumerate(zip(rng.sample(_TASKS, 6), gaps, strict=True), start=1):
        day = f"{rng.randint(10, 28)}/{rng.randint(10, 12)}/2026"
        values |= {
            f"t{place}": _sentence(task, day, gap),
            f"k{place}": "false" if gap else "true",
            f"f{place}": _VAGUE[gap] if gap else "Đủ người, việc, số lượng, ngày.",
        }
    return values
