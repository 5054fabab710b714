"""``cio marking``: essays out to markers and their levels back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from centre.cli.common import SittingCode, at_work, now

app = typer.Typer()
marking_app = typer.Typer(help="Chấm tự luận: phiếu chấm ra và vào.", no_args_is_help=True)
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

    from centre.marks.scripts import record_marks, scripts, write_agreed
    from grading.marking.sheet import read_sheet

    actor, opened = at_work(sitting)
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
