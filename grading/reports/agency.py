"""What an agency is told of the people it sent: who passed, and who is to sit again.

An employer has to know whom it may appoint, and no more: no score, no reason and no competency
leaves the centre this way, and no other agency's people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grading.certification.decision import STATUS_NAMES, Status
from grading.reports.cohort_report import DEMO
from grading.reports.model import NOTHING, Paragraph, Report, Section, Table

if TYPE_CHECKING:
    from grading.reports.model import Letterhead


@dataclass(frozen=True)
class Sent:
    """One person sent: ``lacking`` names areas to sit again, ``letter`` what sent them."""

    candidate: str
    full_name: str
    position: str
    status: str
    lacking: tuple[str, ...]
    letter: str


@dataclass(frozen=True)
class AgencyInput:
    """An agency and the people it has at one sitting whose decisions are in effect.

    ``mandate`` is what the training rests on.
    """

    letterhead: Letterhead
    mandate: str
    agency: str
    sitting_name: str
    people: tuple[Sent, ...]


def agency_report(data: AgencyInput) -> Report:
    """The list for the agency that the people belong to."""
    head = data.letterhead
    opening = Paragraph(
        f"Thực hiện {data.mandate}, {head.issuer} thông báo để {data.agency} biết kết quả "
        f"{data.sitting_name} của người do cơ quan cử dự thi:"
    )
    demo = (Paragraph(DEMO),) if head.is_demo else ()
    return Report(
        kind="agency",
        name="THÔNG BÁO",
        subject=f"Kết quả sát hạch của người do {data.agency} cử đi",
        letterhead=head,
        sections=(
            Section("", (opening, *demo)),
            Section("I. KẾT QUẢ", (_table(data), *_counted(data)), "Kết quả"),
            Section("II. SỬ DỤNG KẾT QUẢ", _use(), "Sử dụng"),
        ),
    )


def _table(data: AgencyInput) -> Table:
    return Table(
        "Người dự thi của cơ quan",
        ("Số báo danh", "Họ và tên", "Chức vụ", "Kết quả", "Phải thi lại", "Văn bản cử"),
        tuple(
            (
                one.candidate,
                one.full_name,
                one.position,
                STATUS_NAMES[Status(one.status)],
                ", ".join(one.lacking) or NOTHING,
                one.letter or NOTHING,
            )
            for one in data.people
        ),
        widths=(2, 3, 3, 2, 2.4, 2.4),
    )


def _counted(data: AgencyInput) -> tuple[Paragraph, ...]:
    passed = sum(one.status == Status.PASS for one in data.people)
    n = len(data.people)
    return (
        Paragraph(
            f"Cơ quan có {n} người dự thi đã có quyết định, {passed} người đạt. Không tính tỷ lệ: "
            "số người của một cơ quan quá ít để nói lên điều gì ngoài kết quả của chính họ.",
            derived=(n, passed),
        ),
    )


def _use() -> tuple[Paragraph, ...]:
    texts = (
        (
            "Thông báo này chỉ gửi cơ quan cử người, để giao nhiệm vụ và bố trí thi lại; không phổ "
            "biến rộng hơn mức cần thiết."
        ),
        (
            "Thông báo không có điểm, lý do hoặc nhận xét về năng lực: những nội dung đó gửi riêng "
            "cho từng người."
        ),
        "Kết quả chưa kết luận không được dùng để đánh giá, xếp loại người dự thi.",
    )
    return tuple(Paragraph(text, "item") for text in texts)
