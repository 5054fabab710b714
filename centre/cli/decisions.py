"""``cio case``, ``decide``, ``sheet``, ``approve``, ``appeal``, ``replay``, ``report``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import (
    Candidate,
    Json,
    SittingCode,
    at_work,
    now,
    print_json,
    status_counts,
    the_actor,
    the_centre,
)
from courses.foundation.dates import padded_date, vietnam_time

if TYPE_CHECKING:
    from centre.decisions.models import BoardSheet, Decision

app = typer.Typer()
case_app = typer.Typer(help="Vụ việc vi phạm quy chế.", no_args_is_help=True)
sheet_app = typer.Typer(help="Bảng kết quả trình hội đồng.", no_args_is_help=True)
appeal_app = typer.Typer(help="Đơn phúc khảo, khiếu nại.", no_args_is_help=True)
app.add_typer(case_app, name="case")
app.add_typer(sheet_app, name="sheet")
app.add_typer(appeal_app, name="appeal")

SheetNumber = Annotated[int, typer.Argument(help="Số bảng.")]


@case_app.command("open")
def case_open(
    candidate: Candidate,
    sitting: SittingCode,
    reason: Annotated[str, typer.Option(help="Nội dung vụ việc.")],
) -> None:
    """Mở vụ việc: kết quả của thí sinh không hợp lệ cho đến khi kết luận."""
    from django.db import transaction

    from centre.decisions.cases import open_case

    actor, opened = at_work(sitting)
    with transaction.atomic():
        open_case(actor, opened, candidate, reason, now=now())
    typer.echo(f"{candidate}: vụ việc đang mở; chạy “cio decide” để kết quả theo đó.")


@case_app.command("close")
def case_close(
    candidate: Candidate,
    sitting: SittingCode,
    conclusion: Annotated[str, typer.Option(help="Kết luận.")],
    authority: Annotated[str, typer.Option(help="Văn bản của người có thẩm quyền.")],
    *,
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="Có vi phạm hay không.")],
) -> None:
    """Kết luận vụ việc: có vi phạm thì kết quả vẫn không hợp lệ."""
    from django.db import transaction

    from centre.decisions.cases import close_case

    actor, opened = at_work(sitting)
    with transaction.atomic():
        close_case(
            actor, opened, candidate, conclusion, upheld=upheld, authority=authority, now=now()
        )
    typer.echo(f"{candidate}: {'có vi phạm' if upheld else 'không vi phạm'}; chạy “cio decide”.")
    _warn_undermined()


@app.command()
def decide(sitting: SittingCode, *, as_json: Json = False) -> None:
    """Quyết định kết quả theo chính sách của kỳ thi; quyết định cũ luôn được giữ."""
    from django.db import transaction

    from centre.decisions.decide import content_of, decide_all

    actor, opened = at_work(sitting)
    with transaction.atomic():
        decided = decide_all(actor, opened, now=now())
    if as_json:
        print_json([content_of(decision) for decision in decided.standing])
        return
    statuses = Counter(decision.status for decision in decided.standing)
    typer.echo(f"{status_counts(statuses)}. Quyết định mới: {decided.new}.")
    _warn_undermined()


def _warn_undermined() -> None:
    """Name the certificates that stand while what they rest on has changed."""
    from centre.register.revoke import undermined

    for one in undermined():
        typer.echo(f"CẦN XỬ LÝ {one}", err=True)


@sheet_app.command("draw")
def sheet_draw(
    sitting: SittingCode,
    resolution: Annotated[str, typer.Option(help="Số, ngày biên bản hoặc nghị quyết.")],
) -> None:
    """Lập bảng các quyết định đang chờ, đúng như hiện có, để trình hội đồng."""
    from django.db import transaction

    from centre.decisions.board import draw_sheet

    actor, opened = at_work(sitting)
    with transaction.atomic():
        sheet = draw_sheet(actor, opened, resolution, now=now())
    _show_sheet(sheet)


@sheet_app.command("show")
def sheet_show(number: SheetNumber) -> None:
    """Xem một bảng: từng người, kết quả, lý do, và mã băm phải nêu khi ký."""
    from centre.accounts.permissions import require

    the_centre()
    require(the_actor(), "decision.read")
    _show_sheet(_sheet(number))


@sheet_app.command("list")
def sheet_list(sitting: SittingCode) -> None:
    """Các bảng còn chờ chữ ký."""
    from centre.accounts.permissions import require
    from centre.decisions.board import waiting_sheets

    actor, opened = at_work(sitting)
    require(actor, "decision.read")
    waiting = waiting_sheets(opened)
    for sheet in waiting:
        typer.echo(f"Bảng {sheet.pk}: {sheet.resolution}, lập {vietnam_time(sheet.drawn_at)}")
    typer.echo(f"{len(waiting)} bảng chờ ký.")


def _sheet(number: int) -> BoardSheet:
    from centre.decisions.models import BoardSheet
    from courses.foundation.errors import DecisionError

    sheet = BoardSheet.objects.filter(pk=number).first()
    if sheet is None:
        raise DecisionError(f"không có bảng số {number}")
    return sheet


def _show_sheet(sheet: BoardSheet) -> None:
    from centre.decisions.board import listed
    from centre.decisions.decide import content_of
    from grading.certification.decision import STATUS_NAMES, Status

    typer.echo(f"Bảng {sheet.pk}, kỳ {sheet.sitting_id}: {sheet.resolution}")
    statuses: Counter[str] = Counter()
    for decision in listed(sheet):
        statuses[decision.status] += 1
        reasons = "; ".join(reason["text"] for reason in content_of(decision)["reasons"])
        status = STATUS_NAMES[Status(decision.status)]
        typer.echo(f"  {decision.enrolment.candidate}: {status}. {reasons}")
    for signature in sheet.signatures.select_related("user").order_by("signed_at"):
        typer.echo(f"  Đã ký: {signature.user.username}, {vietnam_time(signature.signed_at)}")
    typer.echo(f"{status_counts(statuses)}.\nMã băm của bảng: {sheet.digest}")


@app.command()
def approve(
    number: SheetNumber,
    digest: Annotated[str, typer.Option(help="Mã băm của bảng đã xem (ít nhất 8 chữ đầu).")],
) -> None:
    """Ký một bảng với tư cách thành viên hội đồng; đủ hai người thì quyết định có hiệu lực."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.decisions.board import sign_sheet
    from centre.decisions.effect import QUORUM
    from courses.foundation.errors import DecisionError

    least = 8
    the_centre()
    actor = the_actor()
    require(actor, "sheet.sign")
    sheet = _sheet(number)
    if len(digest) < least or not sheet.digest.startswith(digest.lower()):
        raise DecisionError("mã băm không phải của bảng này; xem lại “cio sheet show”")
    with transaction.atomic():
        signed = sign_sheet(actor, sheet, sheet.digest, now=now())
    effect = "các quyết định có hiệu lực" if signed >= QUORUM else "chờ người thứ hai"
    typer.echo(f"Bảng {number}: {signed}/{QUORUM} chữ ký, {effect}.")
    _warn_undermined()


