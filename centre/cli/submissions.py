"""``cio grade``: submissions into the gradebook, and what an operator should know of the run."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from centre.cli.common import Json, at_work, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grading.gradebook.outcome import Outcome

app = typer.Typer()
_SLOWEST = 3  # submissions named in the summary
_WORTH_NAMING = 1.0  # seconds from which a submission is called slow


@app.command()
def grade(  # noqa: PLR0913 - each is an option of the command
    folder: Annotated[
        Path | None, typer.Argument(help="Thư mục khoá học nbgrader; không nêu nếu có --sitting.")
    ] = None,
    assignment: Annotated[str | None, typer.Argument(help="Mã bài; mặc định mọi bài.")] = None,
    *,
    sitting: Annotated[str, typer.Option("--sitting", help="Mã kỳ sát hạch.")] = "",
    student: Annotated[str, typer.Option(help="Chỉ chấm một học viên.")] = "*",
    force: Annotated[bool, typer.Option("--force", help="Chấm lại cả bài không đổi.")] = False,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Chạy mã của thí sinh không có hộp cát.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Số bài chạy cùng lúc.")] = 1,
    scheduler: Annotated[
        str, typer.Option(help="Chấm trên cụm máy Dask ở địa chỉ này, ví dụ tcp://may-chu:8786.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Chấm bài nộp vào sổ điểm nbgrader; bài hỏng được nêu lý do, các bài khác vẫn chấm.

    Với --json, mỗi bài là một dòng in ra ngay khi chấm xong; dòng cuối là tổng hợp.
    """
    from centre.cli.progress import Progress
    from courses.foundation.errors import SittingError
    from grading.autograde import grade as grade_submissions
    from grading.gradebook.course import open_course

    if sitting and folder is not None:  # the only word beside --sitting is the paper
        if assignment is not None:
            raise SittingError("nêu thư mục hoặc --sitting, không cả hai", path=folder)
        folder, assignment = None, str(folder)
    if sitting:
        actor, opened = at_work(sitting)
        from centre.accounts.permissions import require

        require(actor, "papers.grade")
        course, forms = opened.course, opened.forms()
    elif folder is not None:
        course, forms, opened = open_course(folder), {}, None
    else:
        raise SittingError("cần thư mục khoá học nbgrader, hoặc --sitting MÃ_KỲ")
    known = course.assignments()
    if assignment is not None and assignment not in known:
        raise SittingError(f"không có bài {assignment}; có: {', '.join(known)}", path=folder)
    chosen = [assignment] if assignment else known
    total = sum(len(course.submissions(name, student)) for name in chosen)
    options: dict[str, Any] = {"student": student, "force": force, "unsafe": unsafe}
    options |= {"workers": workers, "scheduler": scheduler}
    begin = time.monotonic()
    graded = (grade_submissions(course, name, forms, **options) for name in chosen)
    work = Progress(quiet=as_json).each(chain.from_iterable(graded), "Chấm bài", total=total)
    outcomes = list(_printed(work) if as_json else work)
    if opened is not None:
        from centre.marks.scripts import write_agreed

        write_agreed(opened)  # marks agreed before stay agreed when a paper is graded again
    _close(outcomes, time.monotonic() - begin, as_json=as_json)


def _printed(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        print_json({"event": "submission", **asdict(outcome)})
        yield outcome


def _close(outcomes: list[Outcome], seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json({"event": "summary", **_summary(outcomes, seconds)})
    else:
        _show(outcomes, seconds)
    if any(outcome.state == "failed" for outcome in outcomes):
        raise typer.Exit(1)


def _summary(outcomes: list[Outcome], seconds: float) -> dict[str, object]:
    states = Counter(outcome.state for outcome in outcomes)
    return {
        "graded": states["graded"],
        "unchanged": states["unchanged"],
        "failed": states["failed"],
        "to_review": sum(bool(outcome.review or outcome.altered) for outcome in outcomes),
        "stopped": sum(bool(outcome.stopped) for outcome in outcomes),
        "tiers": dict(Counter(outcome.tier for outcome in outcomes)),
        "seconds": round(seconds, 3),
        "slowest": [[o.student, o.assignment, round(o.seconds, 3)] for o in _slowest(outcomes)],
    }


def _slowest(outcomes: Iterable[Outcome]) -> list[Outcome]:
    slow = [outcome for outcome in outcomes if outcome.seconds >= _WORTH_NAMING]
    return sorted(slow, key=lambda outcome: -outcome.seconds)[:_SLOWEST]


def _show(outcomes: list[Outcome], seconds: float) -> None:
    for outcome in outcomes:
        for line in _lines(outcome):
            typer.echo(line)
    for outcome in _slowest(outcomes):
        from courses.foundation.numerals import vietnamese

        took = vietnamese(outcome.seconds, 1)
        typer.echo(f"Chậm nhất: {outcome.student}, bài {outcome.assignment}: {took} giây")
    summary = _summary(outcomes, seconds)
    typer.echo(
        f"Đã chấm {summary['graded']}, không đổi {summary['unchanged']}, "
        f"không chấm được {summary['failed']}."
    )
    if summary["to_review"] or summary["stopped"]:
        typer.echo(
            f"Cần người xem: {summary['to_review']} bài; "
            f"chạm giới hạn chạy: {summary['stopped']} bài."
        )


def _lines(outcome: Outcome) -> list[str]:
    who = f"{outcome.student}, bài {outcome.assignment}"
    if outcome.state == "failed":
        return [f"Không chấm được {who}: {outcome.reason}"]
    altered = [f"tệp bài thi bị sửa ({', '.join(outcome.altered)})"] if outcome.altered else []
    unsafe = ["chạy không có hộp cát (--unsafe)"] if outcome.tier == "unsafe" else []
    return [
        *(f"Cần xem {who}: {what}" for what in (*altered, *outcome.review, *unsafe)),
        *(f"Chạm giới hạn: {who}, {what}" for what in outcome.stopped),
        *(f"Chạy bằng nhân Jupyter: {who}, {why}" for why in outcome.kernels),
    ]
