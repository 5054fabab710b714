"""``cio items``, ``exam``, ``lint``, ``coverage``: what authors and examiners check."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import the_centre

if TYPE_CHECKING:
    from rich.table import Table

    from assessments.bank.bank import Bank

app = typer.Typer()
items_app = typer.Typer(help="Ngân hàng câu hỏi.", no_args_is_help=True)
exam_app = typer.Typer(help="Đề thi và ma trận đề.", no_args_is_help=True)
app.add_typer(items_app, name="items")
app.add_typer(exam_app, name="exam")

BankFolder = Annotated[
    Path | None,
    typer.Option(
        "--bank", help="Ngân hàng riêng (có items/ và rubrics/); mặc định là ngân hàng mẫu."
    ),
]


def _bank(folder: Path | None) -> Bank:
    from assessments.bank.bank import ITEMS, read_bank
    from assessments.bank.rubric import RUBRICS

    return read_bank(folder / "items", folder / "rubrics") if folder else read_bank(ITEMS, RUBRICS)


def _print(table: Table) -> None:
    from rich.console import Console

    Console(highlight=False).print(table)


@items_app.command("list")
def items_list(bank: BankFolder = None) -> None:
    """Liệt kê câu hỏi: mã, chuẩn đầu ra, mức, loại, điểm, trạng thái."""
    from rich.table import Table

    table = Table("Mã", "Chuẩn đầu ra", "Mức", "Loại", "Điểm", "Biến thể", "Trạng thái")
    for _, item in sorted(_bank(bank).items.items()):
        many = "sinh tự động" if item.template else ""
        kind = item.exercise.kind
        table.add_row(item.id, item.outcome, item.depth, kind, str(item.points), many, item.status)
    _print(table)


@items_app.command("show")
def items_show(
    item_id: Annotated[str, typer.Argument(help="Mã câu, ví dụ QL4-03.")],
    seed: Annotated[str, typer.Option(help="Hạt giống của biến thể.")] = "1",
    bank: BankFolder = None,
) -> None:
    """Xem trước một câu: lời dẫn, phương án, đáp án của một biến thể."""
    from assessments.bank.item import draw
    from courses.foundation.errors import ContentError

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
    from assessments.bank.checking import check_bank
    from courses.lesson import all_outcomes

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
        str, typer.Option("--sitting", help="Mã kỳ; mặc định rút thử từ ngân hàng.")
    ] = "",
    bank: BankFolder = None,
    seed: Annotated[str, typer.Option(help="Hạt giống khi rút thử.")] = "1",
) -> None:
    """Chứng minh từng đề đúng ma trận: định, giao, theo năng lực, mức và điểm."""
    from rich.table import Table

    from assessments.forms.blueprint import BLUEPRINT, read_blueprint
    from assessments.forms.drawing import draw_forms, prove
    from courses.foundation.errors import ContentError

    blueprint = read_blueprint(BLUEPRINT)
    if sitting:
        from centre.sittings.sitting import open_sitting

        opened = open_sitting(the_centre(), sitting)
        blueprint, forms = opened.blueprint, list(opened.forms().values())
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
        _print(table)
    if gaps:
        raise ContentError(f"{gaps} chỗ đề không đúng ma trận")


@app.command()
def lint(bank: BankFolder = None) -> None:
    """Soát nội dung bài học, câu hỏi, thang chấm theo quy tắc biên soạn."""
    from assessments.bank.bank import ITEMS
    from assessments.bank.lint import lint_all

    faults = list(lint_all(_bank(bank), bank / "items" if bank else ITEMS))
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(faults)} điều cần sửa.")
    if faults:
        raise typer.Exit(1)


@app.command()
def coverage(bank: BankFolder = None) -> None:
    """In ma trận chuẩn đầu ra × (luyện trong bài, đánh giá trong ngân hàng)."""
    from rich.table import Table

    from assessments.bank.coverage import coverage as cover
    from courses.foundation.errors import ContentError

    table = Table("Chuẩn đầu ra", "Hoạt động trong bài", "Câu trong ngân hàng")
    rows = cover(_bank(bank))
    for row in rows:
        table.add_row(row.outcome, str(row.practised), str(row.assessed))
    _print(table)
    empty = [row.outcome for row in rows if not (row.practised and row.assessed)]
    if empty:
        raise ContentError(f"ô trống trong ma trận: {', '.join(empty)}")
