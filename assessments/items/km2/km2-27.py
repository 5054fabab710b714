"""Variants of KM2-27: what a coordinator may promise, must submit, or nobody may promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_POOL = {
    "Tự cam kết được": (
        (
            "Cử hai kỹ sư của đơn vị chuyên trách CNTT viết phần kết nối trong một tháng",
            "Người và việc của chính đơn vị mình điều hành.",
        ),
        (
            "Gửi Sở ấy nhật ký tra cứu của nền tảng vào ngày 05 hằng tháng",
            "Việc vận hành của đơn vị mình, làm được ngay.",
        ),
        (
            "Soạn giúp hồ sơ kỹ thuật để Sở ấy trình cấp trên",
            "Công của đơn vị mình, không đụng tới quyền của ai.",
        ),
        (
            "Dời buổi kiểm thử của đơn vị mình sang tuần Sở ấy rảnh, vẫn trong hạn được giao",
            "Lịch nội bộ, không đổi hạn mà UBND tỉnh đã giao.",
        ),
    ),
    "Phải trình người có thẩm quyền": (
        (
            "Bổ sung dự toán năm sau cho Sở ấy vận hành kết nối",
            "Dự toán của một sở không do đầu mối dự án quyết.",
        ),
        (
            "Đưa Sở ấy ra khỏi danh sách phải xong trong năm của kế hoạch tỉnh",
            "Kế hoạch do UBND tỉnh ban hành thì UBND tỉnh mới sửa được.",
        ),
        (
            "Điều một công chức của đơn vị khác sang giúp Sở ấy sáu tháng",
            "Người của đơn vị khác; phải trình nơi có quyền điều động.",
        ),
        (
            "Gia hạn thêm một quý so với hạn UBND tỉnh đã giao",
            "Hạn do cấp trên đặt; đầu mối nêu lý do và trình.",
        ),
    ),
    "Không ai được hứa": (
        (
            "Chọn sẵn nhà cung cấp quen của Sở ấy trước khi đấu thầu",
            "Thông đồng, cản trở cạnh tranh là điều luật đấu thầu cấm.",
        ),
        (
            "Để Sở ấy dùng dữ liệu cá nhân thu được vào việc khác với mục đích đã ghi",
            "Dùng ngoài mục đích là trái luật; cấp nào đồng ý cũng vậy.",
        ),
        (
            "Ghi ngày ký lùi về tháng trước cho khớp kế hoạch",
            "Văn bản ghi sai ngày là văn bản không đúng sự thật.",
        ),
        (
            "Xoá phần nhật ký cho thấy cán bộ Sở ấy từng tra cứu sai mục đích",
            "Xoá dấu vết sai phạm không phải là nhượng bộ.",
        ),
    ),
}


def variant(rng: random.Random) -> dict[str, str]:
    """Draw five promises, at least one of each sort."""
    kinds = [*_POOL, *rng.choices(list(_POOL), k=2)]
    drawn = [(*row, kind) for kind in _POOL for row in rng.sample(_POOL[kind], kinds.count(kind))]
    rng.shuffle(drawn)
    return {
        f"{mark}{place}": text
        for place, row in enumerate(drawn, start=1)
        for mark, text in zip("tfk", row, strict=True)
    }
