"""Variants of QL6-25: five acts of a province's programme out of a pool, by whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_PARTY, _COUNCIL = "Cấp uỷ tỉnh", "Hội đồng nhân dân tỉnh"
_COMMITTEE, _OFFICE = "UBND tỉnh, Chủ tịch UBND tỉnh", "Sở phụ trách chuyển đổi số"
_LEAST = 3  # of the four roles
_POOL = (
    (
        "Ra nghị quyết nêu chủ trương chuyển đổi số của nhiệm kỳ",
        _PARTY,
        "Cấp uỷ lãnh đạo bằng chủ trương; muốn một sở phải làm thì UBND còn phải ban hành.",
    ),
    (
        "Kiểm tra tổ chức đảng cấp dưới thực hiện nghị quyết của đảng bộ",
        _PARTY,
        "Kiểm tra trong Đảng, khác với thanh tra, kiểm tra của cơ quan nhà nước.",
    ),
    (
        "Phân công cấp uỷ viên theo dõi lĩnh vực chuyển đổi số",
        _PARTY,
        "Công tác cán bộ trong Đảng; không thay cho phân công của UBND.",
    ),
    (
        "Cho ý kiến về nhân sự thuộc diện cấp uỷ quản lý trước khi bổ nhiệm",
        _PARTY,
        "Lãnh đạo bằng công tác cán bộ; quyết định bổ nhiệm vẫn do cơ quan nhà nước ký.",
    ),
    (
        "Phân bổ ngân sách tỉnh, trong đó có tiền cho nền tảng số",
        _COUNCIL,
        "Quyết ngân sách địa phương là quyền của HĐND.",
    ),
    (
        "Thông qua kế hoạch đầu tư công trung hạn của tỉnh",
        _COUNCIL,
        "UBND lập và trình, HĐND quyết.",
    ),
    (
        "Chất vấn Chủ tịch UBND tỉnh về dịch vụ công trực tuyến",
        _COUNCIL,
        "Chất vấn là quyền giám sát của đại biểu HĐND.",
    ),
    (
        "Giám sát chuyên đề việc chi cho CNTT trong ba năm",
        _COUNCIL,
        "Giám sát của cơ quan dân cử; sở cung cấp tài liệu, không thay kết luận.",
    ),
    (
        "Ký ban hành quyết định quy phạm về đầu mối CNTT của sở, xã",
        _COMMITTEE,
        "Đặt nghĩa vụ chung cho nhiều cơ quan thì UBND tỉnh ban hành.",
    ),
    (
        "Quy định nhiệm vụ, cơ cấu của sở phụ trách chuyển đổi số",
        _COMMITTEE,
        "Sở không tự quy định nhiệm vụ của mình; UBND tỉnh quy định theo khung của nghị định.",
    ),
    (
        "Giao chỉ tiêu số hoá hằng năm cho các sở và UBND xã",
        _COMMITTEE,
        "Điều hành các cơ quan cấp dưới là việc của UBND tỉnh.",
    ),
    (
        "Bãi bỏ văn bản trái pháp luật của UBND một xã",
        _COMMITTEE,
        "Thẩm quyền với văn bản của UBND cấp dưới; sở phát hiện thì báo cáo.",
    ),
    (
        "Xây dựng dự thảo quyết định về đầu mối CNTT để trình",
        _OFFICE,
        "Tham mưu: soạn, lấy ý kiến, trình; không ban hành.",
    ),
    (
        "Hướng dẫn nghiệp vụ cho đầu mối CNTT của các xã",
        _OFFICE,
        "Hướng dẫn chuyên môn, không quản lý con người của xã.",
    ),
    (
        "Tổng hợp báo cáo CNTT của các xã thành báo cáo chung để trình",
        _OFFICE,
        "Theo dõi, tổng hợp theo phân công.",
    ),
    (
        "Mở lớp bồi dưỡng kỹ năng số cho đầu mối CNTT",
        _OFFICE,
        "Việc chuyên môn của sở, trong kế hoạch đã được giao.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five acts that at least three roles share."""
    while True:
        drawn = rng.sample(_POOL, 5)
        if len({role for _, role, _ in drawn}) >= _LEAST:
            break
    values: dict[str, str] = {}
    for place, (text, role, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": role, f"f{place}": why}
    return values
