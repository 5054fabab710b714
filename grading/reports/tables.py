"""The tables of the cohort report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grading.certification.decision import STATUS_NAMES, Status
from grading.reports.checks import UNDECIDED
from grading.reports.figures import FUNNEL_LEVELS
from grading.reports.model import NOTHING, Percent, Table
from grading.reports.wording import percent, withheld
from grading.statistics.proportions import funnel_limits

if TYPE_CHECKING:
    from grading.reports.cohort import CohortReport
    from grading.reports.figures import AreaResult, FunnelPoint, Mean, Outcome, Rate
    from grading.reports.model import Value

_UNTOLD: tuple[Value, ...] = (NOTHING, NOTHING, "không công bố", NOTHING, NOTHING)
_JOINED = "Gộp các ô •"
INTERVAL = ("KTC 95\N{NO-BREAK SPACE}%: từ", "KTC 95\N{NO-BREAK SPACE}%: đến")
_STATUS_NOTE = (
    "Hai cột không cộng với nhau, để không trộn người thi lần đầu với người thi lại. Chi tiết "
    "dưới 10 người của dòng “Chưa có kết luận” chỉ in số gộp."
)
_RATE_NOTE = (
    "n là số người đã có kết luận đạt hoặc chưa đạt cho cả kỳ. Người chưa có kết luận ghi ở bảng "
    "trên và không nằm trong n; ở bảng theo lĩnh vực, n là số người có điểm nên có thể lớn hơn. "
    "KTC: khoảng tin cậy (Wilson)."
)
_AREA_NOTE = (
    "n là số người có điểm ở lĩnh vực đó, kể cả người đang được xem xét lại vì điểm dưới điểm "
    "chuẩn trong một SEM (chưa tính là đạt); người không dự thi không bị tính là không điểm; "
    "người có kết quả không hợp lệ không được tính. Người thi lại chỉ thi lĩnh vực chưa đạt, nên "
    "số người thi lại một lĩnh vực cũng chỉ in khi không nói ra kết quả trước đó của ai."
)
DISTRIBUTION_NOTE = (
    "Điểm tính theo phần trăm của thang điểm. Các khoảng được gộp để không cắt ngang điểm "
    "chuẩn và mỗi khoảng có ít nhất 10 người; riêng phía điểm cắt có dưới 10 người để một "
    "khoảng. Khoảng cuối gồm cả điểm tối đa. Đạt lĩnh vực còn phải thoả điểm sàn nếu chính "
    "sách có quy định, nên số đạt có thể ít hơn số người từ điểm cắt trở lên."
)
_COMPETENCY_NOTE = (
    "Chỉ tính người thi lần đầu; ô càng đậm, điểm trung bình càng thấp. Dấu • là ô không công bố "
    "riêng; các ô • của một dòng được tính chung ở cột “Gộp các ô •”, hoặc chỉ nằm trong cột "
    "“Chung”."
)
_AGENCY_NOTE = (
    "Xếp theo tên, không xếp theo kết quả. Cột cuối ghi giới hạn phễu rộng nhất mà điểm nằm ngoài. "
    "Cơ quan dưới 10 người chỉ được tính gộp; nếu có nhóm mà con số cho biết kết quả của mọi người "
    "trong nhóm thì chỉ in dòng toàn bộ."
)


def status_table(report: CohortReport) -> Table:
    """People by status, first-takers and repeaters apart; no column adds them up."""
    both = (report.first, report.again)
    rows: list[tuple[Value, ...]] = [
        *((STATUS_NAMES[Status(s)], *(_status(o, s) for o in both)) for s in ("PASS", "FAIL")),
        ("Chưa có kết luận", *(outcome.pending for outcome in both)),
        *((f"– {STATUS_NAMES[Status(s)]}", *(_status(o, s) for o in both)) for s in UNDECIDED),
        ("Tổng số người", *(outcome.n for outcome in both)),
    ]
    return Table(
        "Số người theo kết quả",
        ("Kết quả", "Thi lần đầu", "Thi lại"),
        tuple(rows),
        (_STATUS_NOTE,),
        (5.5, 3.5, 3.5),
    )


def _status(outcome: Outcome, status: str) -> Value:
    count = outcome.statuses[status]
    if count is not None:
        return count
    return "gộp ở dòng trên" if status in UNDECIDED else withheld(outcome.rate.n)


def rate_table(report: CohortReport) -> Table:
    """Pass rates with their denominators and Wilson intervals."""
    return Table(
        "Tỷ lệ đạt",
        ("Đối tượng", "Đã có kết luận (n)", "Đạt", "Tỷ lệ đạt", *INTERVAL),
        (
            ("Thi lần đầu", *rate_cells(report.first.rate)),
            ("Thi lại", *rate_cells(report.again.rate)),
        ),
        (_RATE_NOTE,),
        (2.5, 2.6, 1.3, 3.4, 2, 2),
    )


def rate_cells(rate: Rate) -> tuple[Value, ...]:
    """n, passed, the rate and the two ends of its interval, or why they are withheld."""
    if rate.share is None or rate.passed is None or rate.interval is None:
        return rate.n, NOTHING, withheld(rate.n), NOTHING, NOTHING
    low, high = rate.interval
    return rate.n, rate.passed, Percent.of(rate.share), Percent.of(low), Percent.of(high)


def _percent(value: float | None) -> Value:
    return NOTHING if value is None else Percent.of(value)


def area_table(report: CohortReport) -> Table:
    """Area pass rates, first-takers and repeaters on rows of their own."""
    rows = [
        (f"{area.code} – {area.name}", attempt, *(rate_cells(rate) if rate else _UNTOLD))
        for attempt in ("Lần đầu", "Thi lại")
        for area in report.areas
        for rate in [area.first if attempt == "Lần đầu" else area.again]
    ]
    return Table(
        "Tỷ lệ đạt theo lĩnh vực",
        ("Lĩnh vực", "Lần thi", "n", "Đạt", "Tỷ lệ đạt", *INTERVAL),
        tuple(rows),
        (_AREA_NOTE,),
        (4, 1.7, 1.1, 1.1, 3.2, 1.9, 1.9),
    )


def distribution_table(area: AreaResult) -> Table:
    """What one area's histogram shows: first-takers in each bin, with cut and SEM."""
    head = (_cut(area), _percent(area.sem))
    rows: list[tuple[Value, ...]] = [
        (*head, Percent.of(bar.low), Percent.of(bar.high), bar.n) for bar in area.bins
    ]
    return Table(
        f"Phân bố điểm: {area.code} – {area.name}",
        ("Điểm cắt", "SEM", "Từ", "Đến dưới", "Số người"),
        tuple(rows) or ((*head, NOTHING, NOTHING, withheld(area.first.n)),),
        widths=(3, 1.7, 1.7, 1.9, 3),
    )


