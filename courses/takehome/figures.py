"""Sheets that compute: investment, availability of a chain, earned value, the four figures."""

from __future__ import annotations

from typing import get_args

from courses.models import availability, earned_value, investment, reconciliation
from courses.models.critical_path import baseline
from courses.takehome.sheet import Column, Field, Parameter, Sheet, Summary

_RATE, _CAP = 0.1, 100
_ADVANCE = 0  # the lesson's second project has recovered all of it


def npv() -> Sheet:
    """QL4: the lesson's projects with their value today, and what the chosen ones come to."""
    best = investment.best_plan(investment.PROJECTS, [_CAP], _RATE)
    lines = tuple(
        {
            "name": f"{project.code}. {project.name}",
            "capital": project.capital,
            **{f"f{year}": flow for year, flow in enumerate(project.inflows, start=1)},
            "value": investment.npv(project, _RATE),
            "ratio": investment.npv(project, _RATE) / project.capital,
            "chosen": "có" if project.code in best.starts else "không",
        }
        for project in investment.PROJECTS
    )
    chosen = 'SUMIF({chosen:},"có",{%s:})'
    return Sheet(
        name="bang-dau-tu",
        title="Bảng giá trị hiện tại ròng và danh mục trong trần vốn",
        lessons=("QL4",),
        fields=(),
        parameters=(
            Parameter("rate", "Tỷ lệ chiết khấu một năm", "percent", _RATE),
            Parameter("cap", "Trần vốn (tỷ đồng)", "number", _CAP),
        ),
        columns=(
            Column("name", "Dự án", 36),
            Column("capital", "Vốn (tỷ đồng)", 10, "number"),
            *(Column(f"f{year}", f"Năm {year}", 8, "number") for year in range(1, 6)),
            Column("value", "NPV", 10, "number", "NPV({$rate},{f1}:{f5})-{capital}"),
            Column("ratio", "NPV trên vốn", 10, "number", 'IF({capital}>0,{value}/{capital},"")'),
            Column("chosen", "Chọn", 9, options=("có", "không")),
        ),
        lines=lines,
        summaries=(
            Summary("spent", "Vốn của các dự án chọn", "number", chosen % "capital", best.capital),
            Summary("total", "NPV của các dự án chọn", "number", chosen % "value", best.npv),
            Summary(
                "rest",
                "Trần vốn còn lại (âm là vượt)",
                "number",
                "{$cap}-{$spent}",
                _CAP - best.capital,
            ),
        ),
        room=12,
    )


def chain() -> Sheet:
    """QL2: the chain of the lesson, with the second trunk on another way."""
    stages = availability.upgraded(
        availability.province_chain(), availability.province_upgrades()[1:2]
    ).chain
    whole = availability.availability(stages)
    lines = tuple(
        {
            "name": stage.name,
            "unit": stage.unit,
            "copies": stage.copies,
            "shared": stage.shared,
            "share": stage.availability,
            "hours": availability.downtime(stage.availability),
            "proof": "",
        }
        for stage in stages
    )
    return Sheet(
        name="chuoi-san-sang",
        title="Bảng độ sẵn sàng của một chuỗi dịch vụ",
        lessons=("QL2",),
        fields=(),
        parameters=(
            Parameter(
                "year", "Số giờ phục vụ một năm", "whole", availability.HOURS_A_YEAR, usual=True
            ),
        ),
        columns=(
            Column("name", "Chặng", 32),
            Column("unit", "Sẵn sàng của một bản", 12, "percent"),
            Column("copies", "Số bản", 9, "whole"),
            Column("shared", "Phần hỏng chung", 11, "percent"),
            Column(
                "share",
                "Sẵn sàng của chặng",
                12,
                "percent",
                "IF(MAX({copies},1)=1,{unit},"
                "1-({shared}*(1-{unit})+((1-{shared})*(1-{unit}))^{copies}))",
            ),
            Column("hours", "Giờ ngừng một năm", 12, "number", "(1-{share})*{$year}"),
            Column("proof", "Chứng cứ", 30),
        ),
        lines=lines,
        summaries=(
            Summary("whole", "Sẵn sàng của cả chuỗi", "percent", "PRODUCT({share:})", whole),
            Summary(
                "down",
                "Giờ ngừng dự kiến một năm của cả chuỗi",
                "number",
                "(1-{$whole})*{$year}",
                availability.downtime(whole),
            ),
        ),
        room=10,
    )


