"""What a candidate is told: the decision first, then why, then what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from courses.foundation.dates import padded_date
from grading.certification.decision import STATUS_NAMES, Status
from grading.reports.cohort_report import DEMO
from grading.reports.model import (
    NOTHING,
    Chart,
    Paragraph,
    Percent,
    Report,
    Section,
    Subheading,
    Table,
)
from grading.reports.plots import Interval, Intervals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Any

    from grading.reports.model import Block, Letterhead, Value

# Bands, never gates: no competency is passed or failed by itself. Lower ends, as shares.
BANDS = ((0.8, "Vững"), (0.6, "Đáp ứng"), (0.0, "Cần củng cố"))


@dataclass(frozen=True, eq=False)
class CandidateInput:
    """One decision in effect, with what its reader needs to understand it.

    ``decision`` is the record of the decision as made. ``competencies`` are (code, name,
    share). ``appeal_days`` is how long the centre takes to answer an appeal.
    """

    letterhead: Letterhead
    candidate: str
    full_name: str
    agency: str
    sitting_name: str
    programme: str
    decision: Mapping[str, Any]
    effective_on: date
    max_attempts: int
    prior_months: int
    competencies: tuple[tuple[str, str, Decimal], ...]
    appeal_days: int


def candidate_report(data: CandidateInput) -> Report:
    """The result slip of one candidate; nobody else's figures are in it."""
    return Report(
        kind="candidate",
        name="PHIẾU BÁO KẾT QUẢ",
        subject=f"Sát hạch {data.programme}",
        letterhead=data.letterhead,
        sections=(
            Section("", _decision(data)),
            Section("I. KẾT QUẢ TỪNG LĨNH VỰC", _areas(data), "Lĩnh vực"),
            Section("II. NĂNG LỰC", _competencies(data), "Năng lực"),
            Section("III. VIỆC TIẾP THEO", _next(data), "Việc tiếp theo"),
        ),
    )


def cut_down(share: Decimal | str) -> Percent:
    """A share as told to its owner: cut to a tenth, so that 59.96 % never reads as 60.0 %."""
    return Percent(int(float(share) * 1000 + 1e-9) / 1000)


def _decision(data: CandidateInput) -> tuple[Block, ...]:
    status = STATUS_NAMES[Status(data.decision["status"])]
    person = Table(
        "Kết quả của người dự thi",
        ("Nội dung", "Thông tin"),
        (
            ("Kết quả", status),
            ("Họ và tên", data.full_name),
            ("Số báo danh", data.candidate),
            ("Cơ quan", data.agency),
            ("Kỳ sát hạch", data.sitting_name),
            ("Lần dự thi", int(data.decision["attempt"])),
            ("Ngày có hiệu lực", padded_date(data.effective_on)),
        ),
        widths=(1, 2.4),
    )
    reasons = (Paragraph(reason["text"], "item") for reason in data.decision["reasons"])
    demo = (Paragraph(DEMO),) if data.letterhead.is_demo else ()
    return (
        Paragraph(f"Kết quả: {status.upper()}."),
        person,
        Paragraph("Lý do của quyết định:"),
        *reasons,
        *demo,
    )


_OUTCOMES = {
    "passed": "Đạt",
    "kept": "Đạt (bảo lưu)",
    "borderline": "Xem xét lại",
    "failed": "Chưa đạt",
    "absent": "Chưa dự thi",
    "unreadable": "Chưa chấm được",
    "unmarked": "Chưa chấm xong",
    "expired": "Hết bảo lưu",
}


def _areas(data: CandidateInput) -> tuple[Block, ...]:
    areas = data.decision["areas"]
    table = Table(
        "Điểm từng lĩnh vực, theo phần trăm của thang điểm",
        ("Lĩnh vực", "Điểm", "Điểm cắt", "Điểm − 1 SEM", "Điểm + 1 SEM", "Kết luận"),
        tuple(_area(area) for area in areas),
        (
            (
                "Số in được cắt ở một phần mười, không làm tròn lên; quyết định dùng số chưa làm "
                "tròn. SEM: sai số chuẩn của phép đo."
            ),
        ),
        (3.2, 1.4, 1.5, 1.7, 1.7, 2),
    )
    known = [area for area in areas if area["share"] is not None]
    said = (Paragraph(_plain(area), "item") for area in known)
    if not known:
        return (table,)
    return _chart(known, table), Subheading("Nghĩa của các con số"), *said


def _band(area: Mapping[str, Any]) -> tuple[Percent, Percent, Percent]:
    share, sem = float(area["share"]), float(area["sem"])
    return (
        cut_down(area["share"]),
        cut_down(str(max(0.0, share - sem))),
        cut_down(str(min(1.0, share + sem))),
    )


def _area(area: Mapping[str, Any]) -> tuple[Value, ...]:
    name, cut = f"{area['code']} – {area['name']}", cut_down(area["cut"])
    if area["share"] is None:
        return name, NOTHING, cut, NOTHING, NOTHING, _OUTCOMES[area["outcome"]]
    share, low, high = _band(area)
    return name, share, cut, low, high, _OUTCOMES[area["outcome"]]


