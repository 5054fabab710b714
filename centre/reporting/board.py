"""The board's papers after Nghị định 30/2020/NĐ-CP: minutes, decision, receipt of an appeal."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from centre.accounts.permissions import require
from centre.decisions.effect import SheetState
from centre.decisions.sheets import sheet_view
from centre.reporting.log import Leaving
from centre.reporting.publishing import record, recorded
from courses.foundation.dates import VIETNAM, day_in_words, padded_date, vietnam_time
from courses.foundation.digests import digest_of
from courses.foundation.errors import DecisionError
from courses.foundation.files import write_atomically
from courses.tracks import the_track
from grading.certification.decision import STATUS_NAMES, Status
from grading.documents.administrative import (
    Basis,
    Document,
    Heading,
    Signer,
    Table,
    Text,
    render_docx,
    render_pdf,
    signature_lines,
    unprintable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from pathlib import Path

    from centre.accounts.actors import Actor
    from centre.accounts.models import User
    from centre.configuration import Centre
    from centre.decisions.models import Appeal, BoardSheet
    from centre.decisions.sheets import Row, SheetView

NOT_PRINTED = "(chưa in được họ tên)"


@dataclass(frozen=True)
class Written:
    """Where the papers are, and the candidates whose names could not be printed in them."""

    paths: tuple[Path, ...]
    left_out: tuple[str, ...]


def write_papers(actor: Actor, centre: Centre, sheet: BoardSheet, *, now: datetime) -> Written:
    """Write minutes, and the decision of a signed sheet, each as PDF and .docx.

    Somebody whose name has a letter that cannot be printed is named with a gap in its place;
    the papers of the others do not wait for it.

    Raises:
        DecisionError: for a draft, on which the board has not concluded.
    """
    require(actor, "report.write")
    view = sheet_view(sheet)
    if view.state in (SheetState.DRAFT, SheetState.REPLACED):
        raise DecisionError(f"bảng {sheet.pk} {view.state.value}; chưa có kết luận để lập văn bản")
    documents = {"bien-ban": minutes(centre, view)}
    if view.state is SheetState.SIGNED:
        documents["quyet-dinh"] = decision(centre, view)
    folder = centre.folder / "reports" / sheet.sitting_id / f"bang-{sheet.pk}"
    paths = write_documents(actor, f"{sheet.sitting_id}/{folder.name}", folder, documents, now)
    return Written(paths, tuple(one.candidate for one in view.rows if unprintable(one.full_name)))


def write_receipt(actor: Actor, centre: Centre, appeal: Appeal, *, now: datetime) -> Written:
    """Write the receipt of an appeal, with its number and deadline, as PDF and .docx."""
    require(actor, "report.write")
    sitting = appeal.decision.enrolment.sitting_id
    folder = centre.folder / "reports" / sitting / "don"
    name, documents = f"{sitting}/{appeal.number}", {appeal.number: receipt(centre, appeal)}
    paths = write_documents(actor, name, folder, documents, now)
    name = appeal.decision.enrolment.person.full_name
    return Written(paths, (appeal.decision.enrolment.candidate,) if unprintable(name) else ())


_FORMATS: dict[str, Callable[[Document, datetime], bytes]] = {
    ".pdf": render_pdf,
    ".docx": render_docx,
}


def write_documents(
    actor: Actor, name: str, folder: Path, documents: dict[str, Document], now: datetime
) -> tuple[Path, ...]:
    """Write documents of the board, each as PDF and .docx, and record them when they are new."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for stem, document in documents.items():
        for ending, render in _FORMATS.items():
            path = folder / f"{stem}{ending}"
            content = render(document, now)
            write_atomically(path, content)
            written[path] = hashlib.sha256(content).hexdigest()
    told = {path.name: digest for path, digest in written.items()}
    if recorded(name) != told:
        with transaction.atomic():
            record(actor, "", name, told, Leaving("board", digest_of(told)), now=now)
    return tuple(written)


