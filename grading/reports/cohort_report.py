"""The cohort report for the Cục: figures, the sentences that follow from them, and the annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grading.reports import tables
from grading.reports.annex import ANNEX_TITLE, annex
from grading.reports.cohort import summarise
from grading.reports.disclosure import MINIMUM
from grading.reports.model import Chart, Paragraph, Report, Section, Subheading
from grading.reports.plots import FunnelPlot, Histogram, Interval, Intervals
from grading.reports.remarks import findings, proposals
from grading.reports.wording import percent

if TYPE_CHECKING:
    from grading.reports.cohort import CohortInput, CohortReport
    from grading.reports.figures import AreaResult
    from grading.reports.model import Block, Table

DEMO = (
    "Văn bản này lập từ dữ liệu mô phỏng trong một tình huống giả định, chỉ để minh hoạ; mọi cơ "
    "quan, con số và người ký nêu ở đây không có giá trị thực tế."
)


def cohort_report(data: CohortInput, found: CohortReport | None = None) -> Report:
    """The report of ``data``; ``found`` is what may be printed of it, when less than the usual.

    Raises:
        DecisionError: when the tables cannot be reported on.
    """
    found = found or summarise(data)
    return Report(
        kind="cohort",
        name="BÁO CÁO",
        subject=data.title,
        letterhead=data.letterhead,
        sections=(
            Section("", _opening(data)),
            Section("I. KẾT QUẢ CHUNG", _overall(found), "Kết quả chung"),
            Section("II. KẾT QUẢ THEO LĨNH VỰC", _areas(found), "Theo lĩnh vực"),
            Section("III. NĂNG LỰC THEO LOẠI CƠ QUAN", _competencies(found), "Năng lực"),
            Section("IV. KẾT QUẢ THEO CƠ QUAN", _agencies(found), "Theo cơ quan"),
            Section("V. NHẬN XÉT VÀ KIẾN NGHỊ", _conclusion(found), "Nhận xét"),
        ),
        annex_title=ANNEX_TITLE,
        annex=annex(data.policy_id),
    )


def _opening(data: CohortInput) -> tuple[Block, ...]:
    issuer = data.letterhead.issuer
    text = f"Thực hiện {data.mandate}, {issuer} báo cáo kết quả {data.sitting_name} như sau:"
    demo = (Paragraph(DEMO),) if data.letterhead.is_demo else ()
    return (Paragraph(text), *demo)


def _overall(found: CohortReport) -> tuple[Block, ...]:
    return (
        Paragraph(
            f"Đợt đánh giá có {found.n} người dự thi thuộc {found.agencies} cơ quan: "
            f"{found.first.n} người thi lần đầu, {found.again.n} người thi lại. Hai nhóm được "
            "tính riêng.",
            derived=(found.n, found.agencies),
        ),
        tables.status_table(found),
        tables.rate_table(found),
    )


def _areas(found: CohortReport) -> tuple[Block, ...]:
    drawn = any(area.bins for area in found.areas)
    return (
        _rates(found, tables.area_table(found)),
        *([Paragraph(_HOW_TO_READ)] if drawn else []),
        *(_distribution(area) for area in found.areas),
        *([Paragraph(tables.DISTRIBUTION_NOTE)] if drawn else []),
    )


_HOW_TO_READ = (
    "Phân bố điểm dưới đây chỉ gồm người thi lần đầu. Vạch đậm là điểm cắt; dải chấm là một sai "
    "số chuẩn của phép đo (SEM) về mỗi phía; cột gạch chéo nằm dưới điểm cắt. Cột rộng hẹp khác "
    "nhau: diện tích cột ứng với số người, ghi trên đầu cột."
)


def _rates(found: CohortReport, table: Table) -> Block:
    rows = tuple(
        Interval(f"{area.code} (n = {area.first.n})", area.first.share, *area.first.interval)
        for area in found.areas
        if area.first.share is not None and area.first.interval is not None
    )
    if not rows:
        return table
    low, high = min(rows, key=lambda row: row.value), max(rows, key=lambda row: row.value)
    return Chart(
        "Tỷ lệ đạt theo lĩnh vực của người thi lần đầu, kèm khoảng tin cậy 95 %",
        f"Tỷ lệ đạt của các lĩnh vực từ {percent(low.value)} đến {percent(high.value)}; mỗi lĩnh "
        "vực một chấm, đoạn thẳng hai bên là khoảng tin cậy.",
        Intervals(rows, "Tỷ lệ đạt, người thi lần đầu"),
        table,
    )


def _distribution(area: AreaResult) -> Block:
    table = tables.distribution_table(area)
    if not area.bins:
        return table
    most = max(area.bins, key=lambda bar: bar.n)
    return Chart(
        f"{area.code} – {area.name} (n = {area.first.n})",
        f"Phân bố điểm của {area.name}: khoảng đông nhất từ {percent(most.low)} đến dưới "
        f"{percent(most.high)}, {most.n} người.",
        Histogram(area.bins, area.cut_low, area.cut_high, area.sem),
        table,
    )


def _competencies(found: CohortReport) -> tuple[Block, ...]:
    if not found.competencies:
        return (Paragraph("Chưa có số liệu theo năng lực."),)
    return (
        Paragraph(
            "Điểm trung bình theo phần trăm của thang điểm, chỉ tính người thi lần đầu, kèm số "
            "người (n) trong từng ô."
        ),
        tables.competency_matrix(found),
    )


def _agencies(found: CohortReport) -> tuple[Block, ...]:
    rule = Paragraph(
        "Khi cơ quan chỉ cử một vài người, con số của cơ quan là kết quả của chính những người "
        f"đó. Vì vậy cơ quan có dưới {MINIMUM} người thi lần đầu đã có kết luận chỉ được tính gộp "
        "với cơ quan cùng loại, hoặc với các cơ quan còn lại khi cả loại vẫn chưa đủ "
        f"{MINIMUM} người. Không có bảng xếp hạng."
    )
    table, points = tables.agency_table(found), found.funnel.told
    if not points or found.funnel.centre.share is None:
        none = Paragraph("Đợt này không có nhóm nào đủ điều kiện để vẽ biểu đồ phễu.")
        return rule, none, table
    reading = Paragraph(
        "Biểu đồ phễu đặt tỷ lệ đạt cạnh số người: cơ quan càng ít người, giới hạn càng rộng. Điểm "
        "nằm trong giới hạn chưa cho thấy khác biệt với tỷ lệ chung. Chấm tròn là một cơ quan, ô "
        "vuông là các cơ quan tính gộp; số ghi cạnh điểm là thứ tự dòng trong bảng."
    )
    chart = Chart(
        "Tỷ lệ đạt theo số người, giới hạn 95 % và 99,8 %",
        f"Tỷ lệ chung {percent(found.funnel.centre.share)}; mỗi điểm là một dòng của bảng, điểm "
        "nào nằm ngoài giới hạn ghi ở cột cuối.",
        FunnelPlot(found.funnel),
        table,
    )
    return rule, reading, chart


def _conclusion(found: CohortReport) -> tuple[Block, ...]:
    return (
        Subheading("1. Nhận xét"),
        *findings(found),
        Subheading("2. Kiến nghị"),
        *proposals(found),
    )
