"""Variants of KM4-32: five lines, each clean or with one fault, to be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.foundation.numerals import vietnamese

if TYPE_CHECKING:
    import random

_NAMES = ("Phần mềm", "Thiết bị", "Dữ liệu", "Đào tạo", "Kiểm thử")
_SORTS = {
    "Hợp đồng vượt dự toán": "Cần quyết định điều chỉnh trước ngày ký.",
    "Nghiệm thu vượt hợp đồng": "Cần phụ lục trước khi làm thêm.",
    "Trả vượt nghiệm thu": "Phần vượt phải thu hồi.",
    "Không có sai lệch": "Số sau không vượt số trước; chưa xong hay chưa trả hết là bình thường.",
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five lines: every sort once, one of them twice, in any order."""
    sorts = [*_SORTS, rng.choice([*_SORTS])]
    rng.shuffle(sorts)
    values: dict[str, str] = {}
    for place, (name, sort) in enumerate(zip(_NAMES, sorts, strict=True), start=1):
        text = "; ".join(vietnamese(amount, 0) for amount in _amounts(sort, rng))
        values |= {f"e{place}": f"{name}: {text}", f"c{place}": sort, f"f{place}": _SORTS[sort]}
    return values


def _amounts(sort: str, rng: random.Random) -> tuple[int, int, int, int]:
    """Estimate, contract, accepted, paid with the one fault of their sort and no other."""
    estimate = rng.randrange(600, 4200, 10)
    contract = estimate - rng.randrange(10, 90, 10)
    accepted = contract - rng.randrange(20, 200, 10)
    paid = accepted - rng.choice([0, rng.randrange(10, 90, 10)])
    gap = rng.randrange(10, 80, 5)
    if sort == "Hợp đồng vượt dự toán":
        contract = estimate + gap
    elif sort == "Nghiệm thu vượt hợp đồng":
        accepted = contract + gap
    elif sort == "Trả vượt nghiệm thu":
        paid = accepted + gap
    return estimate, contract, accepted, paid