def _chart(known: list[Mapping[str, Any]], table: Table) -> Chart:
    rows = [(area["code"], _band(area)) for area in known]
    return Chart(
        "Điểm và dải ± 1 SEM, cạnh điểm cắt",
        "Mỗi lĩnh vực một dòng: chấm là điểm, đoạn thẳng là dải ± 1 SEM, vạch đứt là điểm cắt.",
        Intervals(
            tuple(Interval(code, s.value, low.value, high.value) for code, (s, low, high) in rows),
            "Phần trăm của thang điểm",
            tuple(float(area["cut"]) for area in known),
            "Điểm cắt",
        ),
        table,
    )


def _plain(area: Mapping[str, Any]) -> str:
    share, low, high = _band(area)
    cut, name = cut_down(area["cut"]), area["name"]
    if area["outcome"] == "kept":
        return f"{name}: đã đạt ở lần trước với {share}, được bảo lưu."
    where = "từ điểm cắt trở lên" if area["outcome"] == "passed" else "dưới điểm cắt"
    text = f"{name}: {share}, {where} ({cut}). Nếu thi lại ngay một đề tương đương, điểm thường nằm"
    return f"{text} trong khoảng {low} – {high}."


def _competencies(data: CandidateInput) -> tuple[Block, ...]:
    note = (
        "Mức chỉ để định hướng học tập: mỗi năng lực có ít câu hỏi nên không xét đạt riêng. "
        "Vững: từ 80 %; đáp ứng: từ 60 % đến dưới 80 %; cần củng cố: dưới 60 % số điểm của năng "
        "lực. Năng lực không dự thi ở kỳ này không có trong bảng."
    )
    if not data.competencies:
        return (Paragraph("Kỳ này chưa có kết quả theo năng lực."),)
    rows = tuple((code, name, band(float(share))) for code, name, share in data.competencies)
    return (Table("Mức theo năng lực", ("Mã", "Năng lực", "Mức"), rows, (note,), (1, 6, 2)),)


def band(share: float) -> str:
    """The band of a competency's share."""
    return next(name for low, name in BANDS if share >= low)


def _next(data: CandidateInput) -> tuple[Block, ...]:
    appeal = (
        "Nếu cho rằng việc tổ chức thi hoặc chấm điểm có sai sót, người dự thi nộp đơn phúc khảo "
        "hoặc khiếu nại đến đơn vị tổ chức sát hạch, ghi số báo danh và nội dung cần xem lại. Đơn "
        f"được cấp số ngay và được trả lời trong {data.appeal_days} ngày, do người không chấm và "
        "không ký quyết định này xem xét; quyết định cũ vẫn được lưu cạnh quyết định mới."
    )
    return (
        *(Paragraph(text, "item", (data.max_attempts, data.prior_months)) for text in _steps(data)),
        Subheading("Phúc khảo, khiếu nại"),
        Paragraph(appeal, derived=(data.appeal_days,)),
    )


def _steps(data: CandidateInput) -> tuple[str, ...]:
    match Status(data.decision["status"]):
        case Status.PASS:
            return ("Chứng chỉ được cấp theo quyết định này; không phải nộp thêm hồ sơ.",)
        case Status.FAIL:
            return _retake(data)
        case Status.REVIEW:
            return (
                (
                    "Đáp án được rà soát và bài được chấm độc lập lần hai; hội đồng kết luận sau "
                    "đó. Người dự thi chưa phải làm gì."
                ),
            )
        case Status.INCOMPLETE:
            return (
                (
                    "Kết quả chưa đủ để kết luận; liên hệ đơn vị tổ chức để biết lịch thi hoặc "
                    "lịch chấm phần còn thiếu. Vắng mặt không tính là không điểm."
                ),
            )
        case Status.INVALID:
            return (
                (
                    "Kết quả chưa được công nhận vì đang có vụ việc vi phạm quy chế hoặc đã kết "
                    "luận có vi phạm; người dự thi có quyền giải trình bằng văn bản."
                ),
            )


def _retake(data: CandidateInput) -> tuple[str, ...]:
    lacking = [a for a in data.decision["areas"] if a["outcome"] not in ("passed", "kept")]
    names = ", ".join(area["name"] for area in lacking)
    again = data.decision["resit_from"]
    if again is None:
        return (f"Đã dự thi đủ {data.max_attempts} lần; không còn lượt thi theo quy định này.",)
    day = padded_date(date.fromisoformat(again))
    return (
        f"Được thi lại các lĩnh vực chưa đạt ({names}) từ ngày {day}, với đề tương đương khác.",
        f"Lĩnh vực đã đạt được bảo lưu {data.prior_months} tháng.",
        f"Mỗi người được dự thi tối đa {data.max_attempts} lần.",
    )
