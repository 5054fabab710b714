"""State agencies: their names after the mergers of 2025, and which kind each one is.

Ministries as organised from 01/3/2025, provinces as merged from 01/7/2025.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cohort_data.letters import clean
from cohort_data.names import match_key

if TYPE_CHECKING:
    from cohort_data.rosters.schema import AgencyType

MINISTRIES = (
    "Bộ Công an",
    "Bộ Công Thương",
    "Bộ Dân tộc và Tôn giáo",
    "Bộ Giáo dục và Đào tạo",
    "Bộ Khoa học và Công nghệ",
    "Bộ Ngoại giao",
    "Bộ Nội vụ",
    "Bộ Nông nghiệp và Môi trường",
    "Bộ Quốc phòng",
    "Bộ Tài chính",
    "Bộ Tư pháp",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Bộ Xây dựng",
    "Bộ Y tế",
    "Ngân hàng Nhà nước Việt Nam",
    "Thanh tra Chính phủ",
    "Văn phòng Chính phủ",
)
CITIES = ("Cần Thơ", "Đà Nẵng", "Hà Nội", "Hải Phòng", "Huế", "Hồ Chí Minh")
PROVINCES = (
    *("An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Điện Biên", "Đồng Nai"),
    *("Đồng Tháp", "Gia Lai", "Hà Tĩnh", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn"),
    *("Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi", "Quảng Ninh"),
    *("Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Tuyên Quang", "Vĩnh Long"),
)
_LOCALITIES = tuple(f"thành phố {name}" for name in CITIES) + tuple(
    f"tỉnh {name}" for name in PROVINCES
)
_PROVINCIAL = tuple(
    f"{body} {locality}"
    for body in ("Ủy ban nhân dân", "Sở Khoa học và Công nghệ")
    for locality in _LOCALITIES
)
_KNOWN = {match_key(name): name for name in (*MINISTRIES, *_PROVINCIAL)}

# A military command of a province begins with "Bộ" as well; nothing is decided about it here.
_CENTRAL = re.compile(
    r"bộ (?!chỉ huy|tư lệnh|phận|môn)|ngân hàng nhà nước|thanh tra chính phủ|văn phòng chính phủ"
    r"|(tổng )?cục |viện hàn lâm|thông tấn xã|đài (tiếng nói|truyền hình) việt nam"
)
_LOCAL = re.compile(
    r"(văn phòng )?([uủ][yỷ] ban nhân dân|ubnd) |sở |văn phòng đoàn đbqh|(tỉnh|thành phố|tp\.?) "
)
_SHORT_FORMS = (
    (re.compile(r"\bUBND\b"), "Ủy ban nhân dân"),
    (re.compile(r"\bTP\.? "), "thành phố "),
)


def agency_type_of(name: str) -> AgencyType | None:
    """Return the kind of agency that ``name`` begins with, or None when that is uncertain."""
    lower = clean(name).casefold()
    if _CENTRAL.match(lower):
        return "bộ, ngành"
    if _LOCAL.match(lower):
        return "tỉnh, thành phố"
    return None


def canonical_name(name: str) -> str:
    """Return the usual spelling of a known agency, so that one agency is counted once.

    ``BỘ TÀI CHÍNH``, ``Uỷ ban nhân dân tỉnh …`` and ``UBND tỉnh …`` become the full name in
    ordinary capitals; an unknown agency keeps its own spelling.
    """
    text = clean(name)
    for pattern, full in _SHORT_FORMS:
        text = pattern.sub(full, text)
    return _KNOWN.get(match_key(text), clean(name))