def _cut(area: AreaResult) -> Value:
    if area.cut_low is None or area.cut_high is None or area.cut_low == area.cut_high:
        return _percent(area.cut_low)
    return f"{percent(area.cut_low)} – {percent(area.cut_high)}"


def competency_matrix(report: CohortReport) -> Table:
    """Mean shares by competency and agency type, n in each cell: a heat map to be read."""
    joined = any(row.joined for row in report.competencies)
    rows = tuple(
        (
            f"{row.code} – {row.name}",
            *(_mean(row.cells.get(kind)) for kind in report.types),
            *([_mean(row.joined) if row.joined else NOTHING] if joined else []),
            _mean(row.total),
        )
        for row in report.competencies
    )
    headings = ("Năng lực", *report.types, *([_JOINED] if joined else []), "Chung")
    return Table(
        "Điểm trung bình theo năng lực và loại cơ quan",
        headings,
        rows,
        (_COMPETENCY_NOTE,),
        (4.0, *[2.4] * (len(headings) - 1)),
        shaded=True,
    )


def _mean(mean: Mean | None) -> Value:
    if mean is None:
        return "•"
    return withheld(mean.n) if mean.value is None else Percent.of(mean.value, mean.n)


def agency_table(report: CohortReport) -> Table:
    """Agencies of enough people, by name, then joined ones: never by rate."""
    funnel, centre = report.funnel, report.funnel.centre
    rows: list[tuple[Value, ...]] = [
        (number, point.label, point.agencies, *rate_cells(point.rate), outside(point, centre))
        for number, point in enumerate(funnel.points, start=1)
    ]
    whole = ("Toàn bộ người thi lần đầu", funnel.agencies)
    rows.append((NOTHING, *whole, *rate_cells(centre), NOTHING))
    return Table(
        "Tỷ lệ đạt theo cơ quan, người thi lần đầu đã có kết luận",
        ("TT", "Cơ quan", "Số cơ quan", "n", "Đạt", "Tỷ lệ đạt", *INTERVAL, "Ngoài giới hạn"),
        tuple(rows),
        (_AGENCY_NOTE,),
        (1.1, 4.2, 1.5, 1.1, 1.1, 2.2, 1.9, 1.9, 1.7),
    )


def outside(point: FunnelPoint, centre: Rate) -> Value:
    """The widest control limits that a point lies beyond."""
    if point.rate.share is None or centre.share is None:
        return NOTHING
    beyond = [
        level
        for level in FUNNEL_LEVELS
        if point.rate.share not in funnel_limits(centre.share, point.rate.n, level)
    ]
    return Percent.of(max(beyond)) if beyond else "không"