def minutes(centre: Centre, view: SheetView) -> Document:
    """The minutes of the meeting at which a sheet was signed or returned."""
    board, sheet = centre.settings.board, view.sheet
    day = _day(view.effective or sheet.returned_at or sheet.drawn_at)
    return Document(
        issuer_parent=centre.settings.issuer.name,
        issuer=board.name,
        symbol=f"…/{board.minutes_symbol}",
        place=centre.settings.issuer.place,
        day=day,
        kind="BIÊN BẢN",
        subject=f"Họp xét kết quả {sheet.sitting.name}",
        blocks=(
            Text(f"Hội đồng họp xét bảng kết quả số {sheet.pk}, {_listed_in(sheet)}."),
            Heading("I. THÀNH PHẦN"),
            *map(Text, _present(view)),
            Heading("II. NỘI DUNG"),
            Text(
                f"Hội đồng xem kết quả, lý do và bằng chứng của {len(view.rows)} người: "
                f"{_counted(view.rows)}. Quyết định dựa trên chính sách "
                f"{', '.join(sorted({one.policy for one in view.rows}))}."
            ),
            Heading("III. KẾT LUẬN"),
            *map(Text, _concluded(view)),
            _results(view.rows, with_reasons=True),
        ),
        signers=(
            Signer(("THƯ KÝ",), _called(sheet.drawn_by)),
            Signer(("TM. HỘI ĐỒNG", "CHỦ TRÌ"), ""),
        ),
        is_demo=centre.settings.demo,
    )


def decision(centre: Centre, view: SheetView) -> Document:
    """The decision that makes a signed sheet known."""
    settings, sheet = centre.settings, view.sheet
    certificate = settings.certificate.of(sheet.sitting.track_id)
    passed = sum(one.status == Status.PASS for one in view.rows)
    paper = certificate.title.lower()
    return Document(
        issuer_parent=settings.issuer.parent,
        issuer=settings.issuer.name,
        symbol=f"…/{settings.board.decision_symbol}",
        place=settings.issuer.place,
        day=_day(view.effective or sheet.drawn_at),
        kind="QUYẾT ĐỊNH",
        subject=f"Công nhận kết quả {sheet.sitting.name}",
        blocks=(
            Heading(_authority(centre)),
            Basis(f"Căn cứ {the_track(sheet.sitting.track_id).mandate};"),
            Basis(f"Căn cứ {sheet.resolution} của {settings.board.name};"),
            Basis(f"Theo bảng kết quả số {sheet.pk}, {_listed_in(sheet)}."),
            Heading("QUYẾT ĐỊNH:"),
            Text(
                f"Công nhận kết quả của {len(view.rows)} người có tên trong danh sách kèm theo: "
                f"{_counted(view.rows)}.",
                lead="Điều 1.",
            ),
            Text(
                f"{passed} người đạt được cấp {paper} {certificate.programme}.",
                lead="Điều 2.",
            ),
            Text(
                f"Người không đồng ý với kết quả được gửi đơn; đơn được trả lời trong "
                f"{settings.board.appeal_days} ngày kể từ ngày nhận.",
                lead="Điều 3.",
            ),
            Text(
                "Quyết định này có hiệu lực kể từ ngày ký. Các đơn vị có liên quan và những người "
                "có tên trong danh sách chịu trách nhiệm thi hành.",
                lead="Điều 4.",
            ),
        ),
        annex=(
            Heading("DANH SÁCH KÈM THEO QUYẾT ĐỊNH"),
            _results(view.rows, with_reasons=False),
        ),
        signers=(
            Signer(
                signature_lines(settings.signatory.prefix, settings.signatory.title),
                settings.signatory.name,
            ),
        ),
        recipients=settings.issuer.recipients,
        is_demo=settings.demo,
    )


