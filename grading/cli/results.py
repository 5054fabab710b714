"""``cio grade``, ``marking``, ``case``, ``decide``, ``approve``, ``report``: marks to results."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from courses.errors import SittingError
from grading.certification import evidence
from grading.cli.common import Folder, Json, now, print_json, status_counts
from grading.engine.autograde import grade as grade_submissions
from grading.engine.course import open_course
from grading.engine.outcome import Outcome
from grading.marking.scripts import disputed, record_marks, scripts, write_agreed
from grading.marking.sheet import read_sheet, write_sheet
from grading.progress import Progress
from grading.sitting import SETTINGS, Sitting, open_sitting

Trainee = Annotated[str, typer.Argument(help="Mã học viên.")]

app = typer.Typer()
marking_app = typer.Typer(help="Chấm tự luận: phiếu chấm ra và vào.", no_args_is_help=True)
case_app = typer.Typer(help="Vụ việc vi phạm quy chế.", no_args_is_help=True)
app.add_typer(marking_app, name="marking")
app.add_typer(case_app, name="case")


@app.command()
def grade(
    folder: Annotated[Path, typer.Argument(help="Thư mục khoá học nbgrader.")],
    assignment: Annotated[str | None, typer.Argument(help="Mã bài; mặc định mọi bài.")] = None,
    *,
    student: Annotated[str, typer.Option(help="Chỉ chấm một học viên.")] = "*",
    force: Annotated[bool, typer.Option("--force", help="Chấm lại cả bài không đổi.")] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Chạy mã của thí sinh không có hộp cát.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Số bài chạy cùng lúc.")] = 1,
    as_json: Json = False,
) -> None:
    """Chấm bài nộp vào sổ điểm nbgrader; bài hỏng được nêu lý do, các bài khác vẫn chấm."""
    course = open_course(folder)
    known = course.assignments()
    if assignment is not None and assignment not in known:
        raise SittingError(f"không có bài {assignment}; có: {', '.join(known)}", path=folder)
    sitting = open_sitting(folder) if (folder / SETTINGS).exists() else None
    forms = sitting.forms() if sitting else {}
    chosen = [assignment] if assignment else known
    total = sum(len(course.submissions(name, student)) for name in chosen)
    work = (
        outcome
        for name in chosen
        for outcome in grade_submissions(
            course, name, forms, student=student, force=force, unsafe=unsafe, workers=workers
        )
    )
    outcomes = list(Progress(quiet=as_json).each(work, "Chấm bài", total=total))
    if sitting:
        write_agreed(sitting)  # marks agreed before stay agreed when a paper is graded again
    _show_outcomes(outcomes, as_json=as_json)


def _show_outcomes(outcomes: list[Outcome], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(outcome) for outcome in outcomes])
    states = Counter(outcome.state for outcome in outcomes)
    for outcome in () if as_json else outcomes:
        who = f"{outcome.student}, bài {outcome.assignment}"
        if outcome.state == "failed":
            typer.echo(f"Không chấm được {who}: {outcome.reason}")
        if outcome.altered:
            typer.echo(f"Cần xem {who}: tệp bài thi bị sửa ({', '.join(outcome.altered)})")
        for note in (*outcome.review, *outcome.stopped):
            typer.echo(f"Cần xem {who}: {note}")
    if not as_json:
        typer.echo(
            f"Đã chấm {states['graded']}, không đổi {states['unchanged']}, "
            f"không chấm được {states['failed']}."
        )
    if states["failed"]:
        raise typer.Exit(1)


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
