"""``cio sheet``, ``approve``: the board's sheets, seen, returned, signed and put on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import (
    SittingCode,
    at_work,
    now,
    status_counts,
    the_actor,
    the_centre,
)
from courses.foundation.dates import vietnam_time

if TYPE_CHECKING:
    from centre.decisions.models import BoardSheet
    from centre.decisions.sheets import Row

app = typer.Typer()
sheet_app = typer.Typer(help="Bảng kết quả trình hội đồng.", no_args_is_help=True)
app.add_typer(sheet_app, name="sheet")

SheetNumber = Annotated[int, typer.Argument(help="Số bảng.")]


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
def sheet_show(
    number: SheetNumber,
    *,
    borderline: Annotated[bool, typer.Option(help="Chỉ người sát điểm cắt.")] = False,
    changed: Annotated[bool, typer.Option(help="Chỉ người khác với bảng trước.")] = False,
) -> None:
    """Xem một bảng: từng người, kết quả, lý do, và mã băm phải nêu khi ký."""
    from centre.accounts.permissions import require
    from centre.decisions.board import the_sheet

    the_centre()
    require(the_actor(), "decision.read")
    told = {"borderline": borderline, "changed": changed}
    _show_sheet(the_sheet(number), [flag for flag, on in told.items() if on])


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


def _show_sheet(sheet: BoardSheet, chosen: Sequence[str] = ()) -> None:
    from centre.decisions.sheets import sheet_view

    view = sheet_view(sheet)
    typer.echo(f"Bảng {sheet.pk}, kỳ {sheet.sitting_id}: {sheet.resolution} ({view.state.value})")
    rows = [row for row in view.rows if all(getattr(row, flag) for flag in chosen)]
    for row in rows:
        _show_row(row)
    for name, at in view.signatures:
        typer.echo(f"  Đã ký: {name}, {vietnam_time(at)}")
    for name, ground in view.recusals:
        typer.echo(f"  Không tham gia: {name}, {ground}")
    if sheet.returned_at is not None:
        typer.echo(f"  TRẢ LẠI {vietnam_time(sheet.returned_at)}: {sheet.return_reason}")
    counted = status_counts(Counter(row.status for row in rows))
    typer.echo(f"{counted}.\nMã băm của bảng: {sheet.digest}")


def _show_row(row: Row) -> None:
    from grading.certification.decision import STATUS_NAMES, Status

    flags = [word for word, on in (("SÁT ĐIỂM", row.borderline), ("ĐÃ ĐỔI", row.changed)) if on]
    marks = f" [{', '.join(flags)}]" if flags else ""
    reasons = "; ".join(reason["text"] for reason in row.reasons)
    typer.echo(f"  {row.candidate}: {STATUS_NAMES[Status(row.status)]}{marks}. {reasons}")
    if row.before is not None:
        earlier = STATUS_NAMES[Status(row.before["status"])]
        typer.echo(f"    Bảng trước: {earlier}, lần quyết định khác.")


@sheet_app.command("return")
def sheet_return(
    number: SheetNumber, reason: Annotated[str, typer.Option(help="Lý do trả lại.")]
) -> None:
    """Trả lại một bảng dự thảo kèm lý do; sửa xong thì lập bảng mới."""
    from django.db import transaction

    from centre.decisions.board import return_sheet, the_sheet

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        return_sheet(actor, the_sheet(number), reason, now=now())
    typer.echo(f"Bảng {number}: đã trả lại; sửa rồi “cio decide” và “cio sheet draw” lập bảng mới.")


@sheet_app.command("recuse")
def sheet_recuse(
    number: SheetNumber, ground: Annotated[str, typer.Option(help="Xung đột lợi ích gì.")]
) -> None:
    """Không tham gia xét một bảng vì xung đột lợi ích: không ký, không tính vào số phải ký."""
    from django.db import transaction

    from centre.decisions.board import recuse, the_sheet

    the_centre()
    actor = the_actor()
    with transaction.atomic():
        recuse(actor, the_sheet(number), ground, now=now())
    typer.echo(f"Bảng {number}: {actor.id} không tham gia.")


@sheet_app.command("papers")
def sheet_papers(number: SheetNumber) -> None:
    """Lập biên bản và quyết định của bảng đã xét: PDF và .docx theo Nghị định 30."""
    from centre.decisions.board import the_sheet
    from centre.reporting.board import write_papers

    centre = the_centre()
    written = write_papers(the_actor(), centre, the_sheet(number), now=now())
    for path in written.paths:
        typer.echo(str(path))
    for candidate in written.left_out:
        typer.echo(f"{candidate}: họ tên có chữ không in được; đính chính rồi lập lại", err=True)
    if written.left_out:
        raise typer.Exit(1)


@app.command()
def approve(
    number: SheetNumber,
    digest: Annotated[str, typer.Option(help="Mã băm của bảng đã xem (ít nhất 8 chữ đầu).")],
) -> None:
    """Ký một bảng với tư cách thành viên hội đồng; đủ số người thì quyết định có hiệu lực."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.decisions.board import sign_sheet, the_sheet
    from courses.foundation.errors import DecisionError

    least = 8
    the_centre()
    actor = the_actor()
    require(actor, "sheet.sign")
    sheet = the_sheet(number)
    if len(digest) < least or not sheet.digest.startswith(digest.lower()):
        raise DecisionError("mã băm không phải của bảng này; xem lại “cio sheet show”")
    with transaction.atomic():
        signed = sign_sheet(actor, sheet, sheet.digest, now=now())
    effect = "các quyết định có hiệu lực" if signed >= sheet.quorum else "chờ người khác ký tiếp"
    typer.echo(f"Bảng {number}: {signed}/{sheet.quorum} chữ ký, {effect}.")
