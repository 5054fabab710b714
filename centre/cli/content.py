"""``cio items``, ``exam``, ``lint``, ``coverage``: what authors and examiners check."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from centre.cli.common import the_centre

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from assessments.bank.bank import Bank
    from assessments.bank.coverage import Met
    from assessments.bank.finding import Finding

app = typer.Typer()
items_app = typer.Typer(help="Ngân hàng câu hỏi.", no_args_is_help=True)
bank_app = typer.Typer(help="Vòng đời ngân hàng câu hỏi.", invoke_without_command=True)
exam_app = typer.Typer(help="Đề thi và ma trận đề.", no_args_is_help=True)
app.add_typer(items_app, name="items")
app.add_typer(bank_app, name="bank")
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
    _report(list(check_bank(checked, all_outcomes())), len(checked.items))


@bank_app.callback()
def bank_show(context: typer.Context, bank: BankFolder = None) -> None:
    """Trạng thái, phiên bản, câu kỵ, thống kê từng câu; số kỳ thi còn rút được của mỗi bài."""
    from assessments.bank.bank import ITEMS
    from assessments.forms import overview
    from assessments.forms.blueprint import read_blueprints

    if context.invoked_subcommand is None:
        checked, blueprints = _bank(bank), read_blueprints()
        items = overview.item_rows(checked, blueprints, bank or ITEMS.parent)
        forecast = overview.forecast_rows(blueprints, checked)
        _print(_table(overview.ITEM_COLUMNS, items))
        _print(_table(overview.PAIR_COLUMNS, overview.pair_rows(checked), "Nên xét khai kỵ nhau"))
        _print(_table(overview.FORECAST_COLUMNS, forecast, "Dự báo"))


@bank_app.command("check")
def bank_check(bank: BankFolder = None) -> None:
    """Soát từng câu, các câu với nhau và với ma trận đề; mọi điều cần sửa đều nêu tên."""
    from assessments.bank.checking import check_bank
    from assessments.forms.blueprint import read_blueprints
    from assessments.forms.checks import check_papers
    from courses.lesson import all_outcomes

    checked = _bank(bank)
    findings = [
        *check_bank(checked, all_outcomes()),
        *check_papers(checked, *read_blueprints()),
    ]
    _report(findings, len(checked.items))


@bank_app.command("export")
def bank_export(
    file: Annotated[Path, typer.Argument(help="Tệp ghi ra: .zip (QTI 3) hoặc .xml (Moodle).")],
    seed: Annotated[str, typer.Option(help="Hạt giống của biến thể.")] = "1",
    bank: BankFolder = None,
) -> None:
    """Ghi các câu đang dùng cho hệ thống khác, mỗi câu một biến thể; nêu điều không mang được."""
    from assessments.bank.exchange.moodle import to_moodle
    from assessments.bank.exchange.package import write_package
    from assessments.bank.item import draw
    from courses.foundation.errors import ContentError
    from courses.foundation.files import write_atomically

    live = [item for item in _bank(bank).items.values() if item.status == "live"]
    write = {".zip": write_package, ".xml": to_moodle}.get(file.suffix)
    if write is None:
        raise ContentError("chỉ ghi được tệp .zip (QTI 3) hoặc .xml (Moodle)", path=file)
    data, uncarried = write([draw(item, seed) for item in live])
    write_atomically(file, data)
    for left in uncarried:
        typer.echo(f"{left.item}: {left.reason}")
    typer.echo(f"Đã ghi {file}: {len(live)} câu đang dùng, {len(uncarried)} điều không mang được.")


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]], title: str = "") -> Table:
    from rich.table import Table

    table = Table(*columns, title=title or None)
    for row in rows:
        table.add_row(*row)
    return table


def _report(findings: list[Finding], items: int) -> None:
    for finding in findings:
        typer.echo(f"{finding.subject} [{finding.code}] {finding.text}")
    typer.echo(f"Đã thử {items} câu: {len(findings)} điều cần sửa.")
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
    """Chứng minh từng đề đúng ma trận, đủ thời gian, không có câu kỵ, không trùng quá mức."""
    from assessments.forms.blueprint import read_blueprints
    from assessments.forms.drawing import draw_forms
    from assessments.forms.proof import prove, prove_exposure
    from courses.foundation.errors import ContentError

    if sitting:
        from centre.sittings.prepare import earlier_forms
        from centre.sittings.sitting import bank_of, open_sitting

        opened = open_sitting(the_centre(), sitting)
        checked, _ = bank_of(opened.centre, opened.settings)
        forms = [(opened.blueprint, form) for form in opened.forms().values()]
        earlier = earlier_forms(opened)
    else:
        checked, earlier = _bank(bank), []
        papers = ((one, plan.code) for one in read_blueprints() for plan in one.papers)
        forms = [(one, f) for one, code in papers for f in draw_forms(one, code, checked, seed)]
    gaps = 0
    for blueprint, form in forms:
        proof = prove(form, blueprint.paper(form.paper))
        lines = proof + prove_exposure(form, checked, earlier, blueprint.overlap)
        gaps += sum(not line.met for line in lines)
        rows = (
            (line.what, str(line.planned), str(line.delivered), "đạt" if line.met else "THIẾU")
            for line in lines
        )
        title = f"{form.code} – {form.digest[:16]}"
        _print(_table(("Nội dung", "Định", "Giao", ""), rows, title))
    if gaps:
        raise ContentError(f"{gaps} chỗ đề không đúng ma trận hoặc quy tắc rút đề")


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

    checked = _bank(bank)
    outcomes, met = cover(checked), requirements_met(checked, bank / "items" if bank else ITEMS)
    rows = ((row.outcome, str(row.practised), str(row.assessed)) for row in outcomes)
    _print(_table(("Chuẩn đầu ra", "Hoạt động trong bài", "Câu trong ngân hàng"), rows))
    for document, group in groupby(met, key=lambda row: row.document):
        _print(_table(_REQUIRED, map(_required, group), document))
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
