"""The cohort report as a PDF laid out after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from courses.foundation.dates import day_in_words
from courses.sources import the_sources
from grading.documents.administrative import punctuated, signature_lines
from grading.documents.typesetting import typeset
from grading.reports import charts, tables
from grading.reports.annex import annex
from grading.reports.cohort import summarise
from grading.reports.disclosure import MINIMUM
from grading.reports.remarks import findings, proposals
from grading.reports.wording import place_and_date, unbroken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grading.reports.cohort import CohortInput, CohortReport
    from grading.reports.tables import Table

TEMPLATE = Path(__file__).parent / "cohort.typ"

Block = dict[str, Any]


def render_cohort_pdf(data: CohortInput, now: datetime) -> bytes:
    """Typeset the report of ``data``; the same input gives the same bytes.

    Raises:
        DecisionError: when the tables cannot be reported on.
        CredentialError: when the page cannot be typeset.
    """
    report = summarise(data)
    return typeset(TEMPLATE, {**_frame(data), "sections": _sections(data, report)}, now)


def _frame(data: CohortInput) -> dict[str, Any]:
    return {
        "issuer_parent": data.issuer_parent.upper(),
        "issuer": data.issuer.upper(),
        "symbol": data.document_symbol,
        "place_date": place_and_date(data.place, data.report_date),
        "subject": data.title,
        "signer_lines": list(signature_lines(data.signer_prefix, data.signer_title)),
        "signer_name": data.signer_name,
        "recipients": punctuated(data.recipients),
        "demo": data.is_demo,
        "annex_note": f"Kèm theo Báo cáo số {data.document_symbol} "
        f"{day_in_words(data.report_date)} của {data.issuer}",
        "annex": [(heading, unbroken(text)) for heading, text in annex(data.policy_id)],
        "day": [data.report_date.year, data.report_date.month, data.report_date.day],
    }


def _sections(data: CohortInput, report: CohortReport) -> list[dict[str, Any]]:
    return [
        {"heading": "", "blocks": _opening(data)},
        {"heading": "I. KẾT QUẢ CHUNG", "blocks": _overall(report)},
        {"heading": "II. KẾT QUẢ THEO LĨNH VỰC", "blocks": _areas(report)},
        {"heading": "III. NĂNG LỰC THEO LOẠI CƠ QUAN", "blocks": _competencies(report)},
        {"heading": "IV. KẾT QUẢ THEO CƠ QUAN", "blocks": _agencies(report)},
        {"heading": "V. NHẬN XÉT VÀ KIẾN NGHỊ", "blocks": _conclusion(report)},
    ]


def _text(text: str) -> Block:
    return {"kind": "text", "text": unbroken(text)}


def _table(table: Table, widths: Sequence[float]) -> Block:
    return {
        "kind": "table",
        "title": table.title,
        "headings": list(table.headings),
        "rows": [[unbroken(str(value)) for value in row] for row in table.rows],
        "notes": [unbroken(note) for note in table.notes],
        "widths": list(widths),
    }


def _chart(svg: str, title: str) -> Block:
    return {"kind": "chart", "svg": svg, "title": unbroken(title)}


def _opening(data: CohortInput) -> list[Block]:
    mandate = the_sources().by_id["55/BTTTT-ƯDCNTT"]
    blocks = [
        _text(
            f"Thực hiện mục 3.2 của Hướng dẫn kèm theo {mandate.full_name} "
            "của Bộ Thông tin và Truyền thông về việc đào tạo, cấp chứng chỉ cho các Giám đốc công "
            "nghệ thông tin, "
            f"{data.issuer} báo cáo kết quả {data.sitting_name} như sau:"
        )
    ]
    if data.is_demo:
        blocks.append(
            _text(
                "Báo cáo này lập từ dữ liệu mô phỏng trong một tình huống giả định, chỉ để minh "
                "hoạ; mọi cơ quan, con số và người ký nêu trong báo cáo không có giá trị thực tế."
            )
        )
    return blocks


def _overall(report: CohortReport) -> list[Block]:
    return [
        _text(
            f"Đợt đánh giá có {report.n} người dự thi thuộc {report.agencies} cơ quan: "
            f"{report.first.n} người thi lần đầu, {report.again.n} người thi lại. Hai nhóm được "
            "tính riêng."
        ),
        _table(tables.status_table(report), [5.5, 3.5, 3.5]),
        _table(tables.rate_table(report), [2.5, 2.6, 1.3, 3.4, 2, 2]),
    ]


def _areas(report: CohortReport) -> list[Block]:
    rated = [area for area in report.areas if area.first.share is not None]
    blocks = [_table(tables.area_table(report), [4, 1.7, 1.1, 1.1, 3.2, 1.9, 1.9])]
    if rated:
        blocks.append(
            _chart(
                charts.rate_chart(rated),
                "Tỷ lệ đạt theo lĩnh vực của người thi lần đầu, kèm khoảng tin cậy 95 %",
            )
        )
    blocks.append(
        _text(
            "Phân bố điểm dưới đây chỉ gồm người thi lần đầu. Vạch đậm là điểm chuẩn; dải chấm là "
            "một sai số chuẩn của phép đo (SEM) về mỗi phía; cột gạch chéo nằm dưới điểm chuẩn. "
            "Cột rộng hẹp khác nhau: diện tích cột ứng với số người, ghi trên đầu cột."
        )
    )
    blocks += [
        _chart(charts.histogram_chart(area), f"Phân bố điểm: {area.name} (n = {area.first.n})")
        for area in report.areas
        if area.bins
    ]
    blocks.append(_table(tables.distribution_table(report), [5, 2.2, 1.7, 1.7, 1.9, 3]))
    return blocks


def _competencies(report: CohortReport) -> list[Block]:
    table = tables.competency_matrix(report)
    if not report.competencies:
        return [_text("Chưa có số liệu theo năng lực.")]
    return [
        _text(
            "Điểm trung bình theo phần trăm của thang điểm, chỉ tính người thi lần đầu, kèm số "
            "người (n) trong từng ô. Ô gạch chéo có dấu • là ô không công bố riêng."
        ),
        _table(table, [4, *[2.4] * (len(table.headings) - 1)]),
        _chart(charts.heatmap_chart(report), table.title),
    ]


def _agencies(report: CohortReport) -> list[Block]:
    funnel = report.funnel
    blocks = [
        _text(
            "Khi cơ quan chỉ cử một vài người, con số của cơ quan là kết quả của chính những người "
            f"đó. Vì vậy cơ quan có dưới {MINIMUM} người thi lần đầu đã có kết luận chỉ được "
            "tính gộp với cơ quan cùng loại, hoặc với các cơ quan còn lại khi cả loại vẫn chưa đủ "
            f"{MINIMUM} người. Không có bảng xếp hạng."
        )
    ]
    if funnel.points:
        blocks += [
            _text(
                "Biểu đồ phễu đặt tỷ lệ đạt cạnh số người: cơ quan càng ít người, giới hạn càng "
                "rộng. Điểm nằm trong giới hạn chưa cho thấy khác biệt với tỷ lệ chung. Chấm tròn "
                "là một cơ quan, ô vuông là các cơ quan tính gộp; số ghi cạnh điểm là thứ tự dòng "
                "trong bảng."
            ),
            _chart(charts.funnel_chart(funnel), "Tỷ lệ đạt theo số người, giới hạn 95 % và 99,8 %"),
        ]
    else:
        blocks.append(_text("Đợt này không có nhóm nào đủ điều kiện để vẽ biểu đồ phễu."))
    blocks.append(_table(tables.agency_table(report), [4.8, 1.6, 1.1, 1.1, 3.2, 1.9, 1.9]))
    return blocks


def _conclusion(report: CohortReport) -> list[Block]:
    return [
        {"kind": "subheading", "text": "1. Nhận xét"},
        *(_text(f"- {text}") for text in findings(report)),
        {"kind": "subheading", "text": "2. Kiến nghị"},
        *(_text(f"- {text}") for text in proposals(report)),
    ]
