"""Sheets to write in: process cards, incident notice, opinion on an investment, consensus brief."""

from __future__ import annotations

from datetime import datetime, timedelta

from courses.models.coalition import THREE_AGENCIES, shapley, standings
from courses.models.investment import PROJECTS, compare
from courses.models.process_cards import CARDS, measure
from courses.sources import the_sources
from courses.takehome.sheet import Column, Field, Parameter, Sheet, Summary

_FOUND = datetime(2026, 11, 27, 14)  # noqa: DTZ001 - a wall clock in the form, as Excel keeps it


def cards() -> Sheet:
    """KT2: the twelve steps of the lesson, to be tagged and changed."""
    today = measure([[card] for card in CARDS])
    lines = tuple(
        {
            "name": card.name,
            "owner": card.owner,
            "touch": card.touch,
            "wait": card.wait,
            "lead": card.touch + card.wait,
            "basis": card.basis,
            "source": "",
            "action": "giữ",
        }
        for card in CARDS
    )
    return Sheet(
        name="the-buoc-quy-trinh",
        title="Bảng thẻ bước của một quy trình",
        lessons=("KT2",),
        fields=(),
        parameters=(),
        columns=(
            Column("name", "Bước", 40),
            Column("owner", "Ai làm", 26),
            Column("touch", "Làm (phút)", 9, "whole"),
            Column("wait", "Chờ (phút)", 9, "whole"),
            Column("lead", "Cộng", 9, "whole", "{touch}+{wait}"),
            Column("basis", "Vì sao có", 12, options=("luật định", "cần", "thói quen")),
            Column("source", "Điều khoản", 20),
            Column(
                "action",
                "Sẽ làm gì",
                20,
                options=("giữ", "bỏ", "gộp bước trước", "làm song song", "tự động hoá"),
            ),
        ),
        lines=lines,
        summaries=(
            Summary("all", "Tổng thời gian (phút)", "whole", "SUM({lead:})", today.lead),
            Summary("work", "Trong đó có người làm (phút)", "whole", "SUM({touch:})", today.touch),
            Summary("part", "Phần có người làm", "percent", "{$work}/{$all}", today.share),
        ),
        room=20,
    )


def incident() -> Sheet:
    """KM3, KT1: the notice of an incident, and until when each has to know."""
    law = the_sources().by_id
    duties = (
        ("Thủ trưởng cơ quan chủ quản", 0, "Quy chế nội bộ: ngay khi phát hiện"),
        (
            "Bộ Công an, thông báo ban đầu (sự cố nghiêm trọng)",
            24,
            f"{law['331/2026/NĐ-CP'].name}, Điều 31 khoản 2 điểm d",
        ),
        (
            "Bộ Công an, báo cáo (sự cố nghiêm trọng)",
            72,
            f"{law['331/2026/NĐ-CP'].name}, Điều 31 khoản 2 điểm d",
        ),
        (
            "Cơ quan chuyên trách bảo vệ dữ liệu cá nhân (khi có vi phạm dữ liệu cá nhân)",
            72,
            f"{law['91/2025/QH15'].name}, Điều 23",
        ),
        (
            "Người có dữ liệu vị trí, sinh trắc học bị lộ",
            72,
            f"{law['356/2025/NĐ-CP'].name}, Điều 29",
        ),
        ("Đơn vị sử dụng, người dân đang chờ", 1, "Nhịp thông báo của đơn vị: mỗi giờ một bản tin"),
    )
    lines = tuple(
        {
            "who": who,
            "hours": hours,
            "due": _FOUND + timedelta(hours=hours),
            "basis": basis,
            "sent": None,
            "late": "",
            "by": "",
        }
        for who, hours, basis in duties
    )
    return Sheet(
        name="thong-bao-su-co",
        title="Phiếu thông báo sự cố 24 giờ, 72 giờ",
        lessons=("KM3", "KT1"),
        fields=(
            Field(
                "Điều đã biết",
                "hệ thống, hiện tượng, phạm vi, từ lúc nào",
                "Một người lạ tải danh sách 8.000 hộ có số điện thoại; đã khoá tài khoản.",
            ),
            Field(
                "Điều chưa biết",
                "nguyên nhân, phạm vi còn phải kiểm",
                "Đường vào và còn dữ liệu nào khác đã bị tải.",
            ),
            Field("Cấp độ và mức nghiêm trọng", "theo hồ sơ cấp độ", "Sự cố nghiêm trọng."),
            Field(
                "Việc đã làm, việc người nhận nên làm",
                "ngắn, kiểm được",
                "Đã tách máy chủ, giữ nguyên nhật ký; không mở liên kết trong tin nhắn lạ.",
            ),
            Field("Giờ nói lại", "hẹn giờ nói lại, không hẹn giờ xong", "16 giờ hôm nay."),
            Field("Đầu mối", "một người, một số điện thoại"),
        ),
        parameters=(Parameter("found", "Phát hiện lúc", "moment", _FOUND),),
        columns=(
            Column("who", "Nơi nhận", 44),
            Column("due", "Hạn muộn nhất", 20, "moment", 'IF({$found}="","",{$found}+{hours}/24)'),
            Column("hours", "Trong (giờ)", 10, "whole"),
            Column("basis", "Căn cứ", 40),
            Column("sent", "Gửi lúc", 20, "moment"),
            Column(
                "late",
                "Đúng hạn",
                12,
                formula=(
                    'IF(OR({sent}="",{due}=""),"",'
                    'IF(ROUND(({sent}-{due})*1440,0)>0,"muộn","đúng hạn"))'
                ),
                alarm="muộn",
            ),
            Column("by", "Người gửi", 20),
        ),
        lines=lines,
        room=8,
    )


