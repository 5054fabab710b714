"""``cio roster``, ``prepare``, ``deliver``, ``watch``, ``collect``: a sitting under way."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cohort_data.rosters.prior import read_prior
from cohort_data.rosters.roster import read_roster
from courses.foundation.errors import SittingError
from grading import delivery
from grading.cli.common import Folder, Json, now, print_json
from grading.invigilation import Event, watch
from grading.serving import serve as serve_lessons
from grading.sitting import open_sitting
from grading.sitting import prepare as prepare_sitting

app = typer.Typer()
roster_app = typer.Typer(help="Danh sách học viên.", no_args_is_help=True)
app.add_typer(roster_app, name="roster")


@roster_app.command("check")
def roster_check(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx, .xls, .ods, .csv.")],
    *,
    as_json: Json = False,
) -> None:
    """Kiểm tra danh sách học viên; nêu từng lỗi theo tệp, dòng, cột."""
    roster = read_roster(file)
    if as_json:
        problems = [asdict(problem) for problem in roster.problems]
        print_json({"trainees": len(roster.trainees), "problems": problems})
    else:
        for problem in roster.problems:
            typer.echo(str(problem))
        errors = sum(problem.severity == "lỗi" for problem in roster.problems)
        warnings = sum(problem.severity == "cảnh báo" for problem in roster.problems)
        typer.echo(f"Đọc được {len(roster.trainees)} học viên, {errors} lỗi, {warnings} cảnh báo.")
    if roster.has_errors:
        raise typer.Exit(1)


@app.command()
def prepare(
    folder: Folder,
    settings: Annotated[Path, typer.Option(help="Tệp sitting.toml.")],
    roster: Annotated[Path, typer.Option(help="Danh sách học viên (.xlsx, .xls, .ods, .csv).")],
    prior: Annotated[Path | None, typer.Option(help="Kết quả được bảo lưu (.csv).")] = None,
) -> None:
    """Tạo kỳ sát hạch: nhập danh sách, rút và khoá đề, phát hành bài thi."""
    checked = read_roster(roster)
    if checked.has_errors:
        raise SittingError("danh sách còn lỗi; xem “cio roster check”", path=roster)
    priors = read_prior(prior) if prior else ()
    sitting = prepare_sitting(folder, settings, checked.trainees, priors, now())
    papers = ", ".join(sitting.forms())
    typer.echo(f"Kỳ sát hạch sẵn sàng: {len(sitting.trainees())} học viên, bài thi {papers}.")


@app.command()
def accommodate(
    folder: Folder,
    trainee: Annotated[str, typer.Argument(help="Mã học viên.")],
    minutes: Annotated[int, typer.Option(help="Số phút thêm cho mỗi bài.")],
    ground: Annotated[str, typer.Option(help="Căn cứ, không nêu thông tin sức khoẻ chi tiết.")],
) -> None:
    """Cho một học viên thêm giờ ở mọi bài chưa bắt đầu."""
    delivery.accommodate(open_sitting(folder), trainee, minutes, ground, now())
    typer.echo(f"{trainee}: thêm {minutes} phút mỗi bài.")


@app.command()
def deliver(
    folder: Folder,
    trainee: Annotated[str, typer.Argument(help="Mã học viên.")],
    paper: Annotated[str, typer.Argument(help="Mã bài thi, ví dụ QL.")],
) -> None:
    """Giao đề cho một học viên; giờ làm bài tính từ lúc này."""
    sitting = open_sitting(folder)
    forms = sitting.forms()
    if paper not in {form.paper for form in forms.values()}:
        raise SittingError(f"không có bài thi {paper}", path=folder)
    form = sitting.form_of(trainee, paper, forms)
    typer.echo(str(delivery.deliver(sitting, trainee, form, now())))


@app.command()
def collect(
    folder: Folder,
    trainee: Annotated[str, typer.Argument(help="Mã học viên.")],
    form: Annotated[str, typer.Argument(help="Mã đề, ví dụ QL-A.")],
) -> None:
    """Thu bài của một học viên và in biên nhận."""
    taken = delivery.collect(open_sitting(folder), trainee, form, now())
    late = " (nộp muộn)" if taken.late else ""
    typer.echo(f"{trainee}, đề {form}: đã thu{late}. SHA-256 {taken.receipt.sha256}")


@app.command("watch")
def watch_rooms(folder: Folder) -> None:
    """Coi thi: trả lời yêu cầu bắt đầu, nộp bài; tự thu bài khi hết giờ. Dừng bằng Ctrl+C."""
    sitting = open_sitting(folder)
    typer.echo("Phòng thi đang mở. Dừng bằng Ctrl+C.")
    try:
        watch(sitting, _show_event, stop=lambda: False)
    except KeyboardInterrupt:
        typer.echo("Phòng thi đã đóng.")


_EVENTS = {
    "started": "bắt đầu",
    "taken": "đã nộp",
    "time over": "hết giờ, đã thu",
    "refused": "từ chối",
}


def _show_event(event: Event) -> None:
    words = f": {event.text}" if event.text else ""
    typer.echo(f"{now():%H:%M:%S} {event.trainee}, đề {event.form}: {_EVENTS[event.kind]}{words}")


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="Thư mục đã chạy “cio demo”.")],
    port: Annotated[int, typer.Option(help="Cổng trên 127.0.0.1.")] = 8888,
) -> None:
    """Mở bài học và một bài thi trên máy này (chỉ 127.0.0.1)."""
    serve_lessons(folder, port, announce=typer.echo)
