"""The minutes of a standard setting after Nghị định 30/2020/NĐ-CP, from what was frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.accounts.permissions import require
from centre.reporting.board import write_documents
from centre.sittings.frozen import thaw
from centre.standards.study import form_of
from courses.foundation.dates import VIETNAM
from courses.foundation.errors import DecisionError
from courses.foundation.numerals import vietnamese
from grading.certification.standard import Standard
from grading.documents.administrative import Document, Heading, Signer, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.configuration import Centre
    from centre.standards.models import Study
    from grading.certification.standard import JudgedRound


def write_minutes(actor: Actor, centre: Centre, study: Study, *, now: datetime) -> tuple[Path, ...]:
    """Write the minutes of a standard that is set, as PDF and .docx.

    Raises:
        DecisionError: when it is not set yet.
    """
    require(actor, "report.write")
    sitting, form = study.form.sitting_id, study.form.code
    folder = centre.folder / "reports" / sitting / f"diem-chuan-{form}"
    documents = {"bien-ban": minutes(centre, study)}
    return write_documents(actor, f"{sitting}/{folder.name}", folder, documents, now)


def minutes(centre: Centre, study: Study) -> Document:
    """What the judges came to, round by round; who they are, but not what each of them said.

    Raises:
        DecisionError: when the standard is not set yet.
    """
    if study.standard is None:
        raise DecisionError("điểm chuẩn chưa chốt; chốt bằng “cio standard set” rồi lập biên bản")
    settings, told = centre.settings, thaw(study.standard, Standard)
    return Document(
        issuer_parent=settings.issuer.name,
        issuer=settings.board.name,
        symbol=f"…/{settings.board.minutes_symbol}",
        place=settings.issuer.place,
        day=study.standard.frozen_at.astimezone(VIETNAM).date(),
        kind="BIÊN BẢN",
        subject=f"Xác định điểm chuẩn đề {study.form.code}, {study.form.sitting.name}",
        blocks=(
            Heading("I. THÀNH PHẦN"),
            Text(_present(told)),
            Heading("II. NỘI DUNG"),
            *map(Text, _about(study, told)),
            _rounds(told),
            Heading("III. KẾT LUẬN"),
            *map(Text, _concluded(told)),
            Table(("Mã băm của điểm chuẩn, mà chính sách dẫn",), ((study.standard.digest,),), (1,)),
        ),
        signers=(Signer(("THƯ KÝ",), ""), Signer(("TM. HỘI ĐỒNG", "CHỦ TRÌ"), "")),
        is_demo=settings.demo,
    )


def _present(told: Standard) -> str:
    judges = sorted(told.rounds[-1].judges)
    return f"Hội đồng có {len(judges)} thành viên cho điểm: {', '.join(judges)}."


def _about(study: Study, told: Standard) -> Iterator[str]:
    count = len(form_of(study).scored)
    yield (
        f"Các thành viên xét {count} câu hỏi của đề {study.form.code} ({_points(told.points)} "
        f"điểm, mã băm {told.form_digest[:16]}) theo phương pháp {told.method}: mỗi người, độc lập "
        "với nhau, dự kiến điểm từng câu của người vừa đủ năng lực; sau mỗi vòng xem kết quả chung "
        "và thảo luận những câu còn khác ý kiến."
    )
    yield (
        "Điểm chuẩn của một vòng là trung bình, qua các thành viên, của tổng điểm mỗi người dự "
        "kiến; sai số chuẩn là độ lệch chuẩn giữa các thành viên chia cho căn bậc hai của số người."
    )


def _rounds(told: Standard) -> Table:
    return Table(
        headings=("Vòng", "Số thành viên", "Điểm chuẩn", "Sai số chuẩn", "Thấp nhất", "Cao nhất"),
        rows=tuple(_row(number, one) for number, one in enumerate(told.rounds, start=1)),
        widths=(1, 1.6, 1.6, 1.6, 1.6, 1.6),
    )


def _row(number: int, one: JudgedRound) -> tuple[str, ...]:
    cuts = one.judges.values()
    figures = (one.cut, one.se, min(cuts), max(cuts))
    return str(number), str(len(cuts)), *map(_points, figures)


def _concluded(told: Standard) -> Iterator[str]:
    last, most = told.rounds[-1], float(told.points)
    yield (
        f"Điểm chuẩn là {_points(last.cut)} trên {_points(most)} điểm "
        f"({vietnamese(100 * last.cut / most, 1)} %), sai số chuẩn {_points(last.se)}; điểm cắt "
        f"ghi trong chính sách là {_points(100 * told.cut_share, 0)} % thang điểm, đã làm tròn lên "
        f"đến phần trăm. Căn cứ họp: {told.minutes}."
    )
    if told.papers_taken:
        yield (
            f"Khi chốt, đã có {told.papers_taken} bài thi theo đề này được nộp; điều đó được ghi "
            "trong sổ nhật ký."
        )
    else:
        yield "Khi chốt, chưa có bài thi nào theo đề này được nộp."


def _points(value: object, digits: int = 2) -> str:
    return vietnamese(float(str(value)), digits)
