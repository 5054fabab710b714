"""The six-month and the yearly report: all sittings of a period, by who sent the people.

QĐ 445/2013/QĐ-UBND Điều 7 sets the rhythm (six months, a year); CV 2723/BTTTT-UDCNTT asks how
agencies fare whose unit is a Cục, and whose is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from courses.foundation.dates import padded_date
from grading.certification.decision import STATUS_NAMES, Status
from grading.reports.annex import ANNEX_TITLE, annex
from grading.reports.checks import UNDECIDED
from grading.reports.cohort_report import DEMO
from grading.reports.disclosure import MINIMUM
from grading.reports.model import (
    NOTHING,
    Chart,
    Number,
    Paragraph,
    Report,
    Section,
    Table,
)
from grading.reports.period_figures import COLUMNS, OVERALL, lines, overall
from grading.reports.plots import Interval, Intervals
from grading.reports.tables import INTERVAL, rate_cells
from grading.reports.wording import rate_text

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import pandas as pd

    from grading.reports.model import Block, Letterhead, Value
    from grading.reports.period_figures import Line
    from grading.reports.trend import TrendPoint


@dataclass(frozen=True)
class Held:
    """A sitting of the period."""

    code: str
    name: str
    closed_on: date


@dataclass(frozen=True, eq=False)
class PeriodInput:
    """Everybody decided on in a period.

    ``people``: a row a person and sitting, under an id of its own, with sitting (code), agency,
    agency_type, province, unit_model ("" when not known), attempt (from 1) and status.
    """

    letterhead: Letterhead
    label: str
    policy_ids: tuple[str, ...]
    sittings: tuple[Held, ...]
    people: pd.DataFrame
    trend: tuple[TrendPoint, ...]


def period_report(data: PeriodInput, withheld: Collection[str] = ()) -> Report:
    """The report of a period, without the figures of the keys ``withheld``."""
    people, first = data.people, data.people[data.people["attempt"] == 1]
    by = partial(_by, first, withheld)
    return Report(
        kind="period",
        name="BÁO CÁO",
        subject=f"Kết quả đào tạo, sát hạch Giám đốc công nghệ thông tin {data.label}",
        letterhead=data.letterhead,
        sections=(
            Section("", _opening(data)),
            Section("I. CÁC KỲ SÁT HẠCH", _sittings(data, people), "Các kỳ"),
            Section("II. KẾT QUẢ CHUNG", _overall(people, withheld), "Kết quả chung"),
            Section("III. THEO LOẠI CƠ QUAN", by("agency_type"), "Loại"),
            Section("IV. THEO TỈNH, THÀNH PHỐ", by("province"), "Tỉnh"),
            Section("V. THEO MÔ HÌNH ĐƠN VỊ", (Paragraph(_MODEL), *by("model")), "Mô hình"),
            Section("VI. XU HƯỚNG", _trend(data.trend), "Xu hướng"),
            Section("VII. SỬ DỤNG BÁO CÁO", _use(), "Sử dụng"),
        ),
        annex_title=ANNEX_TITLE,
        annex=annex(", ".join(data.policy_ids)),
    )


def _use() -> tuple[Block, ...]:
    texts = (
        (
            "Báo cáo phục vụ kế hoạch đào tạo và sát hạch của kỳ sau; không dùng để xếp hạng cơ "
            "quan, địa phương hoặc đánh giá cá nhân."
        ),
        "Nhóm chưa đủ người được theo dõi tiếp ở báo cáo năm, khi số lượt người lớn hơn.",
    )
    return tuple(Paragraph(text, "item") for text in texts)


def _opening(data: PeriodInput) -> tuple[Block, ...]:
    demo = (Paragraph(DEMO),) if data.letterhead.is_demo else ()
    text = (
        f"{data.letterhead.issuer} báo cáo kết quả đào tạo, sát hạch Giám đốc công nghệ thông tin "
        f"{data.label}, theo nhịp báo cáo 6 tháng và hằng năm (vận dụng Điều 7 Quyết định "
        "445/2013/QĐ-UBND của Uỷ ban nhân dân tỉnh Bắc Giang):"
    )
    return (Paragraph(text), *demo)


def _sittings(data: PeriodInput, people: pd.DataFrame) -> tuple[Block, ...]:
    rows = []
    for held in data.sittings:
        here = people[people["sitting"] == held.code]
        first = int((here["attempt"] == 1).sum())
        rows.append((held.name, padded_date(held.closed_on), first, len(here) - first))
    headings = ("Kỳ sát hạch", "Ngày kết thúc", "Thi lần đầu", "Thi lại")
    table = Table("Các kỳ sát hạch trong kỳ báo cáo", headings, tuple(rows), widths=(5, 2, 2, 2))
    count = len(data.sittings)
    return Paragraph(f"Trong kỳ có {count} kỳ sát hạch.", derived=(count,)), table


def _overall(people: pd.DataFrame, withheld: Collection[str]) -> tuple[Block, ...]:
    rates = overall(people, withheld)
    chosen = {"first": people["attempt"] == 1, "again": people["attempt"] > 1}
    rows = tuple(
        (OVERALL[key], int(who.sum()), *rate_cells(rates[key]), _waiting(people[who]))
        for key, who in chosen.items()
    )
    note = (
        "n là số lượt người đã có kết luận đạt hoặc chưa đạt; “chưa kết luận” gồm "
        + ", ".join(STATUS_NAMES[Status(status)].lower() for status in UNDECIDED)
        + ". Một người thi ở hai kỳ là hai lượt. KTC: khoảng tin cậy (Wilson)."
    )
    table = Table(
        "Tỷ lệ đạt trong kỳ báo cáo",
        ("Đối tượng", "Số lượt", "n", "Đạt", "Tỷ lệ đạt", *INTERVAL, "Chưa kết luận"),
        rows,
        (note,),
        (2.2, 1.4, 1, 1, 3, 1.7, 1.7, 1.8),
    )
    return Paragraph(f"Người thi lần đầu đạt {rate_text(rates['first'])}."), table


def _waiting(people: pd.DataFrame) -> int:
    return int(people["status"].isin(UNDECIDED).sum())


def _by(first: pd.DataFrame, withheld: Collection[str], column: str) -> tuple[Block, ...]:
    words = COLUMNS[column]
    rows: list[tuple[Value, ...]] = [_row(line) for line in lines(first, column, withheld)]
    total = overall(first, withheld)["first"]
    rows.append(("Chung", *rate_cells(total)))
    note = (
        f"Chỉ tính người thi lần đầu đã có kết luận. Dòng dưới {MINIMUM} người có dấu • và được "
        "tính gộp, hoặc chỉ nằm trong dòng chung. Xếp theo tên, không xếp theo kết quả."
    )
    headings = (words.capitalize(), "n", "Đạt", "Tỷ lệ đạt", *INTERVAL)
    title = f"Tỷ lệ đạt theo {words}"
    return (Table(title, headings, tuple(rows), (note,), (4, 1.2, 1.2, 2.4, 1.9, 1.9)),)


def _row(line: Line) -> tuple[Value, ...]:
    if line.rate is None:
        return line.units[0], line.n, "•", "•", NOTHING, NOTHING
    joined = len(line.units) > 1
    name = f"Gộp {len(line.units)} dòng có dấu •" if joined else line.units[0]
    return name, *rate_cells(line.rate)


_MODEL = (
    "Mô hình đơn vị chuyên trách là một thuộc tính của cơ quan cử người, theo Công văn "
    "2723/BTTTT-UDCNTT. Khác biệt giữa hai mô hình không nói lên nguyên nhân."
)


def _trend(points: tuple[TrendPoint, ...]) -> tuple[Block, ...]:
    rows = tuple(
        (
            p.sitting,
            p.area,
            p.n,
            p.method,
            *(_point(p) if p.mean is not None else (NOTHING, NOTHING)),
        )
        for p in points
    )
    rule = Paragraph(
        "Chỉ so sánh giữa các kỳ trên điểm đã quy chuẩn qua câu hỏi chung của hai đề; điểm chưa "
        "quy chuẩn không được đặt cạnh nhau."
    )
    if not rows:
        return (rule, Paragraph("Chưa có hai kỳ để so sánh."))
    headings = ("Kỳ", "Lĩnh vực", "n", "Cách quy chuẩn", "Điểm trung bình (%)", "Sai số chuẩn (%)")
    table = Table(
        "Điểm trung bình đã quy chuẩn", headings, rows, widths=(4.4, 1.4, 0.9, 3.4, 1.8, 1.8)
    )
    drawn = [p for p in points if p.mean is not None and p.se is not None]
    if len({p.sitting for p in drawn}) < 2:  # noqa: PLR2004 — a trend has two ends
        return rule, Paragraph(_NO_TREND), table
    return rule, _trend_chart(drawn, table)


_NO_TREND = "Chưa đủ số liệu để quy chuẩn giữa các kỳ, nên báo cáo không nêu xu hướng."


def _point(point: TrendPoint) -> tuple[Number, Number]:
    return Number.of((point.mean or 0.0) * 100, 1), Number.of((point.se or 0.0) * 100, 1)


def _trend_chart(points: list[TrendPoint], table: Table) -> Chart:
    rows = tuple(
        Interval(
            f"{p.area}, {p.sitting}",
            p.mean or 0.0,
            (p.mean or 0.0) - 1.96 * (p.se or 0.0),
            (p.mean or 0.0) + 1.96 * (p.se or 0.0),
        )
        for p in sorted(points, key=lambda p: p.area)
    )
    return Chart(
        "Điểm trung bình đã quy chuẩn, kèm khoảng tin cậy 95 %",
        "Mỗi kỳ và lĩnh vực một dòng, trên thang của kỳ đầu tiên; hai khoảng chồng lên nhau thì "
        "chưa đủ căn cứ nói có thay đổi.",
        Intervals(rows, "Điểm trung bình trên thang của kỳ đầu"),
        table,
    )
