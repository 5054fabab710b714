"""``cio marking``, ``case``, ``decide``, ``approve``, ``report``: marks to results."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from courses.foundation.errors import SittingError
from grading.certification import evidence
from grading.cli.common import Folder, Json, now, print_json, status_counts
from grading.marking.scripts import disputed, record_marks, scripts, write_agreed
from grading.marking.sheet import read_sheet, write_sheet
from grading.progress import Progress
from grading.sitting import Sitting, open_sitting

Trainee = Annotated[str, typer.Argument(help="Mã học viên.")]

app = typer.Typer()
marking_app = typer.Typer(help="Chấm tự luận: phiếu chấm ra và vào.", no_args_is_help=True)
case_app = typer.Typer(help="Vụ việc vi phạm quy chế.", no_args_is_help=True)
app.add_typer(marking_app, name="marking")
app.add_typer(case_app, name="case")


@marking_app.command("export")
def marking_export(
    folder: Folder, marker: Annotated[str, typer.Argument(help="Mã giám khảo.")]
) -> None:
    """Xuất phiếu chấm Excel không có tên học viên cho một giám khảo."""
    sitting = open_sitting(folder)
    _known_marker(sitting, marker)
    path = folder / "marking" / f"phieu-cham-{marker}.xlsx"
    if path.exists():
        raise SittingError("phiếu chấm đã có; đổi tên hoặc chuyển đi trước khi xuất lại", path=path)
    waiting = scripts(sitting)
    if not waiting:
        raise SittingError("chưa có bài tự luận nào; hãy chạy “cio grade” trước", path=folder)
    if marker == sitting.settings.marking.adjudicator:
        waiting = disputed(sitting, waiting)
    if not waiting:
        raise SittingError("không có bài nào lệch điểm cần giám khảo thứ ba", path=folder)
    write_sheet(path, marker, waiting)
    typer.echo(f"{path}: {len(waiting)} bài.")


@marking_app.command("import")
def marking_import(
    folder: Folder,
    marker: Annotated[str, typer.Argument(help="Mã giám khảo.")],
    file: Annotated[Path, typer.Argument(help="Phiếu chấm đã điền.")],
) -> None:
    """Nhập phiếu chấm, thống nhất điểm và ghi vào sổ điểm nbgrader."""
    sitting = open_sitting(folder)
    _known_marker(sitting, marker)
    changed = record_marks(sitting, marker, read_sheet(file, scripts(sitting)), now())
    written = write_agreed(sitting)
    typer.echo(f"Ghi {changed} kết quả chấm của {marker}; {written} điểm thống nhất vào sổ điểm.")


def _known_marker(sitting: Sitting, marker: str) -> None:
    marking = sitting.settings.marking
    known = (*marking.markers, marking.adjudicator)
    if marker not in known:
        raise SittingError(f"không có giám khảo {marker}; kỳ này có {', '.join(known)}")


@case_app.command("open")
def case_open(
    folder: Folder,
    trainee: Trainee,
    reason: Annotated[str, typer.Option(help="Nội dung vụ việc.")],
) -> None:
    """Mở vụ việc: kết quả của học viên tạm không hợp lệ cho đến khi đóng."""
    evidence.open_case(open_sitting(folder), trainee, reason, now())


@case_app.command("close")
def case_close(
    folder: Folder,
    trainee: Trainee,
    outcome: Annotated[str, typer.Option(help="Kết luận.")],
) -> None:
    """Đóng vụ việc, kèm kết luận."""
    evidence.close_case(open_sitting(folder), trainee, outcome, now())


@app.command()
def decide(folder: Folder, *, as_json: Json = False) -> None:
    """Quyết định kết quả theo chính sách đang có hiệu lực; quyết định cũ luôn được giữ."""
    decisions, new = evidence.decide_all(open_sitting(folder), now())
    if as_json:
        print_json([decision.record() for decision in decisions])
        return
    statuses = Counter(decision.status.value for decision in decisions)
    typer.echo(f"{status_counts(statuses)}. Quyết định mới: {new}.")


@app.command()
def approve(folder: Folder) -> None:
    """Ghi nghị quyết của hội đồng (trong sitting.toml) cho các quyết định đang chờ."""
    sitting = open_sitting(folder)
    count = evidence.approve(sitting, now())
    typer.echo(f"{sitting.settings.board.resolution}: {count} quyết định có hiệu lực.")


@app.command()
def report(folder: Folder) -> None:
    """Lập báo cáo tổng hợp cho Cục: PDF và Excel."""
    from grading.reporting import report as write_report

    with Progress().step("Lập báo cáo"):
        paths = write_report(open_sitting(folder), now())
    for path in paths:
        typer.echo(str(path))
