"""The report's tables, made once: the PDF and the workbook print the same cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grading.certification.decision import STATUS_NAMES, Status
from grading.reports.checks import UNDECIDED
from grading.reports.figures import rounded
from grading.reports.wording import mean_text, percent, withheld

if TYPE_CHECKING:
    from grading.reports.cohort import CohortReport
    from grading.reports.figures import AreaResult, CompetencyRow, Mean, Outcome, Rate

NOTHING = "–"
_JOINED = "Gộp các ô •"
_INTERVAL = ("KTC 95\N{NO-BREAK SPACE}%: từ", "KTC 95\N{NO-BREAK SPACE}%: đến")
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
    "người có kết quả không hợp lệ không được tính."
)
_DISTRIBUTION_NOTE = (
    "Điểm tính theo phần trăm của thang điểm. Các khoảng được gộp để không cắt ngang điểm "
    "chuẩn và mỗi khoảng có ít nhất 10 người; riêng phía điểm chuẩn có dưới 10 người để một "
    "khoảng. Khoảng cuối gồm cả điểm tối đa. Đạt lĩnh vực còn phải thoả điểm sàn nếu chính "
    "sách có quy định, nên số đạt có thể ít hơn số người từ điểm chuẩn trở lên."
)
_COMPETENCY_NOTE = (
    "Chỉ tính người thi lần đầu. Dấu • là ô không công bố riêng; các ô • của một dòng được "
    "tính chung ở cột “Gộp các ô •”, hoặc chỉ nằm trong cột “Chung”."
)
_AGENCY_NOTE = (
    "Xếp theo tên, không xếp theo kết quả. Cơ quan dưới 10 người chỉ được tính gộp; nếu có "
    "nhóm mà con số cho biết kết quả của mọi người trong nhóm thì chỉ in dòng toàn bộ."
)


@dataclass(frozen=True)
class Percent:
    """A share of 0 to 1 as it is printed, to a tenth of a per cent."""

    value: float

    def __str__(self) -> str:
        return percent(self.value)


Value = str | int | Percent


@dataclass(frozen=True)
class Table:
    """A table with a title; ``notes`` stand beneath it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()


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
        ("Đối tượng", "Đã có kết luận (n)", "Đạt", "Tỷ lệ đạt", *_INTERVAL),
        (
            ("Thi lần đầu", *_rate(report.first.rate)),
            ("Thi lại", *_rate(report.again.rate)),
        ),
        (_RATE_NOTE,),
    )


def _rate(rate: Rate) -> tuple[Value, ...]:
    if rate.share is None or rate.passed is None or rate.interval is None:
        return rate.n, NOTHING, withheld(rate.n), NOTHING, NOTHING
    low, high = rate.interval
    return rate.n, rate.passed, _percent(rate.share), _percent(low), _percent(high)


def _percent(value: float | None) -> Value:
    return NOTHING if value is None else Percent(rounded(value))


def area_table(report: CohortReport) -> Table:
    """Area pass rates, first-takers and repeaters on rows of their own."""
    rows = [
        (f"{area.code} – {area.name}", attempt, *_rate(rate))
        for attempt in ("Lần đầu", "Thi lại")
        for area in report.areas
        for rate in [area.first if attempt == "Lần đầu" else area.again]
    ]
    return Table(
        "Tỷ lệ đạt theo lĩnh vực",
        ("Lĩnh vực", "Lần thi", "n", "Đạt", "Tỷ lệ đạt", *_INTERVAL),
        tuple(rows),
        (_AREA_NOTE,),
    )


def distribution_table(report: CohortReport) -> Table:
    """What the histograms show: first-takers in each bin, with cut and SEM."""
    rows = [row for area in report.areas for row in _distribution(area)]
    return Table(
        "Phân bố điểm của người thi lần đầu",
        ("Lĩnh vực", "Điểm chuẩn", "SEM", "Từ", "Đến dưới", "Số người"),
        tuple(rows),
        (_DISTRIBUTION_NOTE,),
    )


def _distribution(area: AreaResult) -> list[tuple[Value, ...]]:
    head = (f"{area.code} – {area.name}", _cut(area), _percent(area.sem))
    if not area.bins:
        return [(*head, NOTHING, NOTHING, withheld(area.first.n))]
    return [(*head, _percent(bar.low), _percent(bar.high), bar.n) for bar in area.bins]


def _cut(area: AreaResult) -> Value:
    if area.cut_low is None or area.cut_high is None or area.cut_low == area.cut_high:
        return _percent(area.cut_low)
    return f"{percent(area.cut_low)} – {percent(area.cut_high)}"


def competency_matrix(report: CohortReport) -> Table:
    """Mean shares by competency and agency type, n in each cell."""
    joined = any(row.joined for row in report.competencies)
    rows = tuple(
        (
            f"{row.code} – {row.name}",
            *(mean_text(row.cells.get(kind)) for kind in report.types),
            *([mean_text(row.joined) if row.joined else NOTHING] if joined else []),
            mean_text(row.total),
        )
        for row in report.competencies
    )
    return Table(
        "Điểm trung bình theo năng lực và loại cơ quan",
        ("Năng lực", *report.types, *([_JOINED] if joined else []), "Chung"),
        rows,
        (_COMPETENCY_NOTE,),
    )


def competency_rows(report: CohortReport) -> Table:
    """The matrix as a long table of numbers, for those who compute further."""
    rows = tuple(
        (row.code, row.name, row.area, kind, *_mean(mean))
        for row in report.competencies
        for kind, mean in _means(row, report.types)
    )
    return Table(
        competency_matrix(report).title,
        ("Mã", "Năng lực", "Lĩnh vực", "Loại cơ quan", "n", "Điểm trung bình"),
        rows,
        competency_matrix(report).notes,
    )


def _means(row: CompetencyRow, types: tuple[str, ...]) -> list[tuple[str, Mean | None]]:
    cells: list[tuple[str, Mean | None]] = [(kind, row.cells.get(kind)) for kind in types]
    joined = [(_JOINED, row.joined)] if row.joined else []
    return [*cells, *joined, ("Chung", row.total)]


def _mean(mean: Mean | None) -> tuple[Value, Value]:
    if mean is None:
        return "•", "•"
    return mean.n, withheld(mean.n) if mean.value is None else Percent(rounded(mean.value))


def agency_table(report: CohortReport) -> Table:
    """Agencies of enough people, by name, then joined ones: never by rate."""
    funnel = report.funnel
    rows = [(point.label, point.agencies, *_rate(point.rate)) for point in funnel.points]
    rows.append(("Toàn bộ người thi lần đầu", funnel.agencies, *_rate(funnel.centre)))
    return Table(
        "Tỷ lệ đạt theo cơ quan, người thi lần đầu đã có kết luận",
        ("Cơ quan", "Số cơ quan", "n", "Đạt", "Tỷ lệ đạt", *_INTERVAL),
        tuple(rows),
        (_AGENCY_NOTE,),
    )
