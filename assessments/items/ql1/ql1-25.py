"""Variants of QL1-25: six works out of a pool, each with who has to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_SORTS = 3
_OWN = "Tự làm, không giao ra ngoài"
_HIRED = "Thuê được, mình giao việc và nghiệm thu"
_OFFICE = "Đơn vị nghiệp vụ làm, mình phối hợp"
_OTHER = "Cơ quan khác có thẩm quyền"
_POOL = (
    (
        "Soạn quy chế kết nối để trình UBND tỉnh ban hành",
        _OWN,
        "Đặt quy định là việc được giao; có tư vấn giúp thì người trình vẫn là Chi cục.",
    ),
    (
        "Kết luận sở nào đã làm trái quy chế ký số",
        _OWN,
        "Kết luận kiểm tra cần thẩm quyền; hợp đồng không chuyển được thẩm quyền.",
    ),
    (
        "Chọn thứ tự ưu tiên của kế hoạch 5 năm để trình",
        _OWN,
        "Chọn việc và thứ tự là tham mưu chính sách; tư vấn cung cấp số liệu, không chọn thay.",
    ),
    (
        "Theo dõi các sở khắc phục sau kết luận kiểm tra",
        _OWN,
        "Người kết luận phải khép vòng; giao ra ngoài thì kết luận mất hiệu quả.",
    ),
    (
        "Trực tổng đài hướng dẫn người dùng phần mềm một cửa",
        _HIRED,
        "Dịch vụ kỹ thuật, đo được bằng thời gian trả lời; tự trực là mất giờ quản lý.",
    ),
    (
        "Bảo trì máy chủ và đường truyền của trung tâm dữ liệu",
        _HIRED,
        "Thuê theo mức dịch vụ; phần giữ lại là đặt yêu cầu, đo và nghiệm thu.",
    ),
    (
        "Đo tốc độ cổng dịch vụ công ở 40 xã theo kịch bản đã duyệt",
        _HIRED,
        "Thu số đo theo kịch bản thì thuê được; đọc số và kết luận mới là việc của Chi cục.",
    ),
    (
        "Quét, nhập hồ sơ giấy của kho lưu trữ lịch sử",
        _HIRED,
        "Khối lượng lớn, đếm được, kiểm mẫu được: thuê và nghiệm thu.",
    ),
    (
        "Viết yêu cầu nghiệp vụ cho phần mềm cấp phép xây dựng",
        _OFFICE,
        "Sở chủ quản thủ tục biết thủ tục cần gì; Chi cục góp về dùng chung và kết nối.",
    ),
    (
        "Sửa một bản ghi sai trong sổ đăng ký hộ tịch",
        _OFFICE,
        "Cơ quan đăng ký hộ tịch chịu trách nhiệm về bản ghi; Chi cục không sửa thay.",
    ),
    (
        "Quyết định hồ sơ trợ cấp nào đủ điều kiện",
        _OFFICE,
        "Đó là quyết định nghiệp vụ; hệ thống giúp tra cứu chứ không quyết định thay.",
    ),
    (
        "Rà lại mẫu đơn của thủ tục về người có công",
        _OFFICE,
        "Nơi giải quyết thủ tục biết ô nào còn cần; Chi cục cho biết dữ liệu nào đã có sẵn.",
    ),
    (
        "Điều tra ai đã lấy trộm dữ liệu của cổng dịch vụ công",
        _OTHER,
        "Điều tra thuộc cơ quan công an; mình báo, giữ nguyên nhật ký và phối hợp.",
    ),
    (
        "Cho phép dùng dữ liệu dân cư vào một mục đích mới",
        _OTHER,
        "Cơ quan quản lý cơ sở dữ liệu quốc gia về dân cư quyết định phạm vi khai thác.",
    ),
    (
        "Sửa điều của luật đang gây vướng cho ký số",
        _OTHER,
        "Luật do Quốc hội sửa; tỉnh kiến nghị qua cơ quan trình, không tự đặt ngoại lệ.",
    ),
    (
        "Bãi bỏ một thông tư mà tỉnh thấy không còn phù hợp",
        _OTHER,
        "Cấp đã ban hành mới bãi bỏ được; tỉnh gửi kiến nghị kèm số liệu.",
    ),
)


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six works of at least three sorts."""
    while True:
        drawn = rng.sample(_POOL, 6)
        if len({who for _, who, _ in drawn}) >= _SORTS:
            break
    values: dict[str, str] = {}
    for place, (text, who, why) in enumerate(drawn, start=1):
        values |= {f"e{place}": text, f"c{place}": who, f"f{place}": why}
    return values
