"""The ``cio`` command: one verb a step, from roster to verified certificate.

Messages for people go to stderr, results to stdout; ``--json`` prints results for scripts.
Exit status: 0 done, 1 an error that is explained, 2 a wrong command line; ``verify`` has its
own (0 valid, 3 not the original, 4 revoked, 5 unknown, 6 could not be checked).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cohort_data.prior import read_prior
from cohort_data.roster import read_roster
from courses.errors import CioError, SittingError
from grading import demo as main_job
from grading.certification import evidence
from grading.certification.decision import STATUS_NAMES, Status
from grading.credentials import register
from grading.credentials.revocation import Revocation
from grading.credentials.verification import Verdict, Verification
from grading.credentials.verification import verify as verify_file
from grading.engine.autograde import Outcome
from grading.engine.autograde import grade as grade_submissions
from grading.engine.course import open_course
from grading.issuing import certify as issue_certificates
from grading.marking.scripts import record_marks, scripts, write_agreed
from grading.marking.sheet import read_sheet, write_sheet
from grading.progress import Progress
from grading.reporting import report as write_report
from grading.serving import serve as serve_lessons
from grading.sitting import SETTINGS, Sitting, open_sitting
from grading.sitting import prepare as prepare_sitting

app = typer.Typer(
    help="Đào tạo, sát hạch và cấp chứng chỉ Giám đốc CNTT trong cơ quan nhà nước.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
roster_app = typer.Typer(help="Danh sách học viên.", no_args_is_help=True)
marking_app = typer.Typer(help="Chấm tự luận: phiếu chấm ra và vào.", no_args_is_help=True)
case_app = typer.Typer(help="Vụ việc vi phạm quy chế.", no_args_is_help=True)
app.add_typer(roster_app, name="roster")
app.add_typer(marking_app, name="marking")
app.add_typer(case_app, name="case")

Folder = Annotated[Path, typer.Argument(help="Thư mục kỳ sát hạch.")]
Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON cho chương trình khác.")]

out = Console(highlight=False)


def main() -> None:
    """Run the command; an explained error is one message on stderr and exit status 1."""
    try:
        app()
    except CioError as error:
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"Lỗi {error}")
        sys.exit(1)


def _now() -> datetime:
    return datetime.now(UTC)


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, default=str))


def _counts(statuses: Counter[str]) -> str:
    return ", ".join(f"{STATUS_NAMES[s]} {statuses[s]}" for s in Status if statuses[s])


@app.command()
def demo(folder: Annotated[Path, typer.Argument(help="Nơi ghi kết quả.")]) -> None:
    """Chạy trọn quy trình trên lớp học mô phỏng, từ bài học đến chứng chỉ đã kiểm tra."""
    summary = main_job.run_demo(folder, Progress())
    table = Table(title="Kết quả chạy trình diễn (dữ liệu mô phỏng)", show_header=False)
    pdf, xlsx = summary.reports
    first = summary.certificates[0]
    for row in (
        ("Bài học đã dựng và chạy", str(summary.lessons)),
        ("Học viên", str(summary.trainees)),
        ("Bài nộp đã chấm", f"{summary.graded}, không chấm được {len(summary.failed)}"),
        ("Bài tự luận", f"{summary.essays}, cần giám khảo thứ ba {summary.adjudicated}"),
        ("Quyết định", _counts(summary.statuses)),
        ("Chứng chỉ đã cấp", str(len(summary.certificates))),
        ("Kiểm tra một chứng chỉ", f"{first.name}: {summary.checked.verdict.label}"),
        ("Báo cáo", f"{pdf}\n{xlsx}"),
        ("Sổ điểm nbgrader", str(folder / "gradebook.db")),
    ):
        table.add_row(*row)
    out.print(table)
    for outcome in summary.failed:
        out.print(
            f"  Không chấm được {outcome.student}, bài {outcome.assignment}: {outcome.reason}"
        )
    out.print(f"Xem tiếp: mở {first}; chạy “make serve” để mở bài học và bài thi.")


@roster_app.command("check")
def roster_check(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv.")], *, as_json: Json = False
) -> None:
    """Kiểm tra danh sách học viên; nêu từng lỗi theo tệp, dòng, cột."""
    roster = read_roster(file)
    if as_json:
        problems = [asdict(problem) for problem in roster.problems]
        _print_json({"trainees": len(roster.trainees), "problems": problems})
    else:
        for problem in roster.problems:
            typer.echo(str(problem))
        errors = sum(problem.severity == "lỗi" for problem in roster.problems)
        warnings = len(roster.problems) - errors
        typer.echo(f"Đọc được {len(roster.trainees)} học viên, {errors} lỗi, {warnings} cảnh báo.")
    if roster.has_errors:
        raise typer.Exit(1)


@app.command()
def prepare(
    folder: Folder,
    settings: Annotated[Path, typer.Option(help="Tệp sitting.toml.")],
    roster: Annotated[Path, typer.Option(help="Danh sách học viên (.xlsx, .csv).")],
    prior: Annotated[Path | None, typer.Option(help="Kết quả được bảo lưu (.csv).")] = None,
) -> None:
    """Tạo kỳ sát hạch: nhập danh sách, rút và khoá đề, phát hành bài thi."""
    checked = read_roster(roster)
    if checked.has_errors:
        raise SittingError("danh sách còn lỗi; xem “cio roster check”", path=roster)
    priors = read_prior(prior) if prior else ()
    sitting = prepare_sitting(folder, settings, checked.trainees, priors, _now())
    papers = ", ".join(sitting.forms())
    typer.echo(f"Kỳ sát hạch sẵn sàng: {len(sitting.trainees())} học viên, bài thi {papers}.")


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
        _print_json([asdict(outcome) for outcome in outcomes])
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
    changed = record_marks(sitting, marker, read_sheet(file, scripts(sitting)), _now())
    written = write_agreed(sitting)
    typer.echo(f"Ghi {changed} kết quả chấm của {marker}; {written} điểm thống nhất vào sổ điểm.")


def _known_marker(sitting: Sitting, marker: str) -> None:
    marking = sitting.settings.marking
    known = (*marking.markers, marking.adjudicator)
    if marker not in known:
        raise SittingError(f"không có giám khảo {marker}; kỳ này có {', '.join(known)}")


@case_app.command("open")
def case_open(
    folder: Folder, trainee: str, reason: Annotated[str, typer.Option(help="Nội dung vụ việc.")]
) -> None:
    """Mở vụ việc: kết quả của học viên tạm không hợp lệ cho đến khi đóng."""
    evidence.open_case(open_sitting(folder), trainee, reason, _now())


@case_app.command("close")
def case_close(
    folder: Folder, trainee: str, outcome: Annotated[str, typer.Option(help="Kết luận.")]
) -> None:
    """Đóng vụ việc, kèm kết luận."""
    evidence.close_case(open_sitting(folder), trainee, outcome, _now())


@app.command()
def decide(folder: Folder, *, as_json: Json = False) -> None:
    """Quyết định kết quả theo chính sách đang có hiệu lực; quyết định cũ luôn được giữ."""
    decisions, new = evidence.decide_all(open_sitting(folder), _now())
    if as_json:
        _print_json([decision.record() for decision in decisions])
        return
    statuses = Counter(decision.status.value for decision in decisions)
    typer.echo(f"{_counts(statuses)}. Quyết định mới: {new}.")


@app.command()
def approve(folder: Folder) -> None:
    """Ghi nghị quyết của hội đồng (trong sitting.toml) cho các quyết định đang chờ."""
    sitting = open_sitting(folder)
    count = evidence.approve(sitting, _now())
    typer.echo(f"{sitting.settings.board.resolution}: {count} quyết định có hiệu lực.")


@app.command()
def certify(folder: Folder, *, as_json: Json = False) -> None:
    """Cấp chứng chỉ cho người đạt đã được hội đồng duyệt: in, ký, vào sổ."""
    work = issue_certificates(open_sitting(folder), _now())
    issued = list(Progress(quiet=as_json).each(work, "Cấp chứng chỉ"))
    if as_json:
        _print_json([asdict(one) for one in issued])
    else:
        typer.echo(f"{len(issued)} chứng chỉ trong {folder / 'certificates'}.")


@app.command()
def revoke(
    folder: Folder,
    serial: Annotated[str, typer.Argument(help="Số hiệu chứng chỉ.")],
    ground: Annotated[str, typer.Option(help="Mã căn cứ thu hồi, ví dụ gian-lan.")],
    detail: Annotated[str, typer.Option(help="Sự việc và số quyết định thu hồi.")],
) -> None:
    """Thu hồi một chứng chỉ; sổ giữ nguyên, ghi ngày và lý do."""
    with open_sitting(folder).records() as session:
        entry = register.revoke(session, serial, Revocation(ground, detail), _now())
    typer.echo(f"{entry.serial}: đã thu hồi. {entry.revocation_reason}")


@app.command()
def report(folder: Folder) -> None:
    """Lập báo cáo tổng hợp cho Cục: PDF và Excel."""
    with Progress().step("Lập báo cáo"):
        paths = write_report(open_sitting(folder), _now())
    for path in paths:
        typer.echo(str(path))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Tệp chứng chỉ PDF.")],
    sitting: Annotated[
        Path | None, typer.Option(help="Thư mục kỳ sát hạch; mặc định tìm từ nơi có tệp.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Kiểm tra chứng chỉ: hợp lệ, không phải bản gốc, đã thu hồi hay không có trong sổ."""
    result = _verified(file, sitting)
    if as_json:
        facts = asdict(result.facts) if result.facts else None
        _print_json({"verdict": result.verdict.name, "facts": facts})
    else:
        _show_verification(file, result)
    raise typer.Exit(result.verdict.exit_status)


