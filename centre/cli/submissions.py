"""``cio grade``: submissions into the gradebook, and what an operator should know of the run."""

from __future__ import annotations

import gc
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from centre.cli.common import Json, at_work, print_json
from courses.foundation.errors import SittingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from centre.sittings.sitting import Sitting
    from grading.autograde import Options
    from grading.gradebook.course import Course
    from grading.gradebook.outcome import Outcome
    from grading.gradebook.remarks import Language

app = typer.Typer()


@app.command()
def grade(  # noqa: PLR0913 - each is an option of the command
    folder: Annotated[
        Path | None, typer.Argument(help="Thư mục khoá học nbgrader; không nêu nếu có --sitting.")
    ] = None,
    assignment: Annotated[str | None, typer.Argument(help="Mã bài; mặc định mọi bài.")] = None,
    *,
    code: Annotated[str, typer.Option("--sitting", help="Mã kỳ sát hạch.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Chỉ thử đề bằng lời giải gốc và bài để trống.")
    ] = False,
    student: Annotated[str, typer.Option(help="Chỉ chấm một học viên.")] = "*",
    notebook: Annotated[
        str, typer.Option(help="Chỉ chấm sổ có tên này, hoặc mẫu tên; các sổ khác giữ nguyên.")
    ] = "*",
    force: Annotated[bool, typer.Option("--force", help="Chấm lại cả bài không đổi.")] = False,
    hostile: Annotated[
        bool, typer.Option("--hostile", help="Mọi ô không tách ra ngoài được đều cần người xem.")
    ] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Chạy mã của thí sinh không có hộp cát.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Số bài chạy cùng lúc.")] = 1,
    scheduler: Annotated[
        str, typer.Option(help="Chấm trên cụm máy Dask ở địa chỉ này, ví dụ tcp://may-chu:8786.")
    ] = "",
    db: Annotated[str, typer.Option("--db", help="Địa chỉ sổ điểm, thay cho cấu hình.")] = "",
    lang: Annotated[str, typer.Option(help="Ngôn ngữ thông báo: vi hoặc en.")] = "",
    log_level: Annotated[
        str, typer.Option("--log-level", help="In nhật ký của nbgrader: DEBUG, INFO, WARNING …")
    ] = "",
    as_json: Json = False,
) -> None:
    """Chấm bài nộp vào sổ điểm nbgrader; bài hỏng được nêu lý do, các bài khác vẫn chấm.

    Với --json, mỗi bài là một dòng in ra ngay khi chấm xong; dòng cuối là tổng hợp.
    Không có bài nộp nào: mã kết thúc 5.
    """
    from grading.code.starting import started_ahead

    if code and folder is not None:  # the only word beside --sitting is the paper
        if assignment is not None:
            raise SittingError("nêu thư mục hoặc --sitting, không cả hai", path=folder)
        folder, assignment = None, str(folder)
    if code and notebook != "*":
        raise SittingError("--notebook chỉ dùng với thư mục khoá học, không dùng với --sitting")
    if log_level:
        _show_log(log_level)
    wanted = folder is not None and not (unsafe or scheduler)
    with started_ahead(min(workers, os.cpu_count() or 1) if wanted else 0):
        _run(folder, code, db, assignment, check=check, language=lang, as_json=as_json,
             student=student, force=force, unsafe=unsafe, hostile=hostile,
             place=scheduler or workers, notebook=notebook)  # fmt: skip


def _run(
    folder: Path | None,
    code: str,
    db: str,
    assignment: str | None,
    *,
    check: bool,
    language: str,
    as_json: bool,
    **choices: Any,
) -> None:
    """Grade or check, with the ``choices`` of :class:`grading.autograde.Options`."""
    gc.disable()  # nothing that libraries make while they are imported is to be collected
    from grading.autograde import Options
    from grading.gradebook.telling import chosen_language

    gc.enable()
    course, sitting = _opened(folder, code, db)
    known = course.assignments()
    if assignment is not None and assignment not in known:
        raise SittingError(f"không có bài {assignment}; có: {', '.join(known)}", path=folder)
    chosen = [assignment] if assignment else known
    options = Options(**choices)
    if check:
        _check(course, chosen, options, chosen_language(language), as_json=as_json)
    else:
        _grade(course, sitting, chosen, options, chosen_language(language), as_json=as_json)


def _show_log(level: str) -> None:
    """Print nbgrader's own log on stderr, from this level on, by name or number as there."""
    import logging

    from grading.gradebook.telling import PrintableFormatter

    known = logging.getLevelNamesMapping()
    number = int(level) if level.isdecimal() else known.get(level.upper())
    if number is None:
        raise SittingError(f"--log-level {level}: không có mức này; có: {', '.join(known)}")
    handler = logging.StreamHandler()
    handler.setFormatter(PrintableFormatter("[%(levelname)s] %(message)s"))
    logger = logging.getLogger("traitlets")
    logger.addHandler(handler)
    logger.setLevel(number)


def _opened(folder: Path | None, code: str, db: str) -> tuple[Course, Sitting | None]:
    """The course to grade: a sitting's of the centre, or any nbgrader course folder."""
    from grading.gradebook.course import open_course

    if code:
        from centre.accounts.permissions import require

        actor, sitting = at_work(code)
        require(actor, "papers.grade")
        return sitting.course, sitting
    if folder is None:
        raise SittingError("cần thư mục khoá học nbgrader, hoặc --sitting MÃ_KỲ")
    return open_course(folder, db), None


def _grade(
    course: Course,
    sitting: Sitting | None,
    chosen: list[str],
    options: Options,
    language: Language,
    *,
    as_json: bool,
) -> None:
    from centre.cli.progress import Progress
    from grading.autograde import grade_all

    forms = sitting.forms() if sitting else {}
    total = sum(len(course.submissions(name, options.student)) for name in chosen)
    begin = time.monotonic()
    graded = grade_all(course, chosen, forms, options)
    work = Progress(quiet=as_json).each(graded, "Chấm bài", total=total)
    outcomes = list(_printed(work, language) if as_json else work)
    if sitting:
        from centre.marks.agreed import write_agreed

        write_agreed(sitting)  # marks agreed before stay agreed when a paper is graded again
    _close(outcomes, time.monotonic() - begin, language, as_json=as_json)


def _printed(outcomes: Iterable[Outcome], language: Language) -> Iterator[Outcome]:
    from grading.gradebook.telling import as_event

    for outcome in outcomes:
        print_json(as_event(outcome, language))
        yield outcome


def _close(outcomes: list[Outcome], seconds: float, language: Language, *, as_json: bool) -> None:
    from grading.gradebook.telling import NOTHING_FOUND, nothing_found, report, summary

    if as_json:
        print_json({"event": "summary", **summary(outcomes, seconds)})
    elif outcomes:
        typer.echo("\n".join(report(outcomes, seconds, language)))
    if not outcomes:
        typer.echo(nothing_found(language), err=True)
        raise typer.Exit(NOTHING_FOUND)
    if any(outcome.state == "failed" for outcome in outcomes):
        raise typer.Exit(1)


def _check(
    course: Course, chosen: list[str], options: Options, language: Language, *, as_json: bool
) -> None:
    from grading.autograde import check
    from grading.gradebook.telling import told_preflight

    bad = False
    for name in chosen:
        done = check(course, name, options)
        bad = bad or any(test.findings for test in done.tests)
        if as_json:
            print_json({"event": "check", "assignment": name, **asdict(done)})
        else:
            typer.echo("\n".join([f"{name}:", *told_preflight(done, language)]))
    if bad:
        raise typer.Exit(1)