def earned() -> Sheet:
    """QL5: the lesson's project at its control date."""
    week, begins = earned_value.TODAY, baseline(earned_value.PROJECT)
    stand = earned_value.status(earned_value.PROJECT, week)
    lines = tuple(
        {
            "name": f"{one.code}. {one.name}",
            "budget": one.budget,
            "start": begins[one.code].start,
            "weeks": one.weeks,
            "done": one.done,
            "spent": one.spent,
            "planned": one.budget * min(1.0, max(0.0, (week - begins[one.code].start) / one.weeks)),
            "earned": one.budget * one.done,
        }
        for one in earned_value.PROJECT
    )
    return Sheet(
        name="trang-gia-tri-thu-duoc",
        title="Trang theo dõi dự án hằng tháng theo giá trị thu được",
        lessons=("QL5",),
        fields=(
            Field("Điều đã lệch", "con số nào, từ khi nào"),
            Field("Nguyên nhân", "một lần hay còn tiếp diễn"),
            Field("Quyết định đề nghị", "ai quyết, trước ngày nào"),
        ),
        parameters=(Parameter("week", "Tuần báo cáo", "whole", week),),
        columns=(
            Column("name", "Việc", 32),
            Column("budget", "Dự toán (triệu đồng)", 11, "whole"),
            Column("start", "Bắt đầu (sau tuần)", 10, "whole"),
            Column("weeks", "Số tuần", 8, "whole"),
            Column("done", "Phần xong", 9, "percent"),
            Column("spent", "Chi phí thực tế (AC)", 11, "whole"),
            Column(
                "planned",
                "Kế hoạch (PV)",
                11,
                "number",
                'IF({weeks}>0,{budget}*MIN(1,MAX(0,({$week}-{start})/{weeks})),"")',
            ),
            Column("earned", "Thu được (EV)", 11, "number", "{budget}*{done}"),
        ),
        lines=lines,
        summaries=(
            Summary("bac", "Dự toán được duyệt (BAC)", "number", "SUM({budget:})", stand.budget),
            Summary("pv", "Kế hoạch đến nay (PV)", "number", "SUM({planned:})", stand.planned),
            Summary("ev", "Thu được đến nay (EV)", "number", "SUM({earned:})", stand.earned),
            Summary("ac", "Chi phí đến nay (AC)", "number", "SUM({spent:})", stand.actual),
            Summary("cpi", "Chỉ số chi phí (CPI = EV / AC)", "number", "{$ev}/{$ac}", stand.cpi),
            Summary("spi", "Chỉ số tiến độ (SPI = EV / PV)", "number", "{$ev}/{$pv}", stand.spi),
            Summary(
                "eac",
                "Dự báo khi xong, theo đà (EAC = BAC / CPI)",
                "number",
                "{$bac}/{$cpi}",
                stand.forecast_at_trend,
            ),
        ),
    )


_DECIDED = "dự phòng đã có quyết định"
_PAPERS = {"Đào tạo người dùng": "Chứng từ nộp trả 30 triệu đồng; Ban quản lý, trước 31/01"}