def receipt(centre: Centre, appeal: Appeal) -> Document:
    """The receipt that whoever files an appeal takes away."""
    settings, enrolment = centre.settings, appeal.decision.enrolment
    name = _printable(enrolment.person.full_name)
    return Document(
        issuer_parent=settings.issuer.parent,
        issuer=settings.issuer.name,
        symbol=appeal.number,
        place=settings.issuer.place,
        day=_day(appeal.filed_at),
        kind="GIẤY TIẾP NHẬN",
        subject="Đơn phúc khảo, khiếu nại kết quả",
        blocks=(
            Text(f"Đã nhận đơn số {appeal.number} lúc {vietnam_time(appeal.filed_at)}."),
            Text(f"Người gửi: {name}, số báo danh {enrolment.candidate}."),
            Text(
                f"Về kết quả {enrolment.sitting.name}, quyết định lần {appeal.decision.revision}."
            ),
            Text(
                f"Hạn trả lời: hết ngày {padded_date(appeal.deadline)}. Đơn do người không chấm và "
                "không quyết định kết quả này trả lời."
            ),
        ),
        signers=(Signer(("NGƯỜI GỬI ĐƠN",), name), Signer(("NGƯỜI TIẾP NHẬN",), "")),
        is_demo=settings.demo,
    )


def _authority(centre: Centre) -> str:
    """Who decides, as a decision names them above its bases: the head, whoever signs for them."""
    signatory = centre.settings.signatory
    head = signatory.prefix.partition(". ")[2] or signatory.title
    return f"{head} {centre.settings.issuer.name}".upper()


def _listed_in(sheet: BoardSheet) -> str:
    day = day_in_words(_day(sheet.drawn_at))
    return f"lập {day}, mã băm {sheet.digest[:16]}"


def _present(view: SheetView) -> Iterable[str]:
    for name, at in view.signatures:
        yield f"- Thành viên {name}: ký lúc {vietnam_time(at)}."
    for name, ground in view.recusals:
        yield f"- Thành viên {name}: không tham gia, không ký ({ground})."
    yield f"Số thành viên phải ký để có hiệu lực: {view.sheet.quorum}."


def _concluded(view: SheetView) -> Iterable[str]:
    sheet = view.sheet
    if view.state is SheetState.RETURNED:
        yield f"Trả lại bảng, chưa công nhận kết quả. Lý do: {sheet.return_reason}"
        return
    if (before := sheet.mends) is not None and before.returned_at is not None:
        yield f"Bảng số {before.pk} đã được trả lại ({before.return_reason}) và lập lại."
    yield "Công nhận kết quả sau đây; bảng được khoá theo mã băm nêu trên."


def _results(rows: Iterable[Row], *, with_reasons: bool) -> Table:
    headings: tuple[str, ...] = ("STT", "Số báo danh", "Họ và tên", "Cơ quan", "Kết quả")
    widths: tuple[float, ...] = (1.0, 2.4, 3.8, 4.4, 2.4)
    if with_reasons:
        headings, widths = (*headings, "Lý do"), (*widths, 5.0)
    return Table(
        headings=headings,
        rows=tuple(
            (*_told(number, row), *([_why(row)] if with_reasons else []))
            for number, row in enumerate(rows, start=1)
        ),
        widths=widths,
    )


def _told(number: int, row: Row) -> tuple[str, ...]:
    status = STATUS_NAMES[Status(row.status)]
    return str(number), row.candidate, _printable(row.full_name), _printable(row.agency), status


def _why(row: Row) -> str:
    """What led to the result; when one may sit again is the candidate's own affair."""
    told = (reason["text"] for reason in row.reasons if reason["code"] != "RESIT")
    return _printable(" ".join(told))


def _printable(text: str) -> str:
    return NOT_PRINTED if unprintable(text) else text


def _counted(rows: Iterable[Row]) -> str:
    counted = Counter(row.status for row in rows)
    return ", ".join(f"{STATUS_NAMES[s]} {counted[s]}" for s in Status if counted[s])


def _called(user: User | None) -> str:
    if user is None:
        return ""
    return _printable(user.person.full_name) if user.person else user.username


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
