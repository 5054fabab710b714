"""Variants of KM2-31: which lines of a draft agreement differ from the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def _lines(rng: random.Random) -> list[tuple[str, ...]]:
    """Each point: the minutes, the draft that keeps it, two that do not, and what changed."""
    fields, months, days = rng.randint(8, 24), rng.choice([12, 18, 24, 36]), rng.randint(2, 5)
    day, review = rng.randint(10, 27), rng.choice([6, 9, 12])
    return [
        (
            f"Sở Công Thương mở {fields} trường dữ liệu của từng cơ sở.",
            f"Mỗi cơ sở có {fields} trường do Sở Công Thương mở cho các bên",
            f"Sở Công Thương mở {fields + 3} trường dữ liệu của từng cơ sở cho các bên",
            f"Mỗi cơ sở có {fields - 3} trường do Sở Công Thương mở cho các bên",
            "Số trường đã đổi.",
        ),
        (
            f"Kết nối chạy chính thức từ ngày {day}/11/2026.",
            f"Ngày {day}/11/2026 là ngày kết nối bắt đầu chạy chính thức",
            f"Kết nối chạy thử từ ngày {day}/11/2026, chạy chính thức khi đủ điều kiện",
            f"Ngày {day}/11/2026 là ngày kết nối bắt đầu chạy thử, trước khi chạy chính thức",
            "Ngày chính thức thành ngày chạy thử; hạn đã mất.",
        ),
        (
            "Thuế tỉnh tham gia sau khi cơ quan thuế cấp trên có ý kiến bằng văn bản.",
            "Có văn bản ý kiến của cơ quan thuế cấp trên thì Thuế tỉnh bắt đầu tham gia",
            "Thuế tỉnh tham gia từ ngày ký, đồng thời xin ý kiến cơ quan thuế cấp trên",
            "Có văn bản ký kết thì Thuế tỉnh tham gia ngay, ý kiến cấp trên gửi bổ sung",
            "Điều kiện của ngành dọc bị biến thành việc làm sau.",
        ),
        (
            f"Nhật ký tra cứu lưu {months} tháng tại đơn vị chuyên trách CNTT.",
            f"Đơn vị chuyên trách CNTT lưu nhật ký tra cứu trong {months} tháng",
            f"Nhật ký tra cứu lưu {months} tháng tại đơn vị khai thác dữ liệu",
            f"Đơn vị khai thác dữ liệu lưu nhật ký tra cứu trong {months} tháng",
            "Nơi lưu đã đổi: bên bị giám sát lại giữ nhật ký.",
        ),
        (
            f"Bên phát hiện sai lệch báo Sở Công Thương trong {days} ngày làm việc.",
            f"Thấy sai lệch thì trong {days} ngày làm việc phải báo Sở Công Thương",
            f"Bên phát hiện sai lệch tự sửa trên bản của mình trong {days} ngày làm việc",
            f"Thấy sai lệch thì trong {days} ngày làm việc phải sửa xong ở nơi phát hiện",
            "Báo về nguồn đã thành tự sửa bản sao.",
        ),
        (
            "Sở Tài chính tham gia, bảo lưu ý kiến về mức góp năm 2027.",
            "Ý kiến của Sở Tài chính về mức góp năm 2027 được ghi là điểm bảo lưu",
            "Sở Tài chính tham gia và nhất trí với mức góp năm 2027 của các bên",
            "Ý kiến của Sở Tài chính về mức góp năm 2027 đã được các bên thống nhất",
            "Điểm bảo lưu bị xoá, một bên bị ghi thay.",
        ),
        (
            "Đơn vị chuyên trách CNTT trực kỹ thuật ngoài giờ trong ba tháng đầu.",
            "Ba tháng đầu, việc trực kỹ thuật ngoài giờ do đơn vị chuyên trách CNTT làm",
            "Các bên luân phiên trực kỹ thuật ngoài giờ trong ba tháng đầu",
            "Ba tháng đầu, việc trực kỹ thuật ngoài giờ do các bên chia nhau làm",
            "Việc của một bên đã thành việc của nhiều bên.",
        ),
        (
            f"Thoả thuận được xem lại sau {review} tháng, bên nào cũng có quyền đề nghị sửa.",
            f"Sau {review} tháng các bên xem lại; quyền đề nghị sửa thuộc về từng bên",
            f"Thoả thuận được xem lại sau {review} tháng theo đề nghị của đơn vị điều phối",
            f"Sau {review} tháng các bên xem lại; đơn vị điều phối đề nghị sửa nếu thấy cần",
            "Quyền đề nghị sửa của từng bên đã mất.",
        ),
    ]


def variant(rng: random.Random) -> dict[str, str]:
    """Draw six points in two orders; two to four of them are altered in the draft."""
    drawn = rng.sample(_lines(rng), 6)
    altered = rng.sample(drawn, rng.randint(2, 4))
    minutes = rng.sample(drawn, len(drawn))
    values = {f"n{place}": row[0] for place, row in enumerate(minutes, start=1)}
    for place, row in enumerate(drawn, start=1):
        same, kept, *changed, why = row
        values |= {
            f"t{place}": rng.choice(changed if row in altered else [same.rstrip("."), kept]),
            f"k{place}": "true" if row in altered else "false",
            f"f{place}": why if row in altered else "Nghĩa giữ nguyên như biên bản.",
        }
    return values