def opinion() -> Sheet:
    """QL4: the opinion on the lesson's mandatory project."""
    project = next(one for one in PROJECTS if one.code == "D")
    cost = compare(PROJECTS, [100], 0.1, frozenset({"D"})).opportunity_cost
    told = (
        ("Sự cần thiết, căn cứ", "đạt", "Biên bản kiểm tra yêu cầu khắc phục trong 12 tháng."),
        ("Trùng lặp, khả năng dùng lại", "đạt", "Không có nền tảng dùng chung thay được."),
        ("Phù hợp kiến trúc, tiêu chuẩn", "đạt", ""),
        ("Chi phí cả vòng đời", "cần bổ sung", "Chưa có chi phí vận hành sau năm thứ năm."),
        ("Hiệu quả, giá trị hiện tại ròng", "đạt", "NPV dương ở tỷ lệ chiết khấu 10 %."),
        ("Chi phí cơ hội của dự án bắt buộc", "cần bổ sung", "Tờ trình phải nêu con số này."),
        ("An toàn thông tin, tỷ lệ chi cho an ninh mạng", "đạt", ""),
        ("Nguồn vốn, tiến độ bố trí", "đạt", ""),
        ("Điều kiện dừng hoặc điều chỉnh", "cần bổ sung", "Chưa có mốc kiểm tra và người quyết."),
    )
    lines = tuple(
        {"what": what, "verdict": verdict, "why": why, "basis": "", "ask": ""}
        for what, verdict, why in told
    )
    missing = sum(verdict == "cần bổ sung" for _, verdict, _ in told)
    return Sheet(
        name="phieu-tham-dinh",
        title="Phiếu ý kiến thẩm định đầu tư công nghệ thông tin",
        lessons=("QL4", "QL2"),
        fields=(
            Field("Dự án", "tên, chủ đầu tư", f"{project.name} (dự án {project.code})"),
            Field(
                "Tổng mức đầu tư", "tỷ đồng, nguồn", f"{project.capital} tỷ đồng, ngân sách tỉnh"
            ),
            Field(
                "Chi phí cơ hội",
                "NPV mất đi so với danh mục tốt nhất",
                f"{cost:.2f} tỷ đồng ở trần vốn 100 tỷ".replace(".", ","),
            ),
            Field(
                "Kết luận",
                "đồng ý, đồng ý có điều kiện, chưa đồng ý",
                "Đồng ý có điều kiện: bổ sung các điểm ghi ở bảng trước khi trình.",
            ),
        ),
        parameters=(),
        columns=(
            Column("what", "Nội dung xem xét", 40),
            Column(
                "verdict",
                "Ý kiến",
                14,
                options=("đạt", "không đạt", "cần bổ sung"),
                alarm="không đạt",
            ),
            Column("why", "Lý do", 44),
            Column("basis", "Căn cứ", 24),
            Column("ask", "Đề nghị sửa, bổ sung", 30),
        ),
        lines=lines,
        summaries=(
            Summary(
                "open",
                "Số điểm cần bổ sung",
                "whole",
                'COUNTIF({verdict:},"cần bổ sung")',
                missing,
            ),
        ),
        room=12,
    )