@appeal_app.command("file")
def appeal_file(
    candidate: Candidate,
    sitting: SittingCode,
    text: Annotated[str, typer.Option(help="Nội dung đơn.")],
) -> None:
    """Nhận đơn về quyết định mới nhất của một thí sinh; cấp số và hạn trả lời."""
    from django.db import transaction

    from centre.accounts.permissions import ask
    from centre.decisions.appeals import file_appeal

    actor, opened = at_work(sitting)
    ask(actor, "appeal.file", lambda: opened.enrolment(candidate).person_id)
    with transaction.atomic():
        appeal = file_appeal(actor, _latest(opened.enrolment(candidate).pk), text, now=now())
    typer.echo(f"Đơn {appeal.number}, trả lời trước ngày {padded_date(appeal.deadline)}.")


@appeal_app.command("answer")
def appeal_answer(
    number: Annotated[str, typer.Argument(help="Số đơn.")],
    answer: Annotated[str, typer.Option(help="Nội dung trả lời.")],
    *,
    accepted: Annotated[bool, typer.Option("--accepted/--rejected", help="Chấp nhận hay không.")],
) -> None:
    """Trả lời một đơn; người đã chấm hoặc đã ký không được trả lời."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.decisions.appeals import answer_appeal
    from centre.decisions.models import Appeal
    from courses.foundation.errors import DecisionError

    the_centre()
    actor = the_actor()
    require(actor, "appeal.answer")
    appeal = Appeal.objects.filter(pk=number).first()
    if appeal is None:
        raise DecisionError(f"không có đơn {number}")
    with transaction.atomic():
        answer_appeal(actor, appeal, answer, accepted=accepted, now=now())
    typer.echo(f"Đơn {number}: đã trả lời.")


def _latest(enrolment: int) -> Decision:
    from centre.decisions.models import Decision
    from courses.foundation.errors import DecisionError

    decision = Decision.objects.filter(enrolment=enrolment).order_by("revision").last()
    if decision is None:
        raise DecisionError("chưa có quyết định nào về thí sinh này")
    return decision


@app.command()
def replay(
    candidate: Candidate,
    sitting: SittingCode,
    revision: Annotated[int, typer.Option(help="Lần quyết định; 0 là mới nhất.")] = 0,
) -> None:
    """Tính lại một quyết định từ bằng chứng và chính sách đã khoá; phải đúng từng byte."""
    from centre.accounts.permissions import require
    from centre.decisions.models import Decision
    from centre.decisions.replay import replay as recompute
    from courses.foundation.errors import DecisionError

    actor, opened = at_work(sitting)
    require(actor, "decision.read")
    enrolment = opened.enrolment(candidate)
    found = Decision.objects.filter(enrolment=enrolment).order_by("revision")
    kept = found.filter(revision=revision).first() if revision else found.last()
    if kept is None:
        raise DecisionError(f"không có quyết định đó về {candidate}")
    replayed = recompute(kept)
    typer.echo(f"Đang lưu:  {replayed.kept}\nTính lại:  {replayed.recomputed}")
    typer.echo("Trùng khớp từng byte." if replayed.same else "KHÔNG TRÙNG KHỚP.")
    if not replayed.same:
        raise typer.Exit(1)


@app.command()
def report(sitting: SittingCode) -> None:
    """Lập báo cáo tổng hợp cho Cục: PDF và Excel."""
    from centre.cli.progress import Progress
    from centre.reporting.cohort import report as write_report

    actor, opened = at_work(sitting)
    with Progress().step("Lập báo cáo"):
        paths: tuple[Path, ...] = write_report(actor, opened, now=now())
    for path in paths:
        typer.echo(str(path))