def four_figures() -> Sheet:
    """KM4: the four figures of the lesson's project line by line, and what must be explained."""
    project = reconciliation.LINES
    found = reconciliation.findings(project)
    sums = reconciliation.totals(project)
    lines = tuple(
        {
            "name": one.name,
            "estimate": one.estimate,
            "contract": one.contract,
            "accepted": one.accepted,
            "paid": one.paid,
            "free": one.estimate - one.contract,
            "owed": reconciliation.to_settle(one),
            "nature": _DECIDED if one.decided else one.nature,
            "asset": "có" if one.asset else "không",
            "explain": "; ".join(finding.rule for finding in found if finding.line == one.name),
            "papers": _PAPERS.get(one.name, ""),
        }
        for one in project
    )
    return Sheet(
        name="bang-bon-con-so",
        title="Bảng bốn con số theo dòng",
        lessons=("KM4",),
        fields=(
            Field(
                "Bảo lãnh tạm ứng",
                "giá trị, ngày hết hạn, ai nhắc trước 30 ngày",
                "Tạm ứng đã thu hồi hết, bảo lãnh đã trả.",
            ),
            Field(
                "Khoản chưa có trong dự toán năm sau",
                "bản quyền, đường truyền, bảo trì",
                "Bản quyền dùng một năm, 890 triệu đồng.",
            ),
            Field("Ngày họp với kế toán", "ai dự, trước hạn báo cáo nào"),
        ),
        parameters=(Parameter("advance", "Tạm ứng chưa thu hồi (triệu đồng)", "whole", _ADVANCE),),
        columns=(
            Column("name", "Dòng", 26),
            Column("estimate", "Dự toán", 10, "whole"),
            Column("contract", "Hợp đồng", 10, "whole"),
            Column("accepted", "Nghiệm thu", 12, "whole"),
            Column("paid", "Đã trả cho khối lượng", 10, "whole"),
            Column("free", "Còn tự do", 10, "whole", "{estimate}-{contract}"),
            Column(
                "owed",
                "Còn nợ (âm: phải thu hồi)",
                11,
                "whole",
                "MIN({accepted},{contract})-{paid}",
            ),
            Column("nature", "Tính chất", 15, options=(*get_args(reconciliation.Nature), _DECIDED)),
            Column("asset", "Ghi sổ tài sản", 9, options=("có", "không")),
            Column("explain", "Phải giải trình", 24, formula=_explain()),
            Column("papers", "Giấy tờ còn thiếu, ai xử lý, ngày xong", 30),
        ),
        lines=lines,
        summaries=(
            Summary("estimates", "Tổng dự toán", "whole", "SUM({estimate:})", sums.estimate),
            Summary("contracts", "Tổng hợp đồng", "whole", "SUM({contract:})", sums.contract),
            Summary("work", "Tổng nghiệm thu", "whole", "SUM({accepted:})", sums.accepted),
            Summary("out", "Giải ngân", "whole", "SUM({paid:})+{$advance}", sums.paid + _ADVANCE),
            Summary(
                "volume",
                "Khối lượng trên hợp đồng",
                "percent",
                "{$work}/{$contracts}",
                sums.accepted / sums.contract,
            ),
            Summary(
                "share",
                "Giải ngân trên hợp đồng",
                "percent",
                "{$out}/{$contracts}",
                (sums.paid + _ADVANCE) / sums.contract,
            ),
            Summary(
                "faults",
                "Số dòng phải giải trình",
                "whole",
                'SUMPRODUCT(--({explain:}<>""))',
                len({finding.line for finding in found}),
            ),
        ),
    )


def _explain() -> str:
    """The rules of ``reconciliation.findings`` that a line breaks, as a formula."""
    amounts = "{estimate}:{paid}"
    slipped = f"IFERROR(MAX({amounts})>100*SMALL({amounts},COUNTIF({amounts},0)+1),FALSE)"
    tests = (
        ("{contract}>{estimate}", "hợp đồng vượt dự toán"),
        ("{accepted}>{contract}", "nghiệm thu vượt hợp đồng"),
        ("{paid}>{accepted}", "trả vượt nghiệm thu"),
        (
            'AND({nature}="dự phòng",{contract}>0)',
            "dùng dự phòng khi chưa có quyết định",
        ),
        ('AND({nature}="dùng theo năm",{asset}="có")', "ghi tài sản cho khoản dùng theo năm"),
    )
    broken = "&".join(f'IF({test},"; {rule}","")' for test, rule in tests)
    return f'IF({slipped},"lệch đơn vị tính",MID({broken},3,200))'
