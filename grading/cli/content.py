"""``cio items``, ``exam``, ``lint``, ``coverage``: what authors and examiners check."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assessments.bank.bank import ITEMS, Bank, read_bank
from assessments.bank.checking import check_bank
from assessments.bank.coverage import coverage as cover
from assessments.bank.item import draw
from assessments.bank.lint import lint_all
from assessments.bank.rubric import RUBRICS
from assessments.forms.blueprint import BLUEPRINT, read_blueprint
from assessments.forms.drawing import draw_forms, prove
from courses.citing import cite
from courses.foundation.content import read_text
from courses.foundation.errors import ContentError
from courses.foundation.files import write_atomically
from courses.lesson import all_outcomes
from courses.sources import the_sources
from grading.sitting import open_sitting

app = typer.Typer()
items_app = typer.Typer(help="Ngân hàng câu hỏi.", no_args_is_help=True)
exam_app = typer.Typer(help="Đề thi và ma trận đề.", no_args_is_help=True)
app.add_typer(items_app, name="items")
app.add_typer(exam_app, name="exam")

out = Console(highlight=False)
BankFolder = Annotated[
    Path | None,
    typer.Option(
        "--bank", help="Ngân hàng riêng (có items/ và rubrics/); mặc định là ngân hàng mẫu."
    ),
]


def _bank(folder: Path | None) -> Bank:
    return read_bank(folder / "items", folder / "rubrics") if folder else read_bank(ITEMS, RUBRICS)


@items_app.command("list")
def items_list(bank: BankFolder = None) -> None:
    """Liệt kê câu hỏi: mã, chuẩn đầu ra, mức, loại, điểm, trạng thái."""
    table = Table("Mã", "Chuẩn đầu ra", "Mức", "Loại", "Điểm", "Biến thể", "Trạng thái")
    for _, item in sorted(_bank(bank).items.items()):
        many = "sinh tự động" if item.template else ""
        kind = item.exercise.kind
        table.add_row(item.id, item.outcome, item.depth, kind, str(item.points), many, item.status)
    out.print(table)


@items_app.command("show")
def items_show(
    item_id: Annotated[str, typer.Argument(help="Mã câu, ví dụ QL4-03.")],
    seed: Annotated[str, typer.Option(help="Hạt giống của biến thể.")] = "1",
    bank: BankFolder = None,
) -> None:
    """Xem trước một câu: lời dẫn, phương án, đáp án của một biến thể."""
    items = _bank(bank).items
    if item_id not in items:
        raise ContentError(f"ngân hàng không có câu {item_id}")
    variant = draw(items[item_id], seed)
    typer.echo(variant.question.prompt)
    for option in getattr(variant.question, "options", ()):
        typer.echo(f"  {option.id}) {option.text}")
    for target in getattr(variant.question, "targets", ()):
        typer.echo(f"  → {target.id}) {target.text}")
    typer.echo(f"Đáp án: {', '.join(variant.key.correct) or '(chấm theo thang)'}")


@items_app.command("check")
def items_check(bank: BankFolder = None) -> None:
    """Thử mọi câu với bài đúng, sai, trống, sai dạng và 200 biến thể."""
    checked = _bank(bank)
    findings = list(check_bank(checked, all_outcomes()))
    for finding in findings:
        typer.echo(f"{finding.subject} [{finding.code}] {finding.text}")
    typer.echo(f"Đã thử {len(checked.items)} câu: {len(findings)} điều cần sửa.")
    if findings:
        raise typer.Exit(1)


@exam_app.command("check")
def exam_check(
    sitting: Annotated[
        Path | None, typer.Argument(help="Thư mục kỳ sát hạch; mặc định rút thử từ ngân hàng.")
    ] = None,
    bank: BankFolder = None,
    seed: Annotated[str, typer.Option(help="Hạt giống khi rút thử.")] = "1",
) -> None:
    """Chứng minh từng đề đúng ma trận: định, giao, theo năng lực, mức và điểm."""
    blueprint = read_blueprint(BLUEPRINT)
    if sitting is not None:
        opened = open_sitting(sitting)
        blueprint, forms = opened.blueprint(), list(opened.forms().values())
    else:
        checked = _bank(bank)
        papers = (draw_forms(blueprint, p.code, checked, seed) for p in blueprint.papers)
        forms = list(chain.from_iterable(papers))
    gaps = 0
    for form in forms:
        table = Table("Nội dung", "Định", "Giao", "", title=f"{form.code} – {form.digest[:16]}")
        for line in prove(form, blueprint.paper(form.paper)):
            gaps += not line.met
            verdict = "đạt" if line.met else "THIẾU"
            table.add_row(line.what, str(line.planned), str(line.delivered), verdict)
        out.print(table)
    if gaps:
        raise ContentError(f"{gaps} chỗ đề không đúng ma trận")


@app.command()
def lint(
    bank: BankFolder = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Ngày văn bản phải còn hiệu lực; mặc định hôm nay."
        ),
    ] = None,
) -> None:
    """Soát nội dung bài học, câu hỏi, thang chấm theo quy tắc biên soạn và tình trạng văn bản."""
    day = (on or datetime.now().astimezone()).date()
    findings = lint_all(_bank(bank), bank / "items" if bank else ITEMS, day)
    for line in (*findings.faults, *findings.rewrites):
        typer.echo(str(line))
    warnings = len(findings.faults) - len(findings.serious)
    typer.echo(f"{len(findings.serious)} điều cần sửa, {warnings} điều nhắc.")
    if findings.serious:
        raise typer.Exit(1)


@app.command("cite")
def cite_numbers(
    files: Annotated[list[Path], typer.Argument(help="Tệp bài học, câu hỏi, thang chấm.")],
) -> None:
    """Đổi số, ký hiệu văn bản đã gõ thành trích dẫn bằng mã, in ra từ sổ văn bản."""
    for path in files:
        typed = read_text(path)
        cited = cite(typed, the_sources())
        if cited != typed:
            write_atomically(path, cited.encode())
        typer.echo(f"{path.name}: {'đã đổi' if cited != typed else 'không có gì để đổi'}")


@app.command()
def coverage(bank: BankFolder = None) -> None:
    """In ma trận chuẩn đầu ra × (luyện trong bài, đánh giá trong ngân hàng)."""
    table = Table("Chuẩn đầu ra", "Hoạt động trong bài", "Câu trong ngân hàng")
    rows = cover(_bank(bank))
    for row in rows:
        table.add_row(row.outcome, str(row.practised), str(row.assessed))
    out.print(table)
    empty = [row.outcome for row in rows if not (row.practised and row.assessed)]
    if empty:
        raise ContentError(f"ô trống trong ma trận: {', '.join(empty)}")