def _verified(file: Path, sitting: Path | None) -> Verification:
    above = file.resolve().parents
    folder = sitting or next((f for f in above if (f / SETTINGS).exists()), None)
    if folder is None:
        words = "Không tìm thấy sổ cấp chứng chỉ; chỉ ra bằng --sitting THƯ_MỤC."
        return Verification(Verdict.UNCHECKED, words, _now())
    with open_sitting(folder).records() as session:
        return verify_file(file, session, _now())


def _show_verification(file: Path, result: Verification) -> None:
    typer.echo(f"{result.verdict.label.upper()}: {file.name}")
    typer.echo(result.explanation)
    facts = result.facts
    if facts is not None:
        typer.echo(f"  Người được cấp: {facts.masked_name}")
        typer.echo(f"  Chương trình: {facts.programme}")
        typer.echo(f"  Cấp ngày {facts.issued_on:%d/%m/%Y}, số vào sổ {facts.register_number}")
        typer.echo(f"  Cơ quan cấp: {facts.issuer}")
    typer.echo(f"  Kiểm tra lúc {result.checked_at.astimezone():%H:%M %d/%m/%Y}")


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="Thư mục đã chạy “cio demo”.")],
    port: Annotated[int, typer.Option(help="Cổng trên 127.0.0.1.")] = 8888,
) -> None:
    """Mở bài học và một bài thi trên máy này (chỉ 127.0.0.1)."""
    serve_lessons(folder, port, announce=typer.echo)
