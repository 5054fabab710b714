"""``cio items``, ``lint``, ``coverage``: what authors check."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from centre.cli.banks import BankFolder, report, show, the_bank

app = typer.Typer()
items_app = typer.Typer(help="Ngân hàng câu hỏi.", no_args_is_help=True)
app.add_typer(items_app, name="items")


@items_app.command("list")
def items_list(bank: BankFolder = None) -> None:
    """Liệt kê câu hỏi: mã, chuẩn đầu ra, mức, loại, điểm, trạng thái."""
    from rich.table import Table

    table = Table("Mã", "Chuẩn đầu ra", "Mức", "Loại", "Điểm", "Biến thể", "Trạng thái")
    for _, item in sorted(the_bank(bank).items.items()):
        many = "sinh tự động" if item.template else ""
        kind = item.exercise.kind
        table.add_row(item.id, item.outcome, item.depth, kind, str(item.points), many, item.status)
    show(table)


@items_app.command("show")
def items_show(
    item_id: Annotated[str, typer.Argument(help="Mã câu, ví dụ QL4-03.")],
    seed: Annotated[str, typer.Option(help="Hạt giống của biến thể.")] = "1",
    bank: BankFolder = None,
) -> None:
    """Xem trước một câu: lời dẫn, phương án, đáp án của một biến thể."""
    from assessments.bank.item import draw
    from courses.foundation.errors import ContentError

    items = the_bank(bank).items
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

    checked = the_bank(bank)
    report(list(check_bank(checked, all_outcomes())), len(checked.items))


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
    from assessments.bank.bank import ITEMS
    from assessments.bank.lint import lint_all

    day = (on or datetime.now().astimezone()).date()
    findings = lint_all(the_bank(bank), bank / "items" if bank else ITEMS, day)
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
    from courses.citing import cite
    from courses.foundation.content import read_text
    from courses.foundation.files import write_atomically
    from courses.sources import the_sources

    for path in files:
        typed = read_text(path)
        cited = cite(typed, the_sources())
        if cited != typed:
            write_atomically(path, cited.encode())
        typer.echo(f"{path.name}: {'đã đổi' if cited != typed else 'không có gì để đổi'}")


@app.command()
def coverage(bank: BankFolder = None) -> None:
    """In ma trận chuẩn đầu ra × (luyện trong bài, đánh giá trong ngân hàng)."""
    from rich.table import Table

    from assessments.bank.coverage import coverage as cover
    from courses.foundation.errors import ContentError

    table = Table("Chuẩn đầu ra", "Hoạt động trong bài", "Câu trong ngân hàng")
    rows = cover(the_bank(bank))
    for row in rows:
        table.add_row(row.outcome, str(row.practised), str(row.assessed))
    show(table)
    empty = [row.outcome for row in rows if not (row.practised and row.assessed)]
    if empty:
        raise ContentError(f"ô trống trong ma trận: {', '.join(empty)}")
