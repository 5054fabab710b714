"""``cio marking``: essays out to markers and back in; short answers that a person rules on."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import SittingCode, at_work, now

if TYPE_CHECKING:
    from centre.marks.rulings import Doubt

app = typer.Typer()
marking_app = typer.Typer(
    help="Chấm tự luận: phiếu chấm ra và vào; câu trả lời gần đúng.", no_args_is_help=True
)
app.add_typer(marking_app, name="marking")

Marker = Annotated[str, typer.Argument(help="Tên người dùng của giám khảo.")]


@marking_app.command("export")
def marking_export(marker: Marker, sitting: SittingCode) -> None:
    """Xuất phiếu chấm Excel không có tên thí sinh cho một giám khảo."""
    from centre.accounts.permissions import require
    from centre.marks.scripts import disputed, pairing_of, scripts
    from courses.foundation.errors import SittingError
    from grading.marking.sheet import write_sheet

    actor, opened = at_work(sitting)
    require(actor, "script.mark", marker)
    pairing = pairing_of(opened)
    if marker not in (*pairing.markers, pairing.adjudicator):
        known = ", ".join((*pairing.markers, pairing.adjudicator))
        raise SittingError(f"không có giám khảo {marker}; kỳ này có {known}")
    path = opened.folder / "marking" / f"phieu-cham-{marker}.xlsx"
    if path.exists():
        raise SittingError("phiếu chấm đã có; đổi tên hoặc chuyển đi trước khi xuất lại", path=path)
    waiting = scripts(opened)
    if not waiting:
        raise SittingError("chưa có bài tự luận nào; hãy chạy “cio grade” trước")
    if marker == pairing.adjudicator:
        waiting = disputed(opened, waiting)
    if not waiting:
        raise SittingError("không có bài nào lệch điểm cần giám khảo thứ ba")
    write_sheet(path, marker, waiting)
    typer.echo(f"{path}: {len(waiting)} bài.")


@marking_app.command("import")
def marking_import(
    marker: Marker,
    file: Annotated[Path, typer.Argument(help="Phiếu chấm đã điền.")],
    sitting: SittingCode,
) -> None:
    """Nhập phiếu chấm, ghi điểm thống nhất vào sổ điểm; dòng sai được nêu, dòng đúng vẫn nhập."""
    from django.db import transaction

    from centre.accounts.permissions import require
    from centre.marks.scripts import record_marks, scripts, write_agreed
    from grading.marking.sheet import read_sheet

    actor, opened = at_work(sitting)
    require(actor, "script.mark", marker)
    marked, problems = read_sheet(file, marker, scripts(opened))
    with transaction.atomic():
        recorded = record_marks(actor, opened, marker, marked, now=now())
    written = write_agreed(opened)
    for problem in problems:
        typer.echo(str(problem))
    for code in recorded.closed:
        typer.echo(f"{code}: hai giám khảo đã chấm xong, không sửa được qua phiếu; giữ điểm cũ")
    typer.echo(
        f"Ghi {recorded.changed} kết quả chấm của {marker}; "
        f"{written} điểm thống nhất vào sổ điểm; {len(problems)} dòng sai."
    )
    if problems or recorded.closed:
        raise typer.Exit(1)


@marking_app.command("near")
def marking_near(
    sitting: SittingCode,
    *,
    ruled: Annotated[bool, typer.Option("--all", help="Kể cả câu đã có kết luận.")] = False,
) -> None:
    """Các câu trả lời ngắn gần đúng chờ người xem; không nêu tên hay số báo danh."""
    from centre.accounts.permissions import require
    from centre.marks.rulings import doubts

    actor, opened = at_work(sitting)
    require(actor, "answer.rule")
    found = doubts(opened)
    waiting = [one for one in found if one.waits]
    for one in found if ruled else waiting:
        _show_doubt(one)
    typer.echo(f"{len(waiting)} câu trả lời chờ kết luận, {len(found) - len(waiting)} đã có.")


def _show_doubt(doubt: Doubt) -> None:
    said = ", ".join(_verdict(share) for share in sorted(doubt.shares)) or "chưa có kết luận"
    typer.echo(f"{doubt.code}  câu {doubt.item.id}, {len(doubt.written)} thí sinh, {said}")
    typer.echo(f"  Hỏi: {' '.join(doubt.prompt.split())}")
    typer.echo(f"  Đáp án: {'; '.join(doubt.accepted)}")
    typer.echo(f"  Trả lời: {doubt.answer}")


def _verdict(share: Decimal) -> str:
    named = {Decimal(0): "sai", Decimal(1): "đúng"}
    return named.get(share, f"{share:.2f} số điểm".replace(".", ","))


@marking_app.command("rule")
def marking_rule(
    code: Annotated[str, typer.Argument(help="Mã câu trả lời, xem “cio marking near”.")],
    verdict: Annotated[str, typer.Argument(help="right (đúng), wrong (sai) hoặc phần, như 0,5.")],
    sitting: SittingCode,
) -> None:
    """Kết luận một câu trả lời gần đúng, cho mọi thí sinh đã viết như vậy; ghi vào sổ điểm."""
    from django.db import transaction

    from centre.marks.rulings import rule
    from centre.marks.scripts import write_agreed

    actor, opened = at_work(sitting)
    share = _share(verdict)
    with transaction.atomic():
        said = rule(actor, opened, code, share, now=now())
    written = write_agreed(opened)
    typer.echo(f"{code}: {_verdict(share)}, {said} thí sinh; {written} điểm vào sổ điểm.")


def _share(verdict: str) -> Decimal:
    from courses.foundation.errors import SittingError

    named = {"right": "1", "wrong": "0"}
    try:
        return Decimal(named.get(verdict, verdict.replace(",", ".")))
    except InvalidOperation:
        raise SittingError("kết luận là right, wrong hoặc một phần như 0,5") from None
