"""Variants of KM3-EN01: what an advisory means for the version in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_PRODUCTS = ("Nordlys File Gateway", "Aster Document Hub", "Meridian Share")
_OPTIONS = ("shared preview", "guest links", "quick search")


def _claims(option: str, days: int, affected: bool) -> list[tuple[str, str, bool]]:  # noqa: FBT001
    return [
        (
            "Bản đang dùng nằm trong phạm vi bị lỗi",
            "So số bản đang dùng với “versions … to …”.",
            affected,
        ),
        ("Bản đang dùng không bị lỗi này", "“Versions before … are not affected”.", not affected),
        (f"Tắt “{option}” là đủ hết rủi ro trong lúc chờ", "“this removes the risk”.", True),
        (
            "Kẻ tấn công phải có tài khoản hợp lệ thì mới lợi dụng được",
            "“a user with a valid account”.",
            True,
        ),
        ("Tệp của người dùng có thể bị sửa hoặc bị xoá", "“Files cannot be changed”.", False),
        (
            "Khởi động lại máy chủ mỗi đêm thì tạm thời an toàn",
            "“Restarting the server does not help”.",
            False,
        ),
        (
            "Có thể cài bản vá đã gửi trước đó trong lúc chờ",
            "“has been withdrawn”: đã bị thu hồi.",
            False,
        ),
        (f"Hãng đề nghị lên bản mới trong vòng {days} ngày", "“within … days”.", True),
        (f"Hãng cho phép chờ quá {days} ngày nếu có lý do", "Cảnh báo không nói điều này.", False),
    ]


def variant(rng: random.Random) -> dict[str, str]:
    """Draw an advisory and five claims about it, two or three of them true."""
    low, a = rng.randint(3, 8), rng.randint(2, 4)
    b, days = a + rng.randint(2, 4), rng.choice([5, 7, 10, 14])
    ours, option = rng.choice([a - 1, a, b - 1, b]), rng.choice(_OPTIONS)
    claims = _claims(option, days, ours >= a)
    true, false = ([c for c in claims if c[2] is kind] for kind in (True, False))
    number = rng.choice([2, 3])
    drawn = rng.sample(true, number) + rng.sample(false, 5 - number)
    rng.shuffle(drawn)
    values = {"product": rng.choice(_PRODUCTS), "option": option, "days": str(days)}
    values |= {"low": str(low), "a": str(a), "b": str(b), "ours": str(ours)}
    values |= {"fixed": str(b + 1), "date": f"{rng.randint(2, 28)} October"}
    for n, (text, feedback, truth) in enumerate(drawn, start=1):
        values |= {f"t{n}": text, f"f{n}": feedback, f"k{n}": str(truth).lower()}
    return values
