"""``cio items``, ``lint``, ``coverage``: what authors check."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.banks import BankFolder, report, show, table, the_bank

if TYPE_CHECKING:
    from assessments.bank.coverage import Met

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
    """In ma trận chuẩn đầu ra và điều các văn bản đòi hỏi × bài học, câu hỏi, bài tổng hợp."""
    from assessments.bank.bank import ITEMS
    from assessments.bank.coverage import coverage as cover
    from assessments.bank.coverage import requirements_met
    from courses.foundation.errors import ContentError

    checked = the_bank(bank)
    outcomes, met = cover(checked), requirements_met(checked, bank / "items" if bank else ITEMS)
    rows = ((row.outcome, str(row.practised), str(row.assessed)) for row in outcomes)
    show(table(("Chuẩn đầu ra", "Hoạt động trong bài", "Câu trong ngân hàng"), rows))
    for document, group in groupby(met, key=lambda row: row.document):
        show(table(_REQUIRED, map(_required, group), document))
    empty = [row.outcome for row in outcomes if not (row.practised and row.assessed)]
    empty += [f"{row.code} ({row.document}): thiếu {row.missing}" for row in met if row.missing]
    if empty:
        raise ContentError(f"ô trống trong ma trận: {'; '.join(empty)}")
    typer.echo(f"{len(outcomes)} chuẩn đầu ra, {len(met)} điều văn bản đòi hỏi: không ô trống.")


_REQUIRED = ("Mục", "Nội dung", "Bài", "Hoạt động", "Câu", "Bài tổng hợp", "Thiếu")


def _required(row: Met) -> tuple[str, ...]:
    capstone = "–" if row.capstone is None else str(row.capstone)
    counts = (str(row.practised), str(row.assessed), capstone)
    return (row.code, row.text, ", ".join(row.lessons), *counts, row.missing)