def consensus() -> Sheet:
    """KM2: the three agencies of the lesson, what each would do alone and what each pays."""
    shares = shapley(THREE_AGENCIES)
    alone = {s.group: s for s in standings(THREE_AGENCIES, shares) if len(s.group) == 1}
    said = {
        "S": ("Họp ngay để chốt chia đều", "Kịp dự toán; không gánh phần của hai bên kia"),
        "T": (
            "Thống nhất chủ trương, chờ ý kiến của cơ quan thuế cấp trên",
            "Không vượt thẩm quyền; giữ bí mật người nộp thuế; không nhập hai lần, không tiền lệ",
        ),
        "N": (
            "Không cung cấp bản sao cơ sở dữ liệu đất đai",
            "Không bị quy trách nhiệm, không thêm việc cho hai người, không bị khiếu nại",
        ),
    }
    names = {
        "S": "Sở Xây dựng (S)",
        "T": "Thuế tỉnh (T)",
        "N": "Sở Nông nghiệp và Môi trường (N)",
    }
    lines = tuple(
        {
            "who": names[one],
            "position": said[one][0],
            "interest": said[one][1],
            "alone": alone[one].alone,
            "pays": shares[one],
            "saving": alone[one].saving,
            "stays": "có" if alone[one].saving >= 0 else "không",
            "give": "",
            "get": "",
        }
        for one in THREE_AGENCIES.players
    )
    return Sheet(
        name="ban-dong-thuan",
        title="Bản chuẩn bị tạo đồng thuận",
        lessons=("KM2",),
        fields=(
            Field(
                "Việc chung",
                "một câu",
                "Nền tảng kết nối dữ liệu nhà, đất của ba cơ quan; làm chung hết 20 tỷ đồng "
                "trong năm năm.",
            ),
            Field("Ai quyết định nếu không đồng thuận", "tên, thời hạn"),
            Field("Biên bản, ngày kiểm lại", "ai giữ, ngày nào"),
        ),
        parameters=(
            Parameter("cost", "Chi phí làm chung (tỷ đồng)", "number", THREE_AGENCIES.total),
        ),
        columns=(
            Column("who", "Bên", 26),
            Column("position", "Lập trường", 28),
            Column("interest", "Lợi ích phải giữ, phải tránh", 36),
            Column("alone", "Tự đi (tỷ)", 10, "number"),
            Column("pays", "Góp (tỷ)", 10, "number"),
            Column("saving", "Tiết kiệm", 10, "number", "{alone}-{pays}"),
            Column(
                "stays",
                "Có lý do ở lại",
                11,
                formula='IF({saving}<0,"không","có")',
                alarm="không",
            ),
            Column("give", "Nhượng bộ", 24),
            Column("get", "Cam kết đổi lại (việc, số, ngày)", 28),
        ),
        lines=lines,
        summaries=(
            Summary("paid", "Cộng phần góp", "number", "SUM({pays:})", sum(shares.values())),
            Summary(
                "gap",
                "Còn thiếu so với chi phí làm chung",
                "number",
                "ROUND({$cost}-{$paid},6)",
                0,
            ),
        ),
        room=8,
    )
